"""The next steps for somebody who wants to know more: other services, opened in the browser."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.next_steps import Step, promise, step_about, step_title
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.panels.flow_layout import FlowLayout


class Elsewhere(QWidget):
    """One button a service.

    Attributes:
        buttons: by service.
    """

    step_asked = Signal(object)
    """The :class:`Step` that the user wants to take."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[Step, QPushButton] = {}
        row = QWidget()
        flow = FlowLayout(row)
        for step in Step:
            button = push(step_title(step), described=self._described(step))
            button.setToolTip(step_about(step))
            button.clicked.connect(lambda _checked=False, step=step: self.step_asked.emit(step))
            flow.addWidget(button)
            self.buttons[step] = button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("Look elsewhere"), "heading"))
        layout.addWidget(label(promise(), "muted", wrap=True))
        layout.addWidget(row)

    def _described(self, step: Step) -> str:
        text = self.tr("{service}, opens in the browser: {about}")
        return text.format(service=step_title(step), about=step_about(step))
