"""The language between the program and the process of a model that somebody brought: frames over pipes.

The frames are those of :mod:`desktop_app.imaging.wire`; these are the messages in them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop_app.core.picture import Raster
from desktop_app.imaging.wire import CHANNELS, Frame, WireError

LONGEST_ANSWER = 2**20
"""Bytes; 256 views with 64 classes and 4096 cells in all have less than half of it."""


class Load(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """First frame: the body holds the card's JSON (``card_bytes`` of it), then the model file.

    No load and no picture may take longer than ``seconds``.
    """

    card_bytes: int
    seconds: float


class Loaded(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The model is loaded."""


class Look(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """What does the model say? The body holds rasters of these (width, height), one after the other."""

    sizes: tuple[tuple[int, int], ...]


class Seen(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The body holds one :class:`desktop_app.detectors.answers.ViewAnswer` a view."""


class Refused(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """It can't be loaded, or failed on this picture."""

    message: str


Question = Load | Look
Answer = Loaded | Seen | Refused

_encoder = msgspec.msgpack.Encoder()
_questions: msgspec.msgpack.Decoder[Question] = msgspec.msgpack.Decoder(Question)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def pack(message: Question | Answer, body: bytes = b"") -> Frame:
    """Return ``message`` as a frame."""
    return Frame(_encoder.encode(message), body)


def question(frame: Frame) -> Question:
    """Return what the program asks.

    Raises:
        WireError: that can't be understood.
    """
    try:
        return _questions.decode(frame.header)
    except msgspec.MsgspecError as error:
        raise WireError("not a question") from error


def answer(frame: Frame) -> Answer:
    """Return what the process answers.

    Raises:
        WireError: that can't be understood.
    """
    try:
        return _answers.decode(frame.header)
    except msgspec.MsgspecError as error:
        raise WireError("not an answer") from error


def pack_views(rasters: Sequence[Raster]) -> Frame:
    """Return :class:`Look` at these."""
    sizes = tuple((raster.width, raster.height) for raster in rasters)
    return pack(Look(sizes), b"".join(raster.pixels for raster in rasters))


def unpack_views(look: Look, body: bytes) -> list[Raster]:
    """Return the rasters in the body."""
    rasters, start = [], 0
    for width, height in look.sizes:
        end = start + width * height * CHANNELS
        rasters.append(Raster(width, height, body[start:end]))
        start = end
    return rasters
