"""What a card says, before anything is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop_app.core.estimates import Mode, SourceScore
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.listing.groups import Group, group_of, group_title
from desktop_app.ui.phrases import error_sentence, mode_title, percent, state_title

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Face:
    """The texts and numbers of one card.

    Attributes:
        headline: the words of the estimate, or where the item is on its way.
        number: the probability in whole percent; empty without an estimate.
        badge: which detector gave the number, or will.
        message: the sentence of a failure.
        muted: whether the bars must not be read as an answer.
    """

    name: str
    group: Group
    headline: str
    number: str
    p_ai: float | None
    sources: tuple[SourceScore, ...]
    badge: str
    message: str
    muted: bool


def face_of(item: Item) -> Face:
    """The face of an item's snapshot."""
    group = group_of(item)
    estimate = item.estimate if item.state is ItemState.DONE else None
    return Face(
        name=item.name,
        group=group,
        headline=group_title(group) if estimate is not None else state_title(item.state),
        number="" if estimate is None else percent(estimate.p_ai),
        p_ai=None if estimate is None else estimate.p_ai,
        sources=() if estimate is None else estimate.sources,
        badge=_badge(item),
        message="" if item.error is None else error_sentence(item.error),
        muted=group is Group.OUT_OF_RANGE,
    )


def _badge(item: Item) -> str:
    mode = mode_title(item.mode)
    if item.estimate is None:
        return mode
    if item.estimate.mode is Mode.CLOUD:
        sent = item.estimate.sent
        if sent is not None and sent.reencoded:
            return translate("Card", "{mode} · Hive · re-encoded").format(mode=mode)
        return translate("Card", "{mode} · Hive").format(mode=mode)
    return translate("Card", "{mode} · {detector}").format(mode=mode, detector=item.estimate.title)
