"""The language between the program and its decoding process: frames over pipes.

A frame is two lengths (4 bytes each, big endian), a msgpack header and a body of raw bytes. Requests carry the
picture file in the body, answers the rasters one after the other. Whoever reads sets the bounds: a length over
them ends the conversation before a byte of it is stored.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from desktop_app.core.picture import PictureFacts, ViewRule
from desktop_app.imaging.changes import Change

LONGEST_HEADER = 64 * 1024
"""Bytes; a real header has a few hundred."""

LONGEST_BODY = 2**32 - 1
"""Bytes; all that the length field can say."""

CHANNELS = 3

_LENGTHS = struct.Struct(">II")


class Hello(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """First frame to a worker: the limits it lives under, the same for all its pictures."""

    max_pixels: int
    seconds: float


class Ready(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The worker has loaded what it needs and locked itself in."""


class Request(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Decode the picture in the body. ``serial`` comes back with the answer."""

    serial: int
    views: tuple[ViewRule, ...] = ()
    thumbnail_side: int | None = None
    scaled: bool = True


class Vary(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Change the picture in the body in every harmless way, and show these views of each variant."""

    serial: int
    views: tuple[ViewRule, ...] = ()


class Look(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Read what the file in the body says about its own origin. No body stands for the picture decoded last.

    Attributes:
        format, width, height: the facts of the picture.
        name: the file's name.
        re_encoded: whether another program made these bytes from pixels.
    """

    serial: int
    format: str
    width: int
    height: int
    name: str = ""
    re_encoded: bool = False


class Decoded(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The body holds the rasters of these (width, height): the thumbnail first if one was asked for."""

    serial: int
    facts: PictureFacts
    sizes: tuple[tuple[int, int], ...]


class Varied(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The body holds the views of these variants, one variant after the other."""

    serial: int
    changes: tuple[Change, ...]
    facts: tuple[PictureFacts, ...]


class Found(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The body holds the findings, in msgpack."""

    serial: int


class Failed(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The picture can't be read; ``code`` names a leaf of :class:`desktop_app.core.errors.PictureError`."""

    serial: int
    code: str
    message: str
    hint: str


Errand = Request | Vary | Look
Question = Hello | Errand
Answer = Ready | Decoded | Varied | Found | Failed

_encoder = msgspec.msgpack.Encoder()
_questions: msgspec.msgpack.Decoder[Question] = msgspec.msgpack.Decoder(Question)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


class WireError(Exception):
    """The other side broke the protocol, or is gone."""


class Source(Protocol):
    """An unbuffered binary stream to read from."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill a part of ``buffer``; 0 is the end."""


class Sink(Protocol):
    """An unbuffered binary stream to write to."""

    def write(self, data: memoryview, /) -> int | None:
        """Write a part of ``data`` and say how many bytes."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An undecoded header and its body."""

    header: bytes
    body: bytes = b""


def pack(message: Question | Answer, body: bytes = b"") -> Frame:
    """Return ``message`` as a frame."""
    return Frame(_encoder.encode(message), body)


def question(frame: Frame) -> Question:
    """Return what the program asks. Raises :class:`WireError` when that can't be understood."""
    try:
        return _questions.decode(frame.header)
    except msgspec.MsgspecError as error:
        raise WireError("not a question") from error


def answer(frame: Frame) -> Answer:
    """Return what the worker answers. Raises :class:`WireError` when that can't be understood."""
    try:
        return _answers.decode(frame.header)
    except msgspec.MsgspecError as error:
        raise WireError("not an answer") from error


def write_frame(sink: Sink, frame: Frame) -> None:
    """Write a whole frame. Raises :class:`OSError` when the other side is gone."""
    for part in (_LENGTHS.pack(len(frame.header), len(frame.body)), frame.header, frame.body):
        rest = memoryview(part)
        while rest:
            rest = rest[sink.write(rest) or 0 :]


def read_frame(source: Source, longest_body: int = LONGEST_BODY) -> Frame:
    """Read one frame whose body has at most ``longest_body`` bytes.

    Raises:
        EOFError: the stream ended.
        WireError: a length is over its bound.
        OSError: the stream failed.
    """
    header_length, body_length = _LENGTHS.unpack(_read_exactly(source, _LENGTHS.size))
    if header_length > LONGEST_HEADER or body_length > longest_body:
        raise WireError(f"lengths {header_length} and {body_length} are out of bounds")
    return Frame(_read_exactly(source, header_length), _read_exactly(source, body_length))


def _read_exactly(source: Source, length: int) -> bytes:
    buffer = bytearray(length)
    rest = memoryview(buffer)
    while rest:
        count = source.readinto(rest)
        if not count:
            raise EOFError
        rest = rest[count:]
    return bytes(buffer)


def raster_bytes(sizes: Sequence[tuple[int, int]]) -> int:
    """Return the number of bytes that rasters of these (width, height) take."""
    return sum(width * height * CHANNELS for width, height in sizes)
