"""Figures as tables for people: texts, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.core.text import plain
from desktop_app.detectors.figures import FieldFigures, FieldSource, OwnFigures

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts.

    Attributes:
        columns: their headings; the first column holds names, the others numbers.
        rows: a text for every column, or a single one: a heading over the rows that follow.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def own_table(test: OwnFigures) -> Table:
    """How good the model is on its own test set, by part and after damage."""
    columns = ("Test pictures", "How many", "Right", "False alarms", "Missed")
    rows = (
        (
            plain(f"{row.name[:1].upper()}{row.name[1:]}", 80),
            f"{row.n:,}",
            percent(row.accuracy, 1),
            _share(row.false_positives, 1),
            _share(row.false_negatives, 1),
        )
        for row in test.rows
    )
    return Table(columns, tuple(rows))


def field_table(field: FieldFigures) -> Table:
    """What the model calls AI among ordinary pictures, photographs first, and the same after sharing."""
    shared = {(source.name, source.ai): source for source in field.shared.sources} if field.shared else {}
    called = "Strong or Some" if field.words else "Called AI"
    columns = ("Ordinary pictures", "How many", called, "AUROC", *(["Shared"] if shared else []))
    return Table(columns, tuple(_field_rows(field, shared)))


def unseen_table(field: FieldFigures) -> Table:
    """How well the model knows the pictures of generators that it had never seen."""
    rows = (
        (plain(each.name, 80), f"{each.n:,}", _interval(each), _area(each.auroc))
        for each in field.unseen_generators
    )
    return Table(("Generator left out", "Crops", "Found", "AUROC"), tuple(rows))


def percent(share: float, digits: int = 0) -> str:
    """``43 %``."""
    return f"{100 * share:.{digits}f}\u00a0%"


def _field_rows(field: FieldFigures, shared: dict[tuple[str, bool], FieldSource]) -> Iterator[tuple[str, ...]]:
    for ai, heading in ((False, "Photographs: none should be called AI"), (True, "AI pictures: all should be")):
        sources = [source for source in field.sources if source.ai is ai]
        if sources:
            yield (heading,)
        for source in sources:
            row = (plain(source.name, 80), f"{source.n:,}", _interval(source), _area(source.auroc))
            again = shared.get((source.name, source.ai))
            yield (*row, *([_share(again.called_ai if again else None)] if shared else []))


def _interval(source: FieldSource) -> str:
    return f"{percent(source.called_ai)} ({100 * source.low:.0f}–{100 * source.high:.0f})"


def _area(auroc: float | None) -> str:
    return _NONE if auroc is None else f"{auroc:.2f}"


def _share(share: float | None, digits: int = 0) -> str:
    return _NONE if share is None else percent(share, digits)
