"""The bar that the field detector has to reach before it answers unasked; under it, it ships as experimental."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.training.ordinary.evaluate import AS_FOUND
from models.training.ordinary.treatments import SHARING

UNSEEN_SOURCES = 0.86
"""Least AUROC of single crops of sources that the judging runs had not seen, mean of the folds."""

AUROC, LOST_BY_SHARING = 0.95, 0.02
FOUND, ANSWERED = 0.75, 0.6
ACCUSED, ACCUSED_STRONGLY, ACCUSED_OF_A_SOURCE, ADDED_BY_TREATMENT = 0.05, 0.015, 0.12, 0.03
"""Most photographs that may read *Strong* or *Some*; read *Strong*; of one source; more after a treatment."""


def misses(result: dict[str, Any]) -> list[str]:
    """What `models.training.ordinary.measure.measure_shipped` found under the bar, in words; empty for nothing."""
    return [name for name, reached in _checks(result) if not reached]


def _checks(result: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    found, folds = result[AS_FOUND], result["folds"]
    said = found["words"]
    photographs = said["photographs"]
    yield "AUROC on unseen sources", folds["mean"] is not None and folds["mean"] >= UNSEEN_SOURCES
    yield "AUROC as found", found["auroc"] >= AUROC
    for name in SHARING:
        yield f"AUROC after {name}", found["auroc"] - result[name]["auroc"] <= LOST_BY_SHARING
    yield "AI pictures found", said["ai"]["accused"]["share"] >= FOUND
    yield "photographs accused", photographs["accused"]["share"] <= ACCUSED
    yield "photographs read Strong", photographs["Strong signs of AI"]["share"] <= ACCUSED_STRONGLY
    worst = max(line["share"] for line in found["origins"] if not line["ai"])
    yield "the worst source of photographs", worst <= ACCUSED_OF_A_SOURCE
    for name, after in result["harmless"].items():
        yield f"photographs after {name}", after.get("added", 0.0) <= ADDED_BY_TREATMENT
    yield "pictures answered", found["answered"]["share"] >= ANSWERED
