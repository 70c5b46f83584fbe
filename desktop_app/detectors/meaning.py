"""From a raw logit to words: calibration, bands, range and the two origins."""

from __future__ import annotations

import math

from desktop_app.core.estimates import Estimate, SourceScore, Words
from desktop_app.detectors.card import BandsCard, ModelCard


def make_estimate(card: ModelCard, logit: float, width: int, height: int) -> Estimate:
    """Say what ``logit`` means for a picture of ``width`` × ``height`` pixels, as the card has it."""
    p_ai = probability(logit, card.calibration.temperature)
    in_range = (width, height) == (card.range.width, card.range.height)
    reason = "" if in_range else f"This picture has {width}×{height} pixels. {card.range.reason}"
    scores = [SourceScore(source.name, p_ai if source.ai else 1 - p_ai, source.ai) for source in card.sources]
    return Estimate(
        detector=card.name,
        title=card.title,
        model_sha256=card.sha256,
        p_ai=p_ai,
        words=words_for(p_ai, card.bands) if in_range else Words.OUT_OF_RANGE,
        in_range=in_range,
        range_reason=reason,
        sources=tuple(sorted(scores, key=lambda score: -score.p)),
    )


def probability(logit: float, temperature: float) -> float:
    """Return sigmoid(logit / temperature), without overflow."""
    scaled = logit / temperature
    if scaled >= 0:
        return 1 / (1 + math.exp(-scaled))
    odds = math.exp(scaled)
    return odds / (1 + odds)


def words_for(p_ai: float, bands: BandsCard) -> Words:
    """Return the words for a calibrated probability, in range."""
    if p_ai >= bands.strong:
        return Words.STRONG
    if p_ai >= bands.some:
        return Words.SOME
    if p_ai <= bands.few:
        return Words.FEW
    return Words.CANT_TELL
