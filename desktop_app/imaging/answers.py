"""A worker's answer checked word for word: a decoder that a picture took over must not get further than here."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.errors import (
    DamagedPictureError,
    DecoderCrashedError,
    DecoderMemoryError,
    NotAPictureError,
    PictureError,
    TooManyPixelsError,
)
from desktop_app.core.picture import Picture, PictureFacts, Raster
from desktop_app.core.text import plain
from desktop_app.imaging import wire
from desktop_app.imaging.sniff import FORMATS

# What a worker may report of itself; a timeout is the parent's to tell.
_ERRORS: dict[str, type[PictureError]] = {
    error.code: error
    for error in (
        NotAPictureError,
        DamagedPictureError,
        TooManyPixelsError,
        DecoderMemoryError,
        DecoderCrashedError,
    )
}


class UntrustworthyError(Exception):
    """The worker said something that no honest worker says."""


def longest_body(request: wire.Request) -> int:
    """Return how many bytes an answer to ``request`` may have."""
    side = request.thumbnail_side or 0
    return wire.raster_bytes([(side, side), *((rule.width, rule.height) for rule in request.views)])


def failure(request: wire.Request, answer: wire.Failed) -> PictureError:
    """Return the error that the worker reports; an unknown code counts as a crash.

    Raises:
        UntrustworthyError: an answer to something else.
    """
    if answer.serial != request.serial:
        raise UntrustworthyError("an answer to another question")
    kind = _ERRORS.get(answer.code)
    return kind(plain(answer.message), plain(answer.hint)) if kind is not None else DecoderCrashedError()


def picture(request: wire.Request, answer: wire.Decoded, body: bytes, max_pixels: int) -> Picture:
    """Return the picture in an answer.

    Raises:
        UntrustworthyError: its facts or sizes don't fit the question, each other or the body.
    """
    if answer.serial != request.serial:
        raise UntrustworthyError("an answer to another question")
    _check_facts(answer.facts, max_pixels)
    _check_sizes(request, answer.sizes)
    if wire.raster_bytes(answer.sizes) != len(body):
        raise UntrustworthyError("pixels are missing or too many")
    rasters = _cut(answer.sizes, body)
    if request.thumbnail_side is None:
        return Picture(answer.facts, None, rasters)
    return Picture(answer.facts, rasters[0], rasters[1:])


def _check_facts(facts: PictureFacts, max_pixels: int) -> None:
    honest = (
        facts.format in FORMATS
        and facts.width > 0
        and facts.height > 0
        and facts.width * facts.height <= max_pixels
        and facts.frames > 0
    )
    if not honest:
        raise UntrustworthyError("impossible facts")


def _check_sizes(request: wire.Request, sizes: Sequence[tuple[int, int]]) -> None:
    asked = [(rule.width, rule.height) for rule in request.views]
    if request.thumbnail_side is not None:
        if not sizes or not all(0 < side <= request.thumbnail_side for side in sizes[0]):
            raise UntrustworthyError("not the thumbnail that was asked for")
        sizes = sizes[1:]
    if list(sizes) != asked:
        raise UntrustworthyError("not the views that were asked for")


def _cut(sizes: Sequence[tuple[int, int]], body: bytes) -> tuple[Raster, ...]:
    rasters = []
    at = 0
    for size in sizes:
        end = at + wire.raster_bytes([size])
        rasters.append(Raster(*size, body[at:end]))
        at = end
    return tuple(rasters)
