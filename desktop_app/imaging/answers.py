"""A worker's answer checked word for word: a decoder that a picture took over must not get further than here."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from desktop_app.core.errors import (
    DamagedPictureError,
    DecoderCrashedError,
    DecoderMemoryError,
    NotAPictureError,
    PictureError,
    TooManyPixelsError,
)
from desktop_app.core.evidence import Findings
from desktop_app.core.picture import Picture, PictureFacts, Raster, ViewRule
from desktop_app.core.text import plain
from desktop_app.imaging import wire
from desktop_app.imaging.changes import Change, Variant
from desktop_app.imaging.findings import LONGEST_FINDINGS, unpack_findings
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


def longest_body(errand: wire.Errand) -> int:
    """Return how many bytes an answer to ``errand`` may have."""
    if isinstance(errand, wire.Look):
        return LONGEST_FINDINGS
    views = [size for rule in errand.views for size in _sizes(rule)]
    if isinstance(errand, wire.Vary):
        return len(Change) * wire.raster_bytes(views)
    side = errand.thumbnail_side or 0
    return wire.raster_bytes([(side, side), *views])


def failure(errand: wire.Errand, answer: wire.Failed) -> PictureError:
    """Return the error that the worker reports; an unknown code counts as a crash.

    Raises:
        UntrustworthyError: an answer to something else.
    """
    _check_serial(errand, answer)
    kind = _ERRORS.get(answer.code)
    return kind(plain(answer.message), plain(answer.hint)) if kind is not None else DecoderCrashedError()


def picture(request: wire.Request, answer: wire.Decoded, body: bytes, max_pixels: int) -> Picture:
    """Return the picture in an answer.

    Raises:
        UntrustworthyError: its facts or sizes don't fit the question, each other or the body.
    """
    _check_serial(request, answer)
    _check_facts(answer.facts, max_pixels)
    _check_sizes(request, answer)
    if wire.raster_bytes(answer.sizes) != len(body):
        raise UntrustworthyError("pixels are missing or too many")
    rasters = _cut(answer.sizes, body)
    if request.thumbnail_side is None:
        return Picture(answer.facts, None, rasters)
    return Picture(answer.facts, rasters[0], rasters[1:])


def variants(errand: wire.Vary, answer: wire.Varied, body: bytes, max_pixels: int) -> tuple[Variant, ...]:
    """Return the variants in an answer.

    Raises:
        UntrustworthyError: they are not those of the catalogue in its order, or don't fit their facts or the body.
    """
    _check_serial(errand, answer)
    in_order = tuple(change for change in Change if change in answer.changes)
    if answer.changes != in_order or len(answer.facts) != len(in_order):
        raise UntrustworthyError("not the changes that there are")
    for facts in answer.facts:
        _check_facts(facts, max_pixels)
    views = [_view_sizes(errand, facts) for facts in answer.facts]
    if sum(map(wire.raster_bytes, views)) != len(body):
        raise UntrustworthyError("pixels are missing or too many")
    ends = list(itertools.accumulate(map(wire.raster_bytes, views)))
    parts = [body[start:end] for start, end in itertools.pairwise([0, *ends])]
    return tuple(
        Variant(change, Picture(facts, None, _cut(sizes, part)))
        for change, facts, sizes, part in zip(in_order, answer.facts, views, parts, strict=True)
    )


def findings(errand: wire.Look, answer: wire.Found, body: bytes) -> Findings:
    """Return the findings in an answer.

    Raises:
        UntrustworthyError: they are none.
    """
    _check_serial(errand, answer)
    try:
        return unpack_findings(body)
    except ValueError as error:
        raise UntrustworthyError("not findings") from error


def _check_serial(errand: wire.Errand, answer: wire.Decoded | wire.Varied | wire.Found | wire.Failed) -> None:
    if answer.serial != errand.serial:
        raise UntrustworthyError("an answer to another question")


def _view_sizes(errand: wire.Request | wire.Vary, facts: PictureFacts) -> list[tuple[int, int]]:
    wanted = (rule for rule in errand.views if rule.wanted(facts.width, facts.height))
    return [size for rule in wanted for size in _sizes(rule)]


def _sizes(rule: ViewRule) -> list[tuple[int, int]]:
    return [(rule.width, rule.height)] * rule.count


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


def _check_sizes(request: wire.Request, answer: wire.Decoded) -> None:
    sizes = answer.sizes
    if request.thumbnail_side is not None:
        if not sizes or not all(0 < side <= request.thumbnail_side for side in sizes[0]):
            raise UntrustworthyError("not the thumbnail that was asked for")
        sizes = sizes[1:]
    if list(sizes) != _view_sizes(request, answer.facts):
        raise UntrustworthyError("not the views that were asked for")


def _cut(sizes: Sequence[tuple[int, int]], body: bytes) -> tuple[Raster, ...]:
    rasters = []
    at = 0
    for size in sizes:
        end = at + wire.raster_bytes([size])
        rasters.append(Raster(*size, body[at:end]))
        at = end
    return tuple(rasters)
