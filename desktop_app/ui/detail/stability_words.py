"""What harmless changes do to an answer, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.core.estimates import Estimate, Stability
from desktop_app.ui.phrases import percent

translate = QCoreApplication.translate


def stability_verdict(estimate: Estimate, stability: Stability) -> str:
    """Whether the answer holds, and what follows."""
    if stability.flips and estimate.in_range:
        return translate("Changes", "The answer flips, so it reads “Can't tell”.")
    if stability.flips:
        return translate("Changes", "The answer flips: one more reason not to rely on it.")
    if stability.quick:
        return translate("Changes", "The answer holds so far.")
    if estimate.in_range:
        return translate("Changes", "The answer holds.")
    return translate("Changes", "The answer holds, but outside the model's range that says little.")


def stability_range(stability: Stability) -> str:
    """The span: ``Between 71 % and 93 % AI``."""
    low, high = percent(stability.low), percent(stability.high)
    if low == high:
        return translate("Changes", "{low} AI every time.").format(low=low)
    return translate("Changes", "Between {low} and {high} AI.").format(low=low, high=high)
