"""The sign of a mark as a widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.core.evidence import Evidence
from desktop_app.ui.cards.signs import colour_of, draw_sign, sign_of
from desktop_app.ui.theme import Theme


class SignView(QWidget):
    """As high as a line; what it says is in the words beside it."""

    def __init__(self, evidence: Evidence, theme: Theme) -> None:
        super().__init__()
        self._evidence = evidence
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square."""
        side = self.fontMetrics().height()
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        draw_sign(painter, box, sign_of(self._evidence), colour_of(self._evidence, self._theme.colours))
        painter.end()
