"""From raw answers to words: calibration, bands, range, origins, and how test pictures with such a score fared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from desktop_app.core.estimates import Estimate, ScoreCounts, SourceScore, Words
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.detectors.calibration import probability
from desktop_app.detectors.card import BandsCard, CountsCard, ModelCard, RangeCard
from desktop_app.detectors.heat import heat_of


def make_estimate(
    card: ModelCard, answers: Sequence[ViewAnswer], width: int, height: int, flat: float = 0.0
) -> Estimate:
    """Say what the answers, one a view, mean for a picture of ``width`` × ``height`` pixels by the card.

    ``flat`` is its flatness, 0 to 1, where the card's range sets a bound to it.
    """
    temperature = card.calibration.temperature
    p_ai = probability(math.fsum(answer.logit for answer in answers) / len(answers), temperature)
    reason = _outside(card.range, width, height, flat)
    in_range = not reason
    return Estimate(
        detector=card.name,
        title=card.title,
        model_sha256=card.sha256,
        p_ai=p_ai,
        words=words_for(p_ai, card.bands) if in_range else Words.OUT_OF_RANGE,
        in_range=in_range,
        range_reason=reason,
        sources=_sources(card, answers, p_ai),
        heat=heat_of(answers, [view.rule() for view in card.input.views], width, height, temperature),
        counts=counts_for(p_ai, card) if in_range else None,
    )


def _outside(bounds: RangeCard, width: int, height: int, flat: float) -> str:
    """Why a picture lies outside the range, in sentences; empty when it doesn't."""
    if not bounds.holds(width, height):
        return f"This picture has {width}×{height} pixels. {bounds.reason}"
    if bounds.flat_share_max is not None and flat > bounds.flat_share_max:
        return (
            "What was looked at is flat colours and sharp edges, as in drawings, charts, screenshots and pages of "
            "text. This model was tested on photographs and on pictures that look like them."
        )
    return ""


def words_for(p_ai: float, bands: BandsCard) -> Words:
    """Return the words for a calibrated probability, in range."""
    if p_ai >= bands.strong:
        return Words.STRONG
    if p_ai >= bands.some:
        return Words.SOME
    if p_ai <= bands.few:
        return Words.FEW
    return Words.CANT_TELL


def counts_for(p_ai: float, card: ModelCard) -> ScoreCounts | None:
    """Return how the card's test pictures with such a score turned out; 1 belongs to the last span."""
    spans = card.counts or ()
    for span in spans:
        if p_ai < span.high or span.high == 1:
            return _counts(span, spans, card.counts_test or "")
    return None


@lru_cache(maxsize=1024)
def _counts(span: CountsCard, spans: tuple[CountsCard, ...], test: str) -> ScoreCounts:
    # Shared, because every listed picture keeps its own.
    photographs, ai = sum(each.photographs for each in spans), sum(each.ai for each in spans)
    return ScoreCounts(span.low, span.high, span.photographs, span.ai, test, photographs, ai)


def _sources(card: ModelCard, answers: Sequence[ViewAnswer], p_ai: float) -> tuple[SourceScore, ...]:
    scores = [
        SourceScore(source.name, share * (p_ai if source.ai else 1 - p_ai), source.ai)
        for source, share in zip(card.sources, _shares(card, answers), strict=True)
    ]
    return tuple(sorted(scores, key=lambda score: -score.p))


def _shares(card: ModelCard, answers: Sequence[ViewAnswer]) -> list[float]:
    """How much of its own side (AI, or not) each source accounts for, over all views."""
    if any(source.index is None for source in card.sources):
        return [1.0] * len(card.sources)  # one a side
    weights = [math.fsum(answer.classes[source.index or 0] for answer in answers) for source in card.sources]
    shares = []
    for source, weight in zip(card.sources, weights, strict=True):
        side = [w for other, w in zip(card.sources, weights, strict=True) if other.ai is source.ai]
        whole = math.fsum(side)
        shares.append(weight / whole if whole else 1 / len(side))
    return shares
