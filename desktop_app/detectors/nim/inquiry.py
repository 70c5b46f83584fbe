"""One picture's way to the service and back: consent, key, what to send, the question, the faces."""

from __future__ import annotations

import asyncio
import hashlib
import math
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from desktop_app.core.detector import Examination
from desktop_app.core.errors import CloudError, PictureRejectedError, ServiceFaultError, UploadNotAcceptedError
from desktop_app.core.estimates import Estimate, Sent
from desktop_app.detectors.nim.answers import make_estimate, parse_answer
from desktop_app.detectors.nim.assets import AssetRefusedError, AssetStore, asset_question
from desktop_app.detectors.nim.client import NimClient, Question
from desktop_app.detectors.nim.exchange import Exchange
from desktop_app.detectors.nim.faces import parse_faces
from desktop_app.detectors.nim.keycheck import usable_key
from desktop_app.detectors.nim.options import NimOptions, Upload
from desktop_app.detectors.nim.prepare import MAX_ASSET_BYTES, Prepared, original, prepare
from desktop_app.detectors.nim.rate import Pacer

_PREPARING = 2  # pictures re-encoded at once: enough to keep three requests busy, and no more of the processor
_ASSET_REFUSED = "The service did not take the original's upload; a smaller JPEG copy was sent."


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A picture ready to go.

    Attributes:
        inline: goes in the question itself.
        asset: the original, for the store, where that is wanted and it is too large to go inline.
        faces: goes to the second model; upright.
        spare: what ``inline`` is made from if the store refuses.
    """

    name: str
    picture_sha256: str
    key: str | None = field(repr=False)
    inline: Prepared | None
    asset: Prepared | None
    faces: Prepared | None
    spare: Examination | None


class Desk:
    """Takes pictures, one coroutine each; ``concurrency`` of them are with the service at a time."""

    def __init__(
        self,
        options: NimOptions,
        get_key: Callable[[], str | None],
        on_upload: Callable[[Upload], object],
        may_upload: Callable[[], bool],
        say_wait: Callable[[float], None],
        verify: ssl.SSLContext | None,
    ) -> None:
        self._options = options
        self._get_key = get_key
        self._on_upload = on_upload
        self._may_upload = may_upload
        self._exchange = Exchange(options, verify)
        self._bare = Exchange(options, verify)
        rate = math.inf if options.self_hosted else options.start_rate_per_minute
        pacer = Pacer(rate, options.concurrency, options.backoff_seconds, say_wait)
        self._client = NimClient(options, self._exchange, pacer)
        self._store = AssetStore(options.functions_base, self._exchange, self._bare)
        self._slots = asyncio.Semaphore(options.concurrency)
        self._preparing = asyncio.Semaphore(_PREPARING)

    async def close(self) -> None:
        """Close the connections."""
        await self._exchange.close()
        await self._bare.close()

    async def estimate(self, examination: Examination) -> Estimate:
        """Return what the service says of a picture.

        Raises:
            DetectorUnavailableError: the address can't be used.
            CloudError: one of its leaves.
        """
        async with self._preparing:
            parcel = await asyncio.to_thread(self._pack, examination)
        del examination  # its pixels may take 12 MB, and there may be a long wait ahead
        async with self._slots:
            body, sent = await self._ask(parcel)
            estimate = make_estimate(parse_answer(body, parcel.key), sent)
            return await self._with_faces(parcel, estimate) if parcel.faces else estimate

    def _pack(self, examination: Examination) -> _Parcel:
        """Ask for consent, get the key and prepare the picture; in a thread."""
        if not self._may_upload():
            raise UploadNotAcceptedError
        key = usable_key(self._options, None if self._options.self_hosted else self._get_key())
        facts, asset = examination.picture.facts, None
        if self._options.asset_upload and not self._options.self_hosted and not original(examination.data, facts):
            asset = original(examination.data, facts, MAX_ASSET_BYTES)
        inline = None if asset else prepare(examination)
        faces = prepare(examination, upright=True) if self._options.faces_url else None
        for prepared in (inline, asset, faces):
            if prepared is not None:
                prepared.sha256  # noqa: B018  # computed here, in the thread, for a 25 MB original takes 20 ms
        digest = hashlib.sha256(examination.data).hexdigest()
        return _Parcel(examination.name, digest, key, inline, asset, faces, examination if asset else None)

    async def _ask(self, parcel: _Parcel) -> tuple[bytes, Sent]:
        if parcel.asset and (body := await self._ask_by_asset(parcel, parcel.asset)) is not None:
            return body, self._sent(parcel.asset)
        inline = parcel.inline
        if parcel.spare is not None:
            inline = await asyncio.to_thread(prepare, parcel.spare, _ASSET_REFUSED)
        assert inline is not None  # noqa: S101  # a parcel has the one or the other
        return await self._client.ask(self._question(self._options.infer_url, inline, parcel)), self._sent(inline)

    async def _ask_by_asset(self, parcel: _Parcel, asset: Prepared) -> bytes | None:
        """Return the answer, None when the store or the model does not take assets (any more)."""
        try:
            async with self._store.lent(
                asset, parcel.key, lambda host: self._note(asset, host, parcel)
            ) as asset_id:
                return await self._client.ask(asset_question(self._options.infer_url, asset, asset_id, parcel.key))
        except (AssetRefusedError, PictureRejectedError, ServiceFaultError):
            return None

    async def _with_faces(self, parcel: _Parcel, estimate: Estimate) -> Estimate:
        """Add what the second model says; its trouble must not cost the first one's answer."""
        assert parcel.faces is not None  # noqa: S101  # asked by the caller
        try:
            body = await self._client.ask(self._question(self._options.faces_url, parcel.faces, parcel))
            faces = parse_faces(body, parcel.faces.width, parcel.faces.height, parcel.key)
        except CloudError as error:
            return replace(estimate, faces_problem=error.message)
        return replace(estimate, faces=faces)

    def _question(self, url: str, prepared: Prepared, parcel: _Parcel) -> Question:
        host = urlsplit(url).netloc
        return Question(url, prepared.inline_body(), parcel.key, lambda: self._note(prepared, host, parcel))

    def _note(self, prepared: Prepared, host: str, parcel: _Parcel) -> None:
        self._on_upload(
            Upload(
                time=time.time(),
                name=parcel.name,
                host=host,
                bytes=len(prepared.data),
                sha256=prepared.sha256,
                picture_sha256=parcel.picture_sha256,
                width=prepared.width,
                height=prepared.height,
                format=prepared.format,
                reencoded=prepared.reencoded,
            )
        )

    def _sent(self, prepared: Prepared) -> Sent:
        return Sent(
            bytes=len(prepared.data),
            width=prepared.width,
            height=prepared.height,
            format=prepared.format,
            reencoded=prepared.reencoded,
            reason=prepared.reason,
            host=self._options.host,
        )
