"""One offline model that can be chosen, or why it can't."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QVBoxLayout

from desktop_app.ui.panels.buttons import label


class ModelRow(QFrame):
    """A radio button over what there is to know; a click anywhere chooses.

    Attributes:
        choice: what the settings call the model.
        own: whether it comes from the user's folder.
        button: the radio button; its group is up to the page.
    """

    def __init__(self, choice: str, title: str, about: str, why_not: str = "", *, own: bool = False) -> None:
        super().__init__()
        self.choice = choice
        self.own = own
        self.setProperty("kind", "choice")
        self.button = QRadioButton(title.replace("&", "&&"))
        self.button.setAccessibleName(title)
        self.button.setAccessibleDescription(f"{about} {why_not}".strip())
        self.button.setEnabled(not why_not)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(2)
        layout.addWidget(self.button)
        indent = (
            round(self.fontMetrics().height() * 1.45) + 3
        )  # under the title: as the style sheet has the button
        for text, kind in ((about, "muted"), (why_not, "plain")):
            if text:
                line = label(text, kind, wrap=True)
                line.setContentsMargins(indent, 0, 0, 0)
                layout.addWidget(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        if event.button() is Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.button.click()
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
