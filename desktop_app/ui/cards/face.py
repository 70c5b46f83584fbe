"""What a card says, before anything is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop_app.core.estimates import Mode, SourceScore
from desktop_app.core.evidence import Evidence
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.cards.signs import Sign
from desktop_app.ui.fact_words import disagree_title, set_aside_title, short_words
from desktop_app.ui.listing.groups import Group, group_of, group_title
from desktop_app.ui.listing.marks import disagrees, ladder_of
from desktop_app.ui.phrases import error_sentence, mode_title, percent, state_title

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Face:
    """The texts and numbers of one card.

    Attributes:
        headline: the words of the estimate, or where the item is on its way.
        number: the probability in whole percent; empty without an estimate.
        badge: which detector gave the number, or will.
        message: the sentence of a failure, or why there is no estimate here.
        muted: whether the bars must not be read as an answer.
        fact: the strongest fact of the file, which then stands above the estimate.
        contradiction: the first contradiction in the file.
        disagree: whether the fact and the estimate point in opposite directions.
        set_aside: whether the fact makes the estimate unnecessary: it has neither number nor bars here.
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
    fact: Evidence | None = None
    contradiction: Evidence | None = None
    disagree: bool = False
    set_aside: bool = False


def face_of(item: Item) -> Face:
    """The face of an item's snapshot."""
    group = group_of(item)
    found = ladder_of(item)
    set_aside = found.mutes_estimate and found.estimate is not None
    estimate = None if set_aside else found.estimate
    return Face(
        name=item.name,
        group=group,
        headline=set_aside_title() if set_aside else _headline(item, group),
        number="" if estimate is None else percent(estimate.p_ai),
        p_ai=None if estimate is None else estimate.p_ai,
        sources=() if estimate is None else estimate.sources,
        badge=_badge(item),
        message=_set_aside_sentence() if set_aside else "" if item.error is None else error_sentence(item.error),
        muted=group is Group.OUT_OF_RANGE,
        fact=found.fact,
        contradiction=next(iter(found.contradictions), None),
        disagree=disagrees(found),
        set_aside=set_aside,
    )


def flags_of(face: Face) -> list[tuple[Sign, str]]:
    """What is to be looked at twice: signs and words."""
    flags = [(Sign.DISAGREE, disagree_title())] if face.disagree else []
    if face.contradiction is not None:
        flags.append((Sign.CONTRADICTION, short_words(face.contradiction)))
    return flags


def _headline(item: Item, group: Group) -> str:
    answered = item.state is ItemState.DONE and item.estimate is not None
    return group_title(group) if answered else state_title(item.state)


def _set_aside_sentence() -> str:
    return translate("Card", "The signature can be checked, an estimate can't.")


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
