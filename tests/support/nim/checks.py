"""What the real service checks in a request; a refusal is a :class:`Fault` to answer with."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from tests.support.nim.faults import UNPROCESSABLE, Fault, problem

MAX_BASE64 = 180_000
_DATA = re.compile(r"data:image/(jpeg|png);(base64|asset_id),(.*)", re.DOTALL)
_OPAQUE = problem(500, "Inference error", "Internal Server Error")
_NO_ASSET = problem(422, "asset could not be read", "Unprocessable Entity")


class RefusedError(Exception):
    """The request breaks a rule; ``fault`` answers it."""

    def __init__(self, why: str, fault: Fault) -> None:
        super().__init__(why)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture in the store; ``data`` is None until it was uploaded."""

    content_type: str
    description: str
    data: bytes | None = None


def check_auth(headers: Mapping[str, str], key: str | None) -> None:
    """Refuse a request without the right key; ``key`` None accepts any."""
    told = headers.get("authorization", "")
    if not told.startswith("Bearer "):
        raise RefusedError("no bearer", problem(401, "Authentication failed", "Unauthorized"))
    if key is not None and told != f"Bearer {key}":
        raise RefusedError("wrong key", problem(403, "Authorization failed", "Forbidden"))


def picture_in(headers: Mapping[str, str], body: bytes, assets: Mapping[str, Asset]) -> bytes:
    """Return the one picture that a request holds or names, checked as the real service does."""
    if headers.get("content-type") != "application/json":
        raise RefusedError("not sent as JSON", problem(415, "Unsupported Media Type"))
    try:
        inputs: Any = json.loads(body)["input"]
    except (ValueError, KeyError, TypeError):
        raise RefusedError("no input", UNPROCESSABLE) from None
    if not isinstance(inputs, list) or len(inputs) != 1 or not isinstance(inputs[0], str):
        raise RefusedError("not exactly one picture", UNPROCESSABLE)
    found = _DATA.fullmatch(inputs[0])
    if not found:
        raise RefusedError("not a data URI of a JPEG or PNG", UNPROCESSABLE)
    kind, how, rest = found.groups()
    data = _inline(rest) if how == "base64" else _from_store(rest, headers, assets)
    _check_picture(data, kind)
    return data


def _inline(text: str) -> bytes:
    if len(text) >= MAX_BASE64:
        raise RefusedError(f"{len(text)} characters of base64", _OPAQUE)
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise RefusedError("not base64", UNPROCESSABLE) from None


def _from_store(asset_id: str, headers: Mapping[str, str], assets: Mapping[str, Asset]) -> bytes:
    asset = assets.get(asset_id)
    if headers.get("nvcf-input-asset-references") != asset_id or asset is None or asset.data is None:
        raise RefusedError("no such asset", _NO_ASSET)
    return asset.data


def _check_picture(data: bytes, kind: str) -> None:
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as image:
            image.load()
            if (image.format or "").lower() != kind:
                raise RefusedError(f"a {image.format} called {kind}", UNPROCESSABLE)
    except (OSError, SyntaxError, ValueError):
        raise RefusedError("not a picture", UNPROCESSABLE) from None
