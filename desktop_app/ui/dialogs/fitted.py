"""A dialog that is as high as its wrapped text."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget


class FittedDialog(QDialog):
    """``letters`` wide. Qt guesses the height of wrapped labels before the style sheet has set their fonts."""

    def __init__(self, letters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the text needs at this width."""
        self.fit()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow when a text has become longer."""
        longer = event.type() is QEvent.Type.LayoutRequest  # asked first: another event may delete this
        done = super().event(event)
        layout = self.layout() if longer and self.isVisible() else None
        if layout is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        return done

    def fit(self) -> None:
        """Take the width and the height that fit."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        width = max(self.fontMetrics().averageCharWidth() * self._letters, layout.totalMinimumSize().width())
        self.setMinimumWidth(width)
        self.resize(width, max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height()))
