"""Temperature and bands, fitted on validation pictures alone.

The temperature makes the number mean what it says (Guo et al. 2017, arXiv 1706.04599); the bands turn it into
words by error rates that were chosen beforehand, not by round numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.training.metrics import Flags, Floats, sigmoid

STRONG_FALSE_POSITIVES = 0.01
SOME_FALSE_POSITIVES = 0.05
FEW_FALSE_NEGATIVES = 0.01

_GRAIN = 1e-6  # bands are rounded to this, always to the cautious side
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True)
class Bands:
    """Thresholds on calibrated P(AI): p >= strong, p >= some, p <= few; between few and some "Can't tell"."""

    few: float
    some: float
    strong: float


def negative_log_likelihood(logits: Floats, ai: Flags, temperature: float) -> float:
    """Mean -log p of the truth at this temperature, in nats."""
    scaled = logits / temperature
    return float(np.mean(np.logaddexp(0.0, np.where(ai, -scaled, scaled))))


def fit_temperature(logits: Floats, ai: Flags, low: float = 0.2, high: float = 5.0) -> float:
    """Temperature in [low, high] of least negative log-likelihood, to 4 digits (golden-section search)."""
    a, b = math.log(low), math.log(high)
    for _ in range(60):
        left, right = b - _GOLDEN * (b - a), a + _GOLDEN * (b - a)
        lower = negative_log_likelihood(logits, ai, math.exp(left))
        upper = negative_log_likelihood(logits, ai, math.exp(right))
        a, b = (a, right) if lower < upper else (left, b)
    return round(math.exp((a + b) / 2), 4)


def fit_bands(p: Floats, ai: Flags) -> Bands:
    """Thresholds from the calibrated probabilities of validation pictures.

    `strong` is the smallest p that at most 1 % of the photographs reach, `some` the same at 5 % but never under
    0.5, `few` the largest p that at most 1 % of the AI pictures stay at or under. Where the 5 % point lies under
    0.5 (a good model), "some signs of AI" for a picture that is more likely a photograph would contradict the
    number beside it.
    """
    some = max(0.5, _reached_by(p[~ai], SOME_FALSE_POSITIVES))
    strong = max(_reached_by(p[~ai], STRONG_FALSE_POSITIVES), _up(some))
    few = min(1 - _reached_by(1 - p[ai], FEW_FALSE_NEGATIVES), _down(some))
    return Bands(few=round(few, 6), some=some, strong=strong)


def _reached_by(p: Floats, share: float) -> float:
    """Smallest multiple of the grain that at most `share` of `p` reach."""
    allowed = math.floor(share * len(p))
    if allowed >= len(p):
        return 0.0
    first_refused = float(np.sort(p)[::-1][allowed])
    return round((math.floor(first_refused / _GRAIN) + 1) * _GRAIN, 6)


def _up(value: float) -> float:
    return round(value + _GRAIN, 6)


def _down(value: float) -> float:
    return round(value - _GRAIN, 6)


def calibrate(logits: Floats, ai: Flags) -> tuple[float, Bands]:
    """Fit the temperature, then the bands on the probabilities it gives."""
    temperature = fit_temperature(logits, ai)
    return temperature, fit_bands(sigmoid(logits / temperature), ai)
