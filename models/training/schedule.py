"""One-cycle learning rate as a function of the step alone, so a resumed run needs no scheduler state."""

from __future__ import annotations

import math

_START = 25.0  # the first rate is the peak / 25
_END = 2000.0  # the last is the peak / 2000: nothing is left to average once it has annealed


def one_cycle(step: int, total: int, peak: float, warm_up: float = 0.2) -> float:
    """Return the learning rate of `step` (0-based) of `total`: cosine up to `peak`, cosine down to almost 0.

    Args:
        step: Number of steps already taken.
        total: Steps of the whole run.
        peak: Highest rate.
        warm_up: Part of the run that climbs, 0-1.
    """
    rising = max(1.0, warm_up * total)
    if step < rising:
        return _cosine(peak / _START, peak, step / rising)
    return _cosine(peak, peak / _END, min(1.0, (step - rising) / max(1.0, total - 1 - rising)))


def _cosine(start: float, end: float, progress: float) -> float:
    return end + (start - end) * 0.5 * (1.0 + math.cos(math.pi * progress))
