"""The detail panel's states for the gallery: heat, counts, harmless changes; and the page about the model."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from desktop_app.core.errors import FileChangedError
from desktop_app.core.estimates import HeatCell, Words
from desktop_app.core.events import ChangesTried
from desktop_app.core.items import Item
from desktop_app.ui.actions import Do
from desktop_app.ui.window import Window
from tests.ui.fakes import done, heat_cells, tried, with_counts, with_heat
from tests.ui.gallery_cloud import show

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
    "steady": steady,
    "shaky": shaky,
    "trying": trying,
    "not-tried": not_tried,
}
