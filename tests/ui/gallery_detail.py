"""The detail panel's states for the gallery: heat, counts, harmless changes; and the page about the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QDialog

from desktop_app.core.errors import FileChangedError
from desktop_app.core.estimates import HeatCell, SourceScore, Words
from desktop_app.core.events import ChangesTried
from desktop_app.core.items import Item
from desktop_app.core.picture import PictureFacts
from desktop_app.ui.actions import Do
from desktop_app.ui.window import Window
from tests.ui.fakes import chosen, done, heat_cells, tried, with_counts, with_heat
from tests.ui.gallery_cloud import show

_BY_SIZE = "The Field detector answers pictures whose shorter side has at least 300 pixels."
_STEADY = (0.95, 0.9, 0.88, 0.71, 0.97, 0.93, 0.96, 0.94)
_SHAKY = (0.9, 0.31, 0.6, 0.55, 0.92, 0.44, 0.95, 0.7)


def heat(window: Window) -> None:
    """A tinted picture with its legend and the counts of its bin."""
    _heated(window, done(3, 0.97, Words.STRONG), heat_cells())


def heat_outside(window: Window) -> None:
    """Outside the range: only the middle was looked at, and the words disown it."""
    cells = [
        HeatCell(0.125 + cell.left * 0.75, cell.top, 0.125 + cell.right * 0.75, cell.bottom, cell.p)
        for cell in heat_cells()
    ]
    _heated(window, done(5), cells)


def field(window: Window) -> None:
    """An ordinary picture: two large views under four small ones, and a second look at a strong answer."""
    views = (
        HeatCell(0.0, 0.12, 0.56, 0.88, 0.93),
        HeatCell(0.44, 0.12, 1.0, 0.88, 0.71),
        HeatCell(0.17, 0.15, 0.33, 0.36, 0.99),
        HeatCell(0.67, 0.15, 0.83, 0.36, 0.62),
        HeatCell(0.17, 0.64, 0.33, 0.85, 0.24),
        HeatCell(0.67, 0.64, 0.83, 0.85, 0.97),
    )
    item = chosen(done(3, 0.97, Words.STRONG), _BY_SIZE)
    assert item.estimate is not None
    sources = (SourceScore("AI generator (unnamed)", 0.97), SourceScore("Camera or scan", 0.03, ai=False))
    estimate = replace(item.estimate, title="Field detector", detector="field", sources=sources)
    facts = PictureFacts("JPEG", 1600, 1200)
    _heated(window, tried(replace(item, estimate=estimate, facts=facts), 0.95, 0.9, quick=True), list(views))


def steady(window: Window) -> None:
    """The answer holds; three changes lead out of the range."""
    _changed(window, tried(with_counts(done(3, 0.97, Words.STRONG), 3, 997), *_STEADY, outside=(2, 3, 4)))


def shaky(window: Window) -> None:
    """The answer flips."""
    _changed(window, tried(done(3, 0.97, Words.STRONG), *_SHAKY))


def trying(window: Window) -> None:
    """While it goes on."""
    _changed(window, done(3, 0.97, Words.STRONG))
    window.desk.try_changes(3)


def not_tried(window: Window) -> None:
    """It failed."""
    trying(window)
    window.desk.take([ChangesTried(3, FileChangedError())])


def narrow_model(window: Window) -> None:
    """The page about the model on a small screen."""
    window.actions_of[Do.LEARN].trigger()
    window.findChildren(QDialog)[0].resize(420, 640)


def _heated(window: Window, item: Item, cells: list[HeatCell]) -> None:
    show(window, [with_counts(with_heat(item, cells), 12, 988), *map(done, range(6, 12))], chosen=item.id)
    window.work.detail.one.heat.button.setChecked(True)


def _changed(window: Window, item: Item) -> None:
    show(window, [item, *map(done, range(6, 12))], chosen=item.id)
    window.work.detail.reveal_changes()


SCENES: dict[str, Callable[[Window], None]] = {
    "heat": heat,
    "heat-outside": heat_outside,
    "field": field,
    "steady": steady,
    "shaky": shaky,
    "trying": trying,
    "not-tried": not_tried,
}
