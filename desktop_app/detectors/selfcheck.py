"""Whether a model gives the numbers on this computer that it gave where it was tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.core.picture import Raster
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.detectors.card import ModelCard
from desktop_app.detectors.golden import golden_pixels


def golden_drift(card: ModelCard, answers: Callable[[Sequence[Raster]], Sequence[ViewAnswer]]) -> float | None:
    """Return the largest difference (in logits) to the card's golden scores when over its tolerance.

    Raises:
        DetectorError: the model failed on a pattern.
    """
    size = card.input.views[0]
    drift = 0.0
    for golden in card.golden:
        pixels = golden_pixels(golden.pattern, size.width, size.height)
        (answer,) = answers([Raster(size.width, size.height, pixels)])
        drift = max(drift, abs(answer.logit - golden.logit))
    return drift if drift > card.golden_tolerance else None
