"""What test pictures with such a score turned out to be, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.core.estimates import ScoreCounts
from desktop_app.core.text import plain
from desktop_app.ui.phrases import grouped, span

translate = QCoreApplication.translate

_HUNDRED = 100


def counts_sentence(counts: ScoreCounts) -> str:
    """Say ``Of 100 test pictures with a score like this (90–100 %), 99 were AI.`` and the like.

    Fewer than 100 pictures are not blown up to 100: there the counts stand as they are.
    """
    total = counts.photographs + counts.ai
    if not total:
        text = translate("Counts", "No test picture got a score like this ({span}).")
    elif total == 1:
        kind = translate("Counts", "AI") if counts.ai else translate("Counts", "a photograph")
        text = translate("Counts", "The one test picture with a score like this ({span}) was {kind}.")
        return text.format(span=span(counts.low, counts.high), kind=kind)
    elif total < _HUNDRED:
        text = translate("Counts", "Of the {total} test pictures with a score like this ({span}), {ai} were AI.")
    else:
        text = translate("Counts", "Of 100 test pictures with a score like this ({span}), {share} were AI.")
    return text.format(
        total=total,
        span=span(counts.low, counts.high),
        ai=counts.ai or translate("Counts", "none"),
        share=_of_hundred(counts.ai, total),
    )


def counts_source(counts: ScoreCounts) -> str:
    """Where the counts come from, and what must be kept in mind: the share of AI among them was one half."""
    return translate("Counts", "Counted on {n} pictures of {test}, a test set that is half AI.").format(
        n=grouped(counts.photographs + counts.ai), test=plain(counts.test, 80)
    )


def _of_hundred(ai: int, total: int) -> str:
    rounded = round(_HUNDRED * ai / total) if total else 0
    if rounded == _HUNDRED:
        return translate("Counts", "more than 99")
    return str(rounded) if rounded else translate("Counts", "fewer than 1")
