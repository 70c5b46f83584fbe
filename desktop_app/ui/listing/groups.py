"""Which heap an item lies on: the words of its estimate, or how else it stands."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

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


def group_title(group: Group) -> str:
    """The words for people."""
    return {
        Group.STRONG: translate("Words", "Strong signs of AI"),
        Group.SOME: translate("Words", "Some signs of AI"),
        Group.CANT_TELL: translate("Words", "Can't tell"),
        Group.FEW: translate("Words", "Few signs of AI"),
        Group.OUT_OF_RANGE: translate("Words", "Outside this model's range"),
        Group.FAILED: translate("Words", "Failed"),
        Group.CANCELLED: translate("Words", "Cancelled"),
        Group.WAITING: translate("Words", "Waiting"),
    }[group]


def group_short_title(group: Group) -> str:
    """Fewer words for a chip."""
    return {
        Group.STRONG: translate("Chips", "Strong"),
        Group.SOME: translate("Chips", "Some"),
        Group.CANT_TELL: translate("Chips", "Can't tell"),
        Group.FEW: translate("Chips", "Few"),
        Group.OUT_OF_RANGE: translate("Chips", "Outside range"),
        Group.FAILED: translate("Chips", "Failed"),
        Group.CANCELLED: translate("Chips", "Cancelled"),
        Group.WAITING: translate("Chips", "Waiting"),
    }[group]
