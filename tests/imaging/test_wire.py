"""Frames: bounded before they are stored, whole or not at all."""

from __future__ import annotations

import io
import struct

import pytest

from desktop_app.core.picture import Note, PictureFacts, ShrinkRule, ViewRule
from desktop_app.imaging import wire
from desktop_app.imaging.changes import Change


class Trickle(io.RawIOBase):
    """A pipe that gives and takes one byte at a time, as a full one may."""

    def __init__(self, data: bytes = b"") -> None:
        super().__init__()
        self.data = bytearray(data)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.data:
            return 0
        buffer[0] = self.data.pop(0)
        return 1

    def write(self, data: memoryview) -> int:  # type: ignore[override]
        self.data += data[:1]
        return 1


def lengths(header: int, body: int) -> bytes:
    return struct.pack(">II", header, body)


@pytest.mark.parametrize(
    "data",
    [lengths(wire.LONGEST_HEADER + 1, 0), lengths(4, 101), lengths(2**32 - 1, 2**32 - 1)],
)
def test_lengths_over_their_bounds_are_refused(data: bytes) -> None:
    with pytest.raises(wire.WireError, match="out of bounds"):
        wire.read_frame(Trickle(data), longest_body=100)


@pytest.mark.parametrize("data", [b"", b"\0\0", lengths(4, 0), lengths(4, 4) + b"abcdef"])
def test_a_frame_that_ends_early_is_the_end(data: bytes) -> None:
    with pytest.raises(EOFError):
        wire.read_frame(Trickle(data))


@pytest.mark.parametrize("header", [b"", b"\xc1", b"hello", b"\x81\xa4type\xa5Hello"])
def test_a_header_without_sense_is_refused(header: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.answer(wire.Frame(header))
    with pytest.raises(wire.WireError):
        wire.question(wire.Frame(header))


def test_questions_and_answers_are_not_mistaken_for_each_other() -> None:
    with pytest.raises(wire.WireError):
        wire.answer(wire.pack(wire.Hello(1, 1.0)))
    with pytest.raises(wire.WireError):
        wire.question(wire.pack(wire.Ready()))


@pytest.mark.parametrize(
    "message",
    [
        wire.Ready(),
        wire.Failed(3, "damaged_picture", "Oh.", ""),
        wire.Decoded(4, PictureFacts("PNG", 3, 2, 1, (Note.SCALED, Note.CMYK)), ((3, 2), (1, 1))),
        wire.Varied(5, (Change.JPEG_90, Change.GREY), (PictureFacts("JPEG", 3, 2), PictureFacts("PNG", 3, 2))),
    ],
)
def test_an_answer_survives_the_pipe(message: wire.Answer) -> None:
    pipe = Trickle()
    wire.write_frame(pipe, wire.pack(message, b"body"))
    frame = wire.read_frame(pipe)
    assert wire.answer(frame) == message
    assert frame.body == b"body"


@pytest.mark.parametrize(
    "message",
    [
        wire.Hello(100, 2.5),
        wire.Request(1, (ViewRule(3, 4, "whole"),), None, scaled=False),
        wire.Vary(2, (ViewRule(3, 4),)),
        wire.Vary(3, (ViewRule(3, 4, "halves", "bilinear", ShrinkRule(9, 0.5, 8), 90, 2, 5),)),
    ],
)
def test_a_question_survives_the_pipe(message: wire.Question) -> None:
    assert wire.question(wire.pack(message)) == message
