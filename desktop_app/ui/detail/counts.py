"""How many test pictures got such a score, in sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.core.estimates import ScoreCounts
from desktop_app.core.text import plain
from desktop_app.ui.phrases import grouped, span

translate = QCoreApplication.translate

_HUNDRED = 100


def counts_sentence(counts: ScoreCounts) -> str:
    """Say "Of 100 photographs in the test, 1 got a score like this (90–100 %); of 100 AI pictures, 47 did.".

    Fewer than 100 pictures are not blown up to 100: there the counts stand as they are.
    """
    if not counts.photographs + counts.ai:
        text = translate("Counts", "No test picture got a score like this ({span}).")
    elif counts.all_photographs is None or counts.all_ai is None:
        text = translate(
            "Counts",
            "Photographs in the test with a score like this ({span}): {photographs}. AI pictures: {ai}.",
        )
    else:
        text = translate(
            "Counts",
            "Of {all_photographs} photographs in the test, {photographs} got a score like this ({span}); of "
            "{all_ai} AI pictures, {ai} did.",
        )
    return text.format(
        span=span(counts.low, counts.high),
        photographs=_share(counts.photographs, counts.all_photographs),
        ai=_share(counts.ai, counts.all_ai),
        all_photographs=_whole(counts.all_photographs),
        all_ai=_whole(counts.all_ai),
    )


def counts_source(counts: ScoreCounts) -> str:
    """Where the counts come from, and what must be kept in mind."""
    if counts.all_photographs is None or counts.all_ai is None:
        text = translate("Counts", "Counted on {test}. Your pictures may differ.")
    else:
        text = translate(
            "Counts",
            "Counted on {photographs} photographs and {ai} AI pictures of {test}. Yours may differ.",
        )
    return text.format(
        photographs=grouped(counts.all_photographs or 0),
        ai=grouped(counts.all_ai or 0),
        test=plain(counts.test, 80),
    )


def _whole(total: int | None) -> str:
    if total is not None and total < _HUNDRED:
        return translate("Counts", "the {n}").format(n=total)
    return str(_HUNDRED)


def _share(count: int, total: int | None) -> str:
    if total is None or total < _HUNDRED:
        return grouped(count) if count else translate("Counts", "none")
    rounded = round(_HUNDRED * count / total)
    if rounded == _HUNDRED:
        return translate("Counts", "more than 99")
    return str(rounded) if rounded else translate("Counts", "fewer than 1")
