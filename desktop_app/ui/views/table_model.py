"""The same list as lines with columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt

from desktop_app.core.items import Item, ItemState
from desktop_app.ui.cards.face import face_of, flags_of
from desktop_app.ui.fact_words import set_aside_title, short_words
from desktop_app.ui.listing.groups import group_of, group_title
from desktop_app.ui.listing.marks import ladder_of
from desktop_app.ui.listing.order import SortBy
from desktop_app.ui.phrases import file_size, mode_title, percent, spoken, state_title
from desktop_app.ui.views.model import AnyIndex, ItemsModel

translate = QCoreApplication.translate
_ROOT = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    PICTURE = 0
    NAME = 1
    EVIDENCE = 2
    WORDS = 3
    PROBABILITY = 4
    SOURCE = 5
    STATE = 6
    SIZE = 7
    FORMAT = 8
    DETECTOR = 9


@dataclass(frozen=True, slots=True)
class _Spec:
    sort_by: SortBy | None
    text: Callable[[Item], str]
    right: bool = False


class TableModel(ItemsModel):
    """One item a row."""

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Always all of them."""
        return 0 if parent.isValid() else len(Column)

    def rows_needed(self) -> int:
        """One an item."""
        return len(self.listing.store.order)

    def place_of(self, index: AnyIndex) -> int:
        """The row."""
        return index.row()

    def index_at(self, place: int) -> QModelIndex:
        """The cell with the name."""
        return self.index(place, Column.NAME)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts of a cell."""
        item = self.item_at(index)
        if item is None:
            return None
        spec = _SPECS[Column(index.column())]
        if role == Qt.ItemDataRole.DisplayRole:
            return spec.text(item)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if spec.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() != Column.NAME:
            return spec.text(item) or spoken(item)
        return self.common_data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return column_title(Column(section))
        return None


def column_title(column: Column) -> str:
    """The title for people."""
    return {
        Column.PICTURE: "",
        Column.NAME: translate("Table", "Name"),
        Column.EVIDENCE: translate("Table", "Evidence"),
        Column.WORDS: translate("Table", "Estimate"),
        Column.PROBABILITY: translate("Table", "AI probability"),
        Column.SOURCE: translate("Table", "Likeliest origin"),
        Column.STATE: translate("Table", "State"),
        Column.SIZE: translate("Table", "Size"),
        Column.FORMAT: translate("Table", "Format"),
        Column.DETECTOR: translate("Table", "Detector"),
    }[column]


def sort_of(column: int) -> SortBy | None:
    """What a click on a column's title sorts by."""
    return _SPECS[Column(column)].sort_by


def column_of(sort_by: SortBy) -> int:
    """The column that shows an order; -1 when none does."""
    return next((int(column) for column, spec in _SPECS.items() if spec.sort_by is sort_by), -1)


def _evidence(item: Item) -> str:
    """The strongest fact in a few words, then what is flagged."""
    face = face_of(item)
    fact = [] if face.fact is None else [short_words(face.fact)]
    return " · ".join(fact + [words for _sign, words in flags_of(face)])


def _words(item: Item) -> str:
    if ladder_of(item).mutes_estimate and item.estimate is not None:
        return set_aside_title()
    return group_title(group_of(item)) if item.state is ItemState.DONE else ""


def _probability(item: Item) -> str:
    return "" if item.estimate is None or ladder_of(item).mutes_estimate else percent(item.estimate.p_ai)


def _source(item: Item) -> str:
    """The likeliest origin; none where the model is out of its depth, because a name reads as an answer."""
    estimate = item.estimate
    if estimate is None or not estimate.in_range or not estimate.sources or ladder_of(item).mutes_estimate:
        return ""
    return estimate.sources[0].name


def _state(item: Item) -> str:
    return state_title(item.state)


def _size(item: Item) -> str:
    return "" if item.size is None else file_size(item.size)


def _format(item: Item) -> str:
    return "" if item.facts is None else item.facts.format


def _detector(item: Item) -> str:
    mode = mode_title(item.mode)
    return mode if item.estimate is None else f"{mode} · {item.estimate.title}"


_SPECS = {
    Column.PICTURE: _Spec(SortBy.ADDED, lambda _item: ""),
    Column.NAME: _Spec(SortBy.NAME, lambda item: item.name),
    Column.EVIDENCE: _Spec(SortBy.EVIDENCE, _evidence),
    Column.WORDS: _Spec(SortBy.WORDS, _words),
    Column.PROBABILITY: _Spec(SortBy.SCORE, _probability),
    Column.SOURCE: _Spec(None, _source),
    Column.STATE: _Spec(SortBy.STATE, _state),
    Column.SIZE: _Spec(SortBy.SIZE, _size, right=True),
    Column.FORMAT: _Spec(SortBy.FORMAT, _format),
    Column.DETECTOR: _Spec(SortBy.MODE, _detector),
}
