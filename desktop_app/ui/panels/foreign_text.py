"""Text from strangers: plain whatever stands in it, wrapped however long its words are, and to be selected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit

_FEW_LETTERS = 12


class ForeignText(QTextEdit):
    """As high as its text. A label would not do: it breaks no word, and one of 500 letters widens the window."""

    def __init__(self, text: str = "", kind: str = "text", *, named: str = "") -> None:
        """``kind`` is its dress in the style sheet: text, muted, strong; ``named`` what screen readers call it."""
        super().__init__()
        self.setProperty("kind", kind)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a dropped file must reach the window
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.set_text(text, named=named)

    def set_text(self, text: str, *, named: str = "") -> None:
        """Show another text."""
        self.setPlainText(text)
        self.setAccessibleName(f"{named}: {text}" if named else text)
        self.fit()

    def text(self) -> str:
        """What is shown."""
        return self.toPlainText()

    def sizeHint(self) -> QSize:
        """As high as the text is at this width."""
        return QSize(self.fontMetrics().averageCharWidth() * _FEW_LETTERS, self._height())

    def minimumSizeHint(self) -> QSize:
        """It may become narrow, and higher with it."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font is higher."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is for the panel around it."""
        event.ignore()

    def _height(self) -> int:
        document, width = self.document(), max(1, self.viewport().width())
        if document.textWidth() != width:
            document.setTextWidth(width)
        return round(document.size().height() + 0.5)

    def fit(self) -> None:
        """Take the height of the text."""
        height = self._height()
        if height != self.maximumHeight() or height != self.minimumHeight():
            self.setFixedHeight(height)
