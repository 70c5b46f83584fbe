"""What is sent: the original without its metadata where that is possible, a fresh JPEG where it is not."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from desktop_app.core.detector import Examination
from desktop_app.core.errors import PictureTooLargeError
from desktop_app.core.picture import Note, PictureFacts
from desktop_app.detectors.nim.containers import CannotStripError, TooLongError
from desktop_app.detectors.nim.ladder import encode_to_fit
from desktop_app.detectors.nim.strip import Stripped, strip

MAX_BASE64 = 180_000
"""A picture's base64 must be shorter, in characters (NVIDIA's documentation)."""

MAX_INLINE_BYTES = (MAX_BASE64 - 1) // 4 * 3
"""The same in bytes: base64 makes four characters of three bytes, or of what is left of three."""

MAX_ASSET_BYTES = 25_000_000
"""Most bytes of an original that goes by way of the asset store; ours, the service names no limit."""

LARGER_SIDE = 2048
"""Longer side in pixels of the picture that a fresh JPEG is made from."""

_NOT_TAKEN = "The service takes JPEG and PNG alone; a JPEG copy was sent."
_TOO_LARGE = "The original is larger than the service takes; a smaller JPEG copy was sent."
_ANIMATED = "The original is animated; a JPEG of its first frame was sent."
_NOT_STRIPPED = "The original's metadata could not be taken out cleanly; a JPEG copy without any was sent."
_TURNED = "The original says in an unusual place how to turn it; an upright JPEG copy was sent."
_UPRIGHT = "The original is stored lying on its side; an upright JPEG copy was sent for the faces."


@dataclass(frozen=True)
class Prepared:
    """A picture file ready to leave; the attributes are those of :class:`desktop_app.core.estimates.Sent`."""

    data: bytes = field(repr=False)
    width: int
    height: int
    format: str
    reencoded: bool
    reason: str

    @property
    def media_type(self) -> str:
        """``image/jpeg`` or ``image/png``."""
        return f"image/{self.format.lower()}"

    @cached_property
    def sha256(self) -> str:
        """Hex hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def inline_body(self) -> bytes:
        """Return the JSON that asks about this picture."""
        encoded = base64.b64encode(self.data)
        return b'{"input":["data:%s;base64,%s"]}' % (self.media_type.encode(), encoded)


@dataclass(frozen=True, slots=True)
class _Refusal:
    reason: str


def original(data: bytes, facts: PictureFacts, max_bytes: int = MAX_INLINE_BYTES) -> Prepared | None:
    """Return the original without its metadata, None where it can't be sent."""
    found = _original(data, facts, max_bytes)
    return None if isinstance(found, _Refusal) else _untouched(found, facts)


def is_upright(facts: PictureFacts) -> bool:
    """Whether the original's pixels are stored as they are seen."""
    return Note.ROTATED not in facts.notes


def prepare(examination: Examination, reason: str = "", *, upright: bool = False) -> Prepared:
    """Return what is sent inline for a picture.

    Args:
        examination: with ``larger`` where the original can't be sent.
        reason: why the original is out of the question even if it could be sent; empty tries it first.
        upright: the original is out of the question if it is stored turned: boxes would be turned, too, or not.

    Raises:
        PictureTooLargeError: the original can't be sent, and there is nothing to make a smaller one from.
    """
    facts = examination.picture.facts
    if upright and not is_upright(facts):
        reason = reason or _UPRIGHT
    if not reason:
        found = _original(examination.data, facts, MAX_INLINE_BYTES)
        if isinstance(found, Stripped):
            return _untouched(found, facts)
        reason = found.reason
    if examination.larger is None:
        raise PictureTooLargeError
    encoded = encode_to_fit(examination.larger, MAX_INLINE_BYTES)
    return Prepared(encoded.data, encoded.width, encoded.height, "JPEG", reencoded=True, reason=reason)


def _original(data: bytes, facts: PictureFacts, max_bytes: int) -> Stripped | _Refusal:
    if facts.format not in {"JPEG", "PNG"}:
        return _Refusal(_NOT_TAKEN)
    if facts.format == "PNG" and facts.frames > 1:
        return _Refusal(_ANIMATED)
    try:
        stripped = strip(data, max_bytes)
    except TooLongError:
        return _Refusal(_TOO_LARGE)
    except CannotStripError:
        return _Refusal(_NOT_STRIPPED)
    if (stripped.orientation == 1) is not is_upright(facts):
        # The decoder found another orientation: in XMP, in a text chunk, in a damaged EXIF block.
        return _Refusal(_TURNED)
    return stripped


def _untouched(stripped: Stripped, facts: PictureFacts) -> Prepared:
    return Prepared(stripped.data, facts.width, facts.height, stripped.format, reencoded=False, reason="")
