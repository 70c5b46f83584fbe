"""What stands in the list's place when the filter leaves nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.panels.buttons import label, push


class NoMatch(QWidget):
    """Says so, and offers to clear the filter."""

    clear_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Nothing matches"))
        clear = push(self.tr("Clear the filter"), "quiet")
        clear.clicked.connect(self.clear_asked)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        for widget in (label(self.tr("No picture matches the filter."), "title"), clear):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
