"""Sentences that concern the whole list, until somebody puts them away."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.icons import Icons
from desktop_app.ui.panels.buttons import icon_button, label

_MOST = 3


class NoticeBar(QWidget):
    """The newest notices above the list; the same sentence never stands there twice."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._rows: dict[str, QFrame] = {}
        self.setAccessibleName(self.tr("Notices"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 0, 14, 8)
        self._layout.setSpacing(6)
        self.hide()

    def messages(self) -> list[str]:
        """What is shown, oldest first."""
        return list(self._rows)

    def say(self, message: str, *, warning: bool = False) -> None:
        """Show a sentence; the oldest makes room."""
        if message in self._rows:
            return
        while len(self._rows) >= _MOST:
            self.dismiss(next(iter(self._rows)))
        row = self._row(message, warning=warning)
        self._rows[message] = row
        self._layout.addWidget(row)
        self.show()

    def dismiss(self, message: str) -> None:
        """Put a sentence away."""
        row = self._rows.pop(message, None)
        if row is not None:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.setVisible(bool(self._rows))

    def _row(self, message: str, *, warning: bool) -> QFrame:
        row = QFrame()
        row.setProperty("kind", "warning" if warning else "banner")
        text = label(message, wrap=True)
        close = icon_button(self._icons, "close", self.tr("Dismiss this notice"))
        close.clicked.connect(lambda: self.dismiss(message))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(text, 1)
        layout.addWidget(close)
        return row
