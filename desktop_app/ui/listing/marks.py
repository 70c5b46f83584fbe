"""What a file says of itself, as the list needs it: its ladder, what to filter by, what weighs most."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_app.core.evidence import Findings, Says, Strength
from desktop_app.core.items import Item, ItemState
from desktop_app.evidence.ladder import Ladder, ladder, weight

translate = QCoreApplication.translate


class Mark(Enum):
    """What to filter by, in the order of showing; an item may have several."""

    AI = 0
    SIGNED = 1
    LABEL = 2
    CAMERA = 3
    CONTRADICTION = 4
    NONE = 5

    # As for ItemState: counting thousands of items must not call Python code for each.
    __hash__ = object.__hash__


_OF_STRENGTH = {
    Strength.SIGNED: Mark.SIGNED,
    Strength.LABEL: Mark.LABEL,
    Strength.CAMERA: Mark.CAMERA,
    Strength.CONTRADICTION: Mark.CONTRADICTION,
}
_AI = frozenset({Says.MADE_BY_AI, Says.EDITED_WITH_AI})
_NOT_READ: frozenset[Mark] = frozenset()
_NOTHING_FOUND = frozenset({Mark.NONE})
_TITLES = {
    Mark.AI: QT_TRANSLATE_NOOP("Marks", "Says AI"),
    Mark.SIGNED: QT_TRANSLATE_NOOP("Marks", "Signed"),
    Mark.LABEL: QT_TRANSLATE_NOOP("Marks", "Label"),
    Mark.CAMERA: QT_TRANSLATE_NOOP("Marks", "Camera"),
    Mark.CONTRADICTION: QT_TRANSLATE_NOOP("Marks", "Contradiction"),
    Mark.NONE: QT_TRANSLATE_NOOP("Marks", "Nothing found"),
}


def mark_title(mark: Mark) -> str:
    """The words for people."""
    return translate("Marks", str(_TITLES[mark]))


def marks_of(item: Item) -> frozenset[Mark]:
    """All marks of ``item``; none while its file was not read."""
    if item.findings is None:
        return _NOT_READ
    evidence = item.findings.evidence
    if not evidence:
        return _NOTHING_FOUND
    says_ai = {Mark.AI} if any(found.says in _AI for found in evidence) else set()
    return frozenset({_OF_STRENGTH[found.strength] for found in evidence} | says_ai)


def ladder_of(item: Item) -> Ladder:
    """The strongest fact, the others and the estimate of ``item``; without findings there are no facts."""
    evidence = () if item.findings is None else item.findings.evidence
    return ladder(evidence, item.estimate if item.state is ItemState.DONE else None)


def disagrees(found: Ladder) -> bool:
    """Whether fact and estimate are shown and point in opposite directions; one that is set aside isn't shown."""
    return found.disagree and not found.mutes_estimate


def weight_of(findings: Findings) -> tuple[float, int, int, bool]:
    """How much the strongest of the evidence weighs: the stronger, the smaller. There must be some."""
    return min(map(weight, findings.evidence))
