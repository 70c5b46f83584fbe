"""Filtering by what the files say: a menu with a tick for each sort of evidence."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from desktop_app.ui.cards.signs import Sign, sign_icon
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.marks import Mark, mark_title
from desktop_app.ui.phrases import grouped, inside_a_sentence
from desktop_app.ui.theme import Theme

_SIGNS = {
    Mark.SIGNED: Sign.SIGNED,
    Mark.LABEL: Sign.LABEL,
    Mark.CAMERA: Sign.CAMERA,
    Mark.CONTRADICTION: Sign.CONTRADICTION,
    Mark.NONE: Sign.NONE,
}


class EvidenceMenu(QToolButton):
    """Hidden while no file was read for evidence."""

    asked = Signal(object)
    """The marks to show, a frozen set; empty shows all."""

    def __init__(self, listing: Listing, theme: Theme) -> None:
        super().__init__()
        self._listing = listing
        self._theme = theme
        self._wanted: frozenset[Mark] = frozenset()
        self._actions: dict[Mark, QAction] = {}
        self.setProperty("kind", "menu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for mark in Mark:
            action = menu.addAction("")
            action.setCheckable(True)
            action.triggered.connect(self._on_triggered)
            self._actions[mark] = action
        self.setMenu(menu)
        theme.changed.connect(self._dress)
        self._dress()
        self.show_wanted(self._wanted)

    def action_of(self, mark: Mark) -> QAction:
        """The entry of a mark."""
        return self._actions[mark]

    def show_wanted(self, wanted: frozenset[Mark]) -> None:
        """Show which are chosen, and how many items have each."""
        self._wanted = wanted
        counts = self._listing.store.marks
        for mark, action in self._actions.items():
            action.setText(f"{mark_title(mark)} {grouped(counts[mark])}")
            action.setChecked(mark in wanted)
            action.setVisible(counts[mark] > 0 or mark in wanted)
        chosen = ", ".join(inside_a_sentence(mark_title(mark)) for mark in Mark if mark in wanted)
        self.setText(self.tr("Evidence: {which}").format(which=chosen or self.tr("any")))
        self.setAccessibleName(self.tr("Filter by evidence: {which}").format(which=chosen or self.tr("any")))
        self.setVisible(bool(wanted) or any(counts.values()))

    def _on_triggered(self) -> None:
        self.asked.emit(frozenset(mark for mark, action in self._actions.items() if action.isChecked()))

    def _dress(self) -> None:
        side = round(self.fontMetrics().height() * 0.9)
        colours = self._theme.colours
        for mark, sign in _SIGNS.items():
            colour = colours.warning if mark is Mark.CONTRADICTION else colours.muted
            self._actions[mark].setIcon(sign_icon(sign, colour, side))
