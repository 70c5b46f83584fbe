"""Where a score came from: a model's map, or its views, as parts of the upright picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from desktop_app.core.estimates import HeatCell
from desktop_app.core.picture import ViewRule
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.imaging.boxes import view_boxes

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as parts of the upright picture's width and height, 0 to 1."""

_DIGITS = 2  # finer, nobody sees a difference of colour; coarse enough that cells can be shared


def heat_of(
    answers: Sequence[ViewAnswer], views: Sequence[ViewRule], width: int, height: int, temperature: float
) -> tuple[HeatCell, ...] | None:
    """Return the cells of all views' maps, each calibrated alone.

    Several views without maps are one cell each; a single view without a map says nothing about where: None. Cells
    of later views lie over those of earlier ones.

    Args:
        answers: one a view.
        views: what the model was shown, in the same order.
        width: pixels of the upright picture.
        height: the same.
        temperature: of the card's calibration.
    """
    if len(answers) == 1 and not answers[0].rows:
        return None
    cells: list[HeatCell] = []
    shown = (box for rule in views for box in view_boxes(rule, width, height))
    for answer, box in zip(answers, shown, strict=True):
        rows = answer.rows or ((answer.logit,),)
        boxes = _grid(box, len(rows), len(rows[0]))
        cells += map(_cell, boxes, _probabilities(rows, temperature))
    return tuple(cells)


def _probabilities(rows: Sequence[Sequence[float]], temperature: float) -> Sequence[float]:
    """Each cell's :func:`desktop_app.detectors.calibration.probability`, by way of tanh, which never overflows."""
    import numpy as np  # noqa: PLC0415  # costs 0.1 s, and the program starts without it

    p = 0.5 + 0.5 * np.tanh(np.array(rows) / (2 * temperature))
    return [float(value) for value in p.round(_DIGITS).flat]


@lru_cache(maxsize=256)
def _grid(box: Box, rows: int, columns: int) -> Sequence[Box]:
    return tuple(_parts(box, rows, columns))


def _parts(box: Box, rows: int, columns: int) -> Iterator[Box]:
    left, top, right, bottom = box
    across = [left + (right - left) * column / columns for column in range(columns + 1)]
    down = [top + (bottom - top) * row / rows for row in range(rows + 1)]
    for row in range(rows):
        for column in range(columns):
            yield across[column], down[row], across[column + 1], down[row + 1]


@lru_cache(maxsize=1 << 16)
def _cell(box: Box, p: float) -> HeatCell:
    # Shared, because every listed picture keeps its cells: a hundred thousand pictures of one shape, with a map of
    # 8 × 8, would otherwise hold 0.7 GB of them.
    return HeatCell(*box, p)
