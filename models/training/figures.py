"""The figures of one set of pictures, each share with its interval."""

from __future__ import annotations

from typing import Any

from models.training.metrics import Flags, Floats, auroc, calibration_error, wilson

THRESHOLD = 0.5  # on calibrated P(AI), for accuracy, false positives and false negatives


def figures(p: Floats, ai: Flags) -> dict[str, Any]:
    """All figures of one set of pictures; shares come with Wilson 95 % intervals.

    Args:
        p: Calibrated P(AI), shape (N,).
        ai: The truth, shape (N,).
    """
    called = p >= THRESHOLD
    result: dict[str, Any] = {"pictures": len(ai)}
    result |= _share("accuracy", called == ai)
    result |= _share("false_positive_rate", called[~ai])
    result |= _share("false_negative_rate", ~called[ai])
    if ai.any() and not ai.all():
        result["auroc"] = round(auroc(p, ai), 5)
    result["ece"] = round(calibration_error(p, ai), 5)
    return result


def _share(name: str, hits: Flags) -> dict[str, Any]:
    if not len(hits):
        return {}
    low, high = wilson(int(hits.sum()), len(hits))
    return {name: round(float(hits.mean()), 5), f"{name}_95": [round(low, 4), round(high, 4)]}
