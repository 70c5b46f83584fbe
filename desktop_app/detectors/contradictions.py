"""What a card may not say although each of its fields is well-formed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop_app.detectors.golden import GOLDEN_PATTERNS

if TYPE_CHECKING:
    from desktop_app.detectors.card import ModelCard

AUTO, AUTO_EXPERIMENTAL = "auto", "auto-experimental"
"""The names that let the program choose, without and with the models that are still experimental."""

RESERVED = (AUTO, AUTO_EXPERIMENTAL)
"""Names that no model may have."""

MOST_PIXELS = 16_000_000
"""Most pixels of all views together: 200 MB as a tensor, for every picture that is checked at the same time."""


def contradictions(card: ModelCard) -> Iterator[str]:
    """Yield every contradiction as a part of a sentence."""
    for problems in (_names, _bands, _sources, _views, _range, _counts, _golden):
        yield from (problem for problem, found in problems(card) if found)


_Problems = Iterator[tuple[str, bool]]


def _names(card: ModelCard) -> _Problems:
    yield f'a model can\'t be called "{card.name}"', card.name in RESERVED
    astray = any(sign in card.model for sign in "/\\:") or card.model in {".", ".."}
    yield "the model file must lie beside the card", astray
    yield "the map must be an output of its own", card.output.map == card.output.name


def _bands(card: ModelCard) -> _Problems:
    bands = card.bands
    yield "the bands must rise from few over some to strong", not bands.few < bands.some < bands.strong


def _sources(card: ModelCard) -> _Problems:
    sources, output = card.sources, card.output
    yield "it needs a source that is AI and one that is not", {source.ai for source in sources} != {True, False}
    yield "two sources have one name", len({source.name for source in sources}) < len(sources)
    indices = [source.index for source in sources if source.index is not None]
    if not output.classes:
        yield "only classes have sources with an index", bool(indices)
        yield "without classes there are two sources", len(sources) != len({True, False})
    elif indices:
        yield (
            "the sources' indices must be 0, 1, 2 and so on, each once",
            sorted(indices) != [*range(len(sources))],
        )
        yield "either the output or the sources have an index", output.index is not None
    else:
        yield "classes need an index, in the output or in every source", output.index is None
        yield "sources without an index are two", len(sources) != len({True, False})


def _views(card: ModelCard) -> _Problems:
    sizes = {(view.width, view.height) for view in card.input.views}
    yield "all views must have one size", len(sizes) != 1
    pixels = sum(view.width * view.height * view.rule().count for view in card.input.views)
    yield f"all views together may have {MOST_PIXELS:,} pixels", pixels > MOST_PIXELS
    shrunk = [view for view in card.input.views if view.shrink is not None]
    yield "only quarters and halves are cut from a shrunk copy", not all(view.rule().cuts for view in shrunk)
    upside_down = any(view.shrink.least > view.shrink.side for view in shrunk if view.shrink is not None)
    yield "a shrunk copy's least side must not be over its side", upside_down


def _range(card: ModelCard) -> _Problems:
    width, height = card.range.width, card.range.height
    low, high = card.range.shorter_side_min, card.range.shorter_side_max
    exact, bounded = width is not None or height is not None, low is not None or high is not None
    yield "the range needs both width and height", exact and (width is None or height is None)
    yield "the range is either an exact size or bounds of the shorter side", exact == bounded
    yield "the shorter side's bounds must rise", low is not None and high is not None and low > high


def _counts(card: ModelCard) -> _Problems:
    yield "counts and counts_test belong together", (card.counts is None) != (card.counts_test is None)
    if card.counts is None:
        return
    edges = [0.0, *itertools.chain.from_iterable((span.low, span.high) for span in card.counts), 1.0]
    gaps = any(left != right for left, right in zip(edges[::2], edges[1::2], strict=True))
    yield "the counts must go from 0 to 1 without a gap", gaps
    yield "the counts must rise", any(span.low >= span.high for span in card.counts)


def _golden(card: ModelCard) -> _Problems:
    unknown = any(golden.pattern not in GOLDEN_PATTERNS for golden in card.golden)
    yield f"golden patterns are {', '.join(GOLDEN_PATTERNS)}", unknown
    yield "golden scores must be numbers", not all(math.isfinite(golden.logit) for golden in card.golden)
