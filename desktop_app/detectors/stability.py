"""From the scores after harmless changes to one sentence: does the answer hold?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.estimates import Estimate, Stability, VariantScore, Words

_UNDECIDED = 0.5


def with_stability(estimate: Estimate, variants: Sequence[tuple[str, Estimate]]) -> Estimate:
    """Return ``estimate`` with what the changes do to it; where they flip it in range, it reads *Can't tell*.

    A variant counts when the same model answered it and it stands to that model's range as the picture does: a
    shrunk copy of a picture in range may lie outside, and its score means nothing there. For a picture outside the
    range all that lie outside with it count, so that the span says how shaky the number is.

    Args:
        estimate: of the picture itself.
        variants: names of the changes for people, and the estimates after each.
    """
    scores = tuple(VariantScore(name, other.p_ai, _counts(estimate, other)) for name, other in variants)
    counted = [score.p_ai for score in scores if score.counted]
    doubted = estimate.stability is not None and estimate.stability.flips  # by a second look, which was stricter
    flips = doubted or any(_opposite(estimate.p_ai, p_ai) for p_ai in counted)
    span = (estimate.p_ai, *counted)
    words = Words.CANT_TELL if flips and estimate.in_range else estimate.words
    return replace(estimate, words=words, stability=Stability(scores, min(span), max(span), flips))


def _counts(estimate: Estimate, other: Estimate) -> bool:
    return same_model(estimate, other) and other.in_range is estimate.in_range


def same_model(estimate: Estimate, other: Estimate) -> bool:
    """Whether one and the same model file gave both."""
    return (other.detector, other.model_sha256) == (estimate.detector, estimate.model_sha256)


def _opposite(p_ai: float, other: float) -> bool:
    """Whether they lie on two sides of one half, which is itself on neither."""
    return min(p_ai, other) < _UNDECIDED < max(p_ai, other)
