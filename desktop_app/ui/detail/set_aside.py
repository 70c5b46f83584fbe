"""In place of an estimate that a verified statement of AI makes unnecessary."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.fact_words import set_aside_title
from desktop_app.ui.panels.buttons import label, push


class SetAside(QWidget):
    """Why the estimate isn't here, and the way to it."""

    show_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        about = self.tr(
            "A signature that was checked says how this picture was made. An estimate adds nothing to that, and "
            "it can be wrong."
        )
        self.button = push(self.tr("Show anyway"), described=self.tr("Show the estimate anyway"))
        self.button.clicked.connect(self.show_asked)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(set_aside_title(), "heading"))
        layout.addWidget(label(about, "muted", wrap=True))
        layout.addLayout(row)
