"""What lies over the window while something is dragged above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.cards.metrics import strong
from desktop_app.ui.theme import Theme


class DropOverlay(QWidget):
    """Covers its parent, lets everything through, and says that dropping works here."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Drop to check"))
        self.hide()
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the parent."""
        if isinstance(event, QResizeEvent) and watched is self.parent():
            self._cover()
        return super().eventFilter(watched, event)

    def appear(self) -> None:
        """Cover everything."""
        self._cover()
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil, a line around it and a few words."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.surface)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(colours.accent, 2.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(14, 14, -14, -14), 16, 16)
        font = strong(self.font())
        font.setPointSizeF(max(font.pointSizeF(), 8) * 1.8)
        painter.setFont(font)
        painter.setPen(colours.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Drop to check"))
        painter.end()

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
