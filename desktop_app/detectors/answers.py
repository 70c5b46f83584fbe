"""What a model says of one view, however and wherever it was asked."""

from __future__ import annotations

import msgspec

MOST_CELLS = 64 * 64
"""Most cells of all maps of one picture together: a finer map shows nothing more, and every cell is kept."""


class ViewAnswer(msgspec.Struct, frozen=True):
    """What the model says of one view.

    Attributes:
        logit: natural log of the odds of AI, before calibration; finite.
        classes: the probability of each class, together 1; empty for a model without classes.
        rows: the map, from the top, in the unit of ``logit``; empty when the model gives none.
    """

    logit: float
    classes: tuple[float, ...] = ()
    rows: tuple[tuple[float, ...], ...] = ()
