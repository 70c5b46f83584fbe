"""NVIDIA's asset store: the old way for pictures that are too large to go inline; off by default.

Deprecated there: sister services have answered 422 to assets since August 2026 although the upload itself
succeeds. Whatever goes wrong here is no failure of the picture, which then goes re-encoded.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import quote, urlsplit

import msgspec

from desktop_app.core.errors import CloudError, ServiceFaultError
from desktop_app.detectors.nim.client import Question, authorization
from desktop_app.detectors.nim.exchange import Exchange
from desktop_app.detectors.nim.prepare import Prepared

_log = logging.getLogger(__name__)

_DESCRIPTION = "Telltale"  # nothing about the picture
_DELETE_SECONDS = 5.0
_ASSET_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


class AssetRefusedError(Exception):
    """The store took the picture not at all, or not in a way that can be used."""


class _Created(msgspec.Struct, rename="camel"):
    asset_id: str
    upload_url: str


class AssetStore:
    """Uploads, lends and deletes. ``bare`` is a client of its own, so that the key can't go to the upload host."""

    def __init__(self, base: str, exchange: Exchange, bare: Exchange) -> None:
        self._base = f"{base}/v2/nvcf/assets"
        self._exchange = exchange
        self._bare = bare
        self._deletions: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def lent(
        self, prepared: Prepared, key: str | None, leaving: Callable[[str], None]
    ) -> AsyncIterator[str]:
        """Hold a picture in the store for as long as the block runs; yields its id.

        ``leaving`` hears the upload host just before the first byte goes there.

        Raises:
            AssetRefusedError: see there.
        """
        created = await self._create(prepared, key)
        try:
            await self._put(created, prepared, leaving)
            yield created.asset_id
        finally:
            # A task of its own, so that cancelling the picture doesn't leave it lying there for a day.
            deletion = asyncio.create_task(self._delete(created.asset_id, key))
            self._deletions.add(deletion)
            deletion.add_done_callback(self._deletions.discard)
            await asyncio.shield(deletion)

    async def _create(self, prepared: Prepared, key: str | None) -> _Created:
        body = msgspec.json.encode({"contentType": prepared.media_type, "description": _DESCRIPTION})
        headers = {"Content-Type": "application/json", "Accept": "application/json", **authorization(key)}
        refusal = ""
        try:
            reply = await self._exchange.send("POST", self._base, headers=headers, body=body)
            created = msgspec.json.decode(reply.body, type=_Created)
            if reply.status == HTTPStatus.OK and _usable(created, self._base):
                return created
            refusal = f"status {reply.status}"
        except (CloudError, msgspec.DecodeError, UnicodeDecodeError) as error:
            refusal = type(error).__name__
        raise AssetRefusedError(refusal)

    async def _put(self, created: _Created, prepared: Prepared, leaving: Callable[[str], None]) -> None:
        headers = {"Content-Type": prepared.media_type, "x-amz-meta-nvcf-asset-description": _DESCRIPTION}
        host = urlsplit(created.upload_url).netloc
        refusal = ""
        try:
            reply = await self._bare.send(
                "PUT", created.upload_url, headers=headers, body=prepared.data, leaving=lambda: leaving(host)
            )
            if reply.status in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}:
                return
            refusal = f"status {reply.status}"
        except CloudError as error:
            refusal = error.code
        raise AssetRefusedError(refusal)

    async def _delete(self, asset_id: str, key: str | None) -> None:
        try:
            async with asyncio.timeout(_DELETE_SECONDS):
                url = f"{self._base}/{quote(asset_id, safe='')}"
                reply = await self._exchange.send("DELETE", url, headers=authorization(key))
            if reply.status >= HTTPStatus.BAD_REQUEST:
                raise ServiceFaultError(f"status {reply.status}")
        except (CloudError, TimeoutError) as error:
            _log.info("an uploaded picture could not be deleted and goes within 24 hours: %s", error)


def asset_question(url: str, prepared: Prepared, asset_id: str, key: str | None) -> Question:
    """Return the question about a picture in the store."""
    body = b'{"input":["data:%s;asset_id,%s"]}' % (prepared.media_type.encode(), asset_id.encode())
    return Question(url, body, key, headers={"NVCF-INPUT-ASSET-REFERENCES": asset_id})


def _usable(created: _Created, base: str) -> bool:
    """Whether the picture may go where the store says: no id that could become a path, no step down from TLS."""
    try:
        target = urlsplit(created.upload_url)
        encrypted = target.scheme == "https" or (target.scheme == "http" and base.startswith("http://"))
        return bool(target.hostname) and encrypted and bool(_ASSET_ID.fullmatch(created.asset_id))
    except ValueError:
        return False
