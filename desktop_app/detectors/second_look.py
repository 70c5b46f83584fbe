"""An answer of *Strong* is looked at twice: it has to outlast changes that harm nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.estimates import Estimate, Stability, VariantScore, Words


def confirmed(estimate: Estimate, variants: Sequence[tuple[str, Estimate]]) -> Estimate:
    """Return ``estimate`` with what the changes do to it; it reads *Can't tell* when one no longer speaks for AI.

    Args:
        estimate: reads *Strong*.
        variants: names of the changes for people, and the same model's estimates after each. One that reads
            neither *Strong* nor *Some* disagrees.
    """
    scores = tuple(VariantScore(name, other.p_ai, counted=True) for name, other in variants)
    span = (estimate.p_ai, *(score.p_ai for score in scores))
    disagree = any(other.words not in {Words.STRONG, Words.SOME} for _, other in variants)
    words = Words.CANT_TELL if disagree else estimate.words
    stability = Stability(scores, min(span), max(span), disagree, quick=True)
    return replace(estimate, words=words, stability=stability)
