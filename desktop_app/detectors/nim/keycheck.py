"""The honest "Test key": one inference on a tiny picture made by arithmetic.

The service's list of models answers anybody, so it tests nothing (contract, "Keys").
"""

from __future__ import annotations

import math
import ssl
import struct
import zlib
from concurrent.futures import Future

from desktop_app.core.errors import DetectorUnavailableError, KeyMissingError
from desktop_app.detectors.golden import golden_pixels
from desktop_app.detectors.nim.options import NimOptions
from desktop_app.detectors.nim.prepare import Prepared
from desktop_app.detectors.nim.rate import Pacer
from desktop_app.system.network import NetworkThread

_SIDE = 64
_PNG_START = b"\x89PNG\r\n\x1a\n"


def check_key(
    options: NimOptions, key: str | None, network: NetworkThread, *, verify: ssl.SSLContext | None = None
) -> Future[None]:
    """Ask the service about a built-in picture of 64 × 64 pixels; none of the user's leaves.

    ``key`` may be None for a self-hosted service, where this tests the address. The future ends with None when the
    service answered with a number, else with the :class:`desktop_app.core.errors.CloudError` that a picture would
    meet, without retries of a 429. Cancelling it cancels the request.
    """
    return network.submit(_check(options, key, verify))


def built_in_picture() -> Prepared:
    """Return the picture, a disc before a gradient, as a PNG."""
    pixels = golden_pixels("disc", _SIDE, _SIDE)
    stride = 3 * _SIDE
    rows = b"".join(b"\0" + pixels[at : at + stride] for at in range(0, len(pixels), stride))
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    return Prepared(_PNG_START + chunks, _SIDE, _SIDE, "PNG", reencoded=False, reason="")


async def _check(options: NimOptions, key: str | None, verify: ssl.SSLContext | None) -> None:
    # httpx costs 0.2 s to import, and only cloud mode needs it.
    from desktop_app.detectors.nim.answers import parse_answer  # noqa: PLC0415  # as above
    from desktop_app.detectors.nim.client import NimClient, Question  # noqa: PLC0415  # as above
    from desktop_app.detectors.nim.exchange import Exchange  # noqa: PLC0415  # as above

    key = usable_key(options, key)
    exchange = Exchange(options, verify)
    try:
        client = NimClient(options, exchange, Pacer(math.inf, 1, 0.0, _nobody), most_refusals=0)
        body = await client.ask(Question(options.infer_url, built_in_picture().inline_body(), key))
    finally:
        await exchange.close()
    parse_answer(body, key)


def usable_key(options: NimOptions, key: str | None) -> str | None:
    """Return the key to send, None where none is wanted; a self-hosted service never gets one.

    Raises:
        DetectorUnavailableError: the addresses can't be used, so the key must not go there.
        KeyMissingError: none is set.
    """
    if problem := options.problem():
        raise DetectorUnavailableError(problem, "Correct the address in Settings.")
    if options.self_hosted:
        return None
    key = (key or "").strip()
    if not key:
        raise KeyMissingError
    return key


def _nobody(_seconds: float) -> None:
    """Hear of a pause and do nothing."""


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
