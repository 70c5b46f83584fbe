"""Temperature and bands, fitted on validation pictures alone.

The temperature makes the number mean what it says (Guo et al. 2017, arXiv 1706.04599); the bands turn it into
words by error rates that were chosen beforehand, not by round numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.training.metrics import Flags, Floats, sigmoid

LEVEL = 0.99
SOME_FALSE_POSITIVES = 0.05

_GRAIN = 1e-6  # bands are rounded to this, always to the cautious side
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True)
class Conformal:
    """What a calibrated P(AI) excludes: AI under `ai_from`, a photograph over `photograph_to`."""

    ai_from: float
    photograph_to: float


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


def fit_conformal(p: Floats, ai: Flags, level: float = LEVEL) -> Conformal:
    """Class-conditional split-conformal sets (Vovk 2012) from the probabilities of validation pictures.

    Of new pictures like these, at least `level` of the AI pictures get `ai_from` or more, and of the photographs
    `photograph_to` or less: the ceil((n + 1) level)-th of the n scores, the + 1 being the new picture.
    """
    return Conformal(
        ai_from=round_down(1 - _quantile(1 - p[ai], level)), photograph_to=round_up(_quantile(p[~ai], level))
    )


def fit_bands(p: Floats, ai: Flags) -> Bands:
    """Thresholds from the calibrated probabilities of validation pictures.

    `strong` excludes a photograph and `few` excludes AI, both at 99 % (`fit_conformal`). `some` is the smallest p
    that at most 5 % of the photographs reach, but never under 0.5: where that point lies under 0.5 (a good model),
    "some signs of AI" for a picture that is more likely a photograph would contradict the number beside it.
    """
    conformal = fit_conformal(p, ai)
    some = min(max(0.5, _reached_by(p[~ai], SOME_FALSE_POSITIVES)), 1 - 2 * _GRAIN)
    strong = max(_up(conformal.photograph_to), _up(some))
    few = min(_down(conformal.ai_from), _down(some))
    return Bands(few=few, some=some, strong=strong)


def _quantile(scores: Floats, level: float) -> float:
    place = math.ceil((len(scores) + 1) * level)
    # Too few scores to promise so much: nothing can be excluded.
    return float(np.sort(scores)[place - 1]) if place <= len(scores) else 1.0


def round_up(value: float) -> float:
    """The next multiple of the grain, at most 1."""
    return min(1.0, round(math.ceil(value / _GRAIN) * _GRAIN, 6))


def round_down(value: float) -> float:
    """The multiple of the grain before, at least 0."""
    return max(0.0, round(math.floor(value / _GRAIN) * _GRAIN, 6))


def _reached_by(p: Floats, share: float) -> float:
    """Smallest multiple of the grain that at most `share` of `p` reach."""
    allowed = math.floor(share * len(p))
    if allowed >= len(p):
        return 0.0
    first_refused = float(np.sort(p)[::-1][allowed])
    return round((math.floor(first_refused / _GRAIN) + 1) * _GRAIN, 6)


def _up(value: float) -> float:
    return min(1.0, round(value + _GRAIN, 6))


def _down(value: float) -> float:
    return max(0.0, round(value - _GRAIN, 6))


@dataclass(frozen=True)
class Calibration:
    """All that is fitted on validation pictures."""

    temperature: float
    bands: Bands
    conformal: Conformal


def calibrate(logits: Floats, ai: Flags) -> Calibration:
    """Fit the temperature, then bands and sets on the probabilities it gives."""
    temperature = fit_temperature(logits, ai)
    p = sigmoid(logits / temperature)
    return Calibration(temperature, fit_bands(p, ai), fit_conformal(p, ai))
