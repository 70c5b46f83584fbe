"""Which experimental model is for pictures like the one that nothing may answer; said, never asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.estimates import Estimate
from desktop_app.core.picture import PictureFacts
from desktop_app.detectors.card import ModelCard


def with_hint(estimate: Estimate, facts: PictureFacts, experimental: Sequence[ModelCard]) -> Estimate:
    """Add to the reason for which a picture is outside the first model whose range has its size, if any."""
    known = (card for card in experimental if card.range.holds(facts.width, facts.height))
    card = None if estimate.in_range else next(known, None)
    if card is None:
        return estimate
    hint = (
        f"The {card.title} is for pictures of this size, but still experimental: choose it in Settings, "
        "Offline models."
    )
    return replace(estimate, range_reason=f"{estimate.range_reason} {hint}")
