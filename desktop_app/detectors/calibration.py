"""Calibration: from a raw logit to a probability."""

from __future__ import annotations

import math


def probability(logit: float, temperature: float) -> float:
    """Return sigmoid(logit / temperature), without overflow."""
    scaled = logit / temperature
    if scaled >= 0:
        return 1 / (1 + math.exp(-scaled))
    odds = math.exp(scaled)
    return odds / (1 + odds)
