"""What to sort by, and what to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from desktop_app.core.items import Item, ItemState
from desktop_app.ui.listing.groups import Group, group_of
from desktop_app.ui.listing.marks import Mark, marks_of, weight_of


class SortBy(Enum):
    """The orders on offer; the values are stored in the settings."""

    ADDED = "added"
    NAME = "name"
    SCORE = "score"
    UNCERTAIN = "uncertain"
    WORDS = "words"
    EVIDENCE = "evidence"
    STATE = "state"
    MODE = "mode"
    SIZE = "size"
    FORMAT = "format"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way of looking at the list.

    Attributes:
        wanted: heaps to show; empty shows all.
        text: part of the name to look for, upper and lower case alike; empty shows all.
        marks: evidence to show, any of it; empty shows all.
    """

    sort_by: SortBy = SortBy.ADDED
    descending: bool = False
    wanted: frozenset[Group] = frozenset()
    text: str = ""
    marks: frozenset[Mark] = frozenset()

    @property
    def filtered(self) -> bool:
        """Whether anything may be left out."""
        return bool(self.wanted or self.text or self.marks)

    def shows(self, item: Item) -> bool:
        """Whether ``item`` passes the filter."""
        if self.wanted and group_of(item) not in self.wanted:
            return False
        if self.marks and self.marks.isdisjoint(marks_of(item)):
            return False
        return not self.text or self.text.casefold() in item.name.casefold()

    def key_of(self) -> Callable[[Item], Any]:
        """A unique key to sort by; the order is then read backwards when ``descending``.

        Items that lack the value come last both ways, and equal ones stay in the order of adding.
        """
        value_of = _VALUES[self.sort_by]
        if self.descending:
            return lambda item: _descending(value_of(item), item.id)
        return lambda item: (*value_of(item), item.id)


# A value is (rank, value): lower ranks come first whichever way the values run.
_Value = tuple[int, Any]
_STATES = {state: position for position, state in enumerate(ItemState)}
_DIGITS = re.compile(r"(\d+)")


def _descending(value: _Value, item_id: int) -> tuple[int, Any, int]:
    return (-value[0], value[1], -item_id)


def _natural(name: str) -> list[str | int]:
    """``img9`` before ``img10``: text and numbers take turns, so positions always compare like with like."""
    if not name.isascii():
        # str.isdigit and int() disagree on some scripts' digits; the plain order is right for them.
        return [name.casefold()]
    parts: list[str | int] = list(_DIGITS.split(name.lower()))
    parts[1::2] = [int(digits[:18]) for digits in _DIGITS.findall(name)]
    return parts


def _score(item: Item) -> _Value:
    """In range first: a number from outside the range must not rank beside one from inside."""
    if item.estimate is None:
        return (2, 0.0)
    return (0 if item.estimate.in_range else 1, item.estimate.p_ai)


def _uncertainty(item: Item) -> _Value:
    if item.estimate is None:
        return (2, 0.0)
    return (0 if item.estimate.in_range else 1, abs(item.estimate.p_ai - 0.5))


def _evidence(item: Item) -> _Value:
    """The strongest first, then where nothing was found; unread files have no value."""
    if item.findings is None:
        return (2, 0)
    return (0, weight_of(item.findings)) if item.findings.evidence else (1, 0)


def _size(item: Item) -> _Value:
    return (1, 0) if item.size is None else (0, item.size)


def _format(item: Item) -> _Value:
    return (1, "") if item.facts is None else (0, item.facts.format)


_VALUES: dict[SortBy, Callable[[Item], _Value]] = {
    SortBy.ADDED: lambda _item: (0, 0),
    SortBy.NAME: lambda item: (0, _natural(item.name)),
    SortBy.SCORE: _score,
    SortBy.UNCERTAIN: _uncertainty,
    SortBy.WORDS: lambda item: (0, group_of(item).value),
    SortBy.EVIDENCE: _evidence,
    SortBy.STATE: lambda item: (0, _STATES[item.state]),
    SortBy.MODE: lambda item: (0, item.mode.value),
    SortBy.SIZE: _size,
    SortBy.FORMAT: _format,
}
