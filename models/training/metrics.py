"""Measures of a binary detector. `ai` is the truth (True: AI-generated); scores and p grow with "AI-generated"."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_Z95 = 1.959963984540054  # the normal quantile of a two-sided 95 % interval


def accuracy(called_ai: Flags, ai: Flags) -> float:
    """Share of right calls, 0-1."""
    return float(np.mean(called_ai == ai))


def auroc(scores: Floats, ai: Flags) -> float:
    """Area under the ROC curve: the chance that an AI picture outscores a photograph, ties counting half."""
    _, rank, count = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    mean_rank = last - (count - 1) / 2
    positives, negatives = int(ai.sum()), int((~ai).sum())
    above = float(mean_rank[rank][ai].sum()) - positives * (positives + 1) / 2
    return above / (positives * negatives)


def calibration_error(p: Floats, ai: Flags, bins: int = 15) -> float:
    """Expected calibration error of P(AI) over equal-width bins (Guo et al. 2017, arXiv 1706.04599), 0-1."""
    index = np.minimum((p * bins).astype(np.int64), bins - 1)
    total = 0.0
    for value in range(bins):
        inside = index == value
        if inside.any():
            total += inside.mean() * abs(float(p[inside].mean()) - float(ai[inside].mean()))
    return float(total)


def reached_by(scores: Floats, weights: Floats, share: float) -> float:
    """The smallest of the scores that at most `share` of the weight reaches, infinity where none is so rare.

    Args:
        scores: Shape (N,).
        weights: What each of them counts, shape (N,).
        share: 0-1.
    """
    order = np.argsort(-scores, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    ordered = scores[order]
    # Equal scores stand or fall together: what counts is the weight up to the last of them.
    last = np.searchsorted(-ordered, -ordered, side="right") - 1
    allowed = np.flatnonzero(reached[last] <= share + 1e-12)
    return float(ordered[allowed[-1]]) if len(allowed) else float("inf")


def wilson(count: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share `count`/`total` (Wilson 1927); (0, 1) when nothing was counted."""
    if total == 0:
        return 0.0, 1.0
    share, spread = count / total, _Z95**2 / total
    centre = (share + spread / 2) / (1 + spread)
    half = _Z95 * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def auroc_interval(area: float, ai: int, photographs: int) -> tuple[float, float]:
    """95 % interval of an AUROC over so many pictures of each kind (Hanley & McNeil 1982)."""
    above, below = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (ai - 1) * (above - area**2) + (photographs - 1) * (below - area**2)
    half = _Z95 * math.sqrt(max(0.0, spread) / (ai * photographs))
    return max(0.0, area - half), min(1.0, area + half)


def sigmoid(x: Floats) -> Floats:
    """1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)), np.float64)
