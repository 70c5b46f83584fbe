"""Which heap an item lies on: the words of its estimate, or how else it stands."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_app.core.estimates import Words
from desktop_app.core.items import Item, ItemState

translate = QCoreApplication.translate


class Group(Enum):
    """The heaps in the order in which people want to see them."""

    STRONG = 0
    SOME = 1
    CANT_TELL = 2
    FEW = 3
    OUT_OF_RANGE = 4
    FAILED = 5
    CANCELLED = 6
    WAITING = 7


_BY_WORDS = {
    Words.STRONG: Group.STRONG,
    Words.SOME: Group.SOME,
    Words.CANT_TELL: Group.CANT_TELL,
    Words.FEW: Group.FEW,
    Words.OUT_OF_RANGE: Group.OUT_OF_RANGE,
}
_BY_STATE = {ItemState.FAILED: Group.FAILED, ItemState.CANCELLED: Group.CANCELLED}


def group_of(item: Item) -> Group:
    """The heap of ``item``; an estimate out of range is never on a heap of words."""
    estimate = item.estimate
    if item.state is not ItemState.DONE or estimate is None:
        return _BY_STATE.get(item.state, Group.WAITING)
    return _BY_WORDS[estimate.words] if estimate.in_range else Group.OUT_OF_RANGE


_TITLES = {
    Group.STRONG: QT_TRANSLATE_NOOP("Words", "Strong signs of AI"),
    Group.SOME: QT_TRANSLATE_NOOP("Words", "Some signs of AI"),
    Group.CANT_TELL: QT_TRANSLATE_NOOP("Words", "Can't tell"),
    Group.FEW: QT_TRANSLATE_NOOP("Words", "Few signs of AI"),
    Group.OUT_OF_RANGE: QT_TRANSLATE_NOOP("Words", "Outside this model's range"),
    Group.FAILED: QT_TRANSLATE_NOOP("Words", "Failed"),
    Group.CANCELLED: QT_TRANSLATE_NOOP("Words", "Cancelled"),
    Group.WAITING: QT_TRANSLATE_NOOP("Words", "Waiting"),
}
_SHORT_TITLES = {
    Group.STRONG: QT_TRANSLATE_NOOP("Chips", "Strong"),
    Group.SOME: QT_TRANSLATE_NOOP("Chips", "Some"),
    Group.CANT_TELL: QT_TRANSLATE_NOOP("Chips", "Can't tell"),
    Group.FEW: QT_TRANSLATE_NOOP("Chips", "Few"),
    Group.OUT_OF_RANGE: QT_TRANSLATE_NOOP("Chips", "Outside range"),
    Group.FAILED: QT_TRANSLATE_NOOP("Chips", "Failed"),
    Group.CANCELLED: QT_TRANSLATE_NOOP("Chips", "Cancelled"),
    Group.WAITING: QT_TRANSLATE_NOOP("Chips", "Waiting"),
}


def group_title(group: Group) -> str:
    """The words for people."""
    return translate("Words", str(_TITLES[group]))


def group_short_title(group: Group) -> str:
    """Fewer words for a chip."""
    return translate("Chips", str(_SHORT_TITLES[group]))
