"""Bars and shapes as widgets, for the detail panel."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.cards.bars import draw_bar
from desktop_app.ui.cards.shapes import draw_shape
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.theme import Theme


class Bar(QWidget):
    """One bar; what it says is in the text beside it, and in its accessible name."""

    def __init__(self, theme: Theme, share: float = 0.5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = share
        self._fraction = 0.0
        self._colour: QColor | None = None
        self._muted = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_fraction(self, fraction: float, colour: QColor, *, muted: bool, spoken: str) -> None:
        """Show another value."""
        self._fraction, self._colour, self._muted = fraction, colour, muted
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """A share of a text line."""
        return QSize(120, max(4, round(self.fontMetrics().height() * self._share)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        colours = self._theme.colours
        colour = self._colour or colours.neutral
        draw_bar(painter, QRectF(self.rect()), self._fraction, colour, colours, muted=self._muted)
        painter.end()


class Shape(QWidget):
    """The shape of a heap."""

    def __init__(self, theme: Theme, scale: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scale = scale
        self._group = Group.WAITING
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_group(self, group: Group) -> None:
        """Show another shape."""
        self._group = group
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the text beside it."""
        side = round(self.fontMetrics().height() * self._scale)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        draw_shape(painter, box, self._group, self._theme.colours.of(self._group))
        painter.end()
