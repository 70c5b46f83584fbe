"""One banner for what stopped the whole queue, with the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.errors import (
    KeyForbiddenError,
    KeyMissingError,
    KeyRejectedError,
    ModelMissingError,
    TelltaleError,
    UploadNotAcceptedError,
)
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.panels.flow_layout import FlowLayout
from desktop_app.ui.phrases import error_hint, error_sentence

_KEY_ERRORS = (KeyMissingError, KeyRejectedError, KeyForbiddenError)


class CloudBanner(QWidget):
    """Hidden while nothing is wrong. Stays until the queue goes on."""

    key_asked = Signal()
    agree_asked = Signal()
    settings_asked = Signal()
    offline_asked = Signal()
    resume_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._error: TelltaleError | None = None
        self.setAccessibleName(self.tr("The queue waits"))
        self._message = label("", "strong", wrap=True)
        self._hint = label("", wrap=True)
        self.enter_key = push(self.tr("Enter key…"), "primary")
        self.agree = push(self.tr("Agree…"), "primary")
        self.settings = push(self.tr("Settings…"))
        self.offline = push(self.tr("Check offline instead"))
        self.go_on = push(self.tr("Continue"))
        for button, signal in (
            (self.enter_key, self.key_asked),
            (self.agree, self.agree_asked),
            (self.settings, self.settings_asked),
            (self.offline, self.offline_asked),
            (self.go_on, self.resume_asked),
        ):
            button.clicked.connect(signal)
        self._lay_out()
        self.hide()

    @property
    def error(self) -> TelltaleError | None:
        """What is shown."""
        return self._error

    @property
    def text(self) -> str:
        """The sentences as shown; empty while nothing is wrong."""
        return f"{self._message.text()} {self._hint.text()}".strip() if self._error else ""

    def show_error(self, error: object) -> None:
        """Show why the queue waits; None when it goes on."""
        self._error = error if isinstance(error, TelltaleError) else None
        self.setVisible(self._error is not None)
        if self._error is None:
            return
        self._message.setText(error_sentence(self._error))
        self._hint.setText(error_hint(self._error))
        self._hint.setVisible(bool(self._error.hint))
        must_agree = isinstance(self._error, UploadNotAcceptedError)
        self.enter_key.setVisible(isinstance(self._error, _KEY_ERRORS))
        self.agree.setVisible(must_agree)
        self.settings.setVisible(isinstance(self._error, ModelMissingError))
        self.go_on.setVisible(not must_agree)

    def mended_key(self) -> None:
        """A key was entered, wherever: go on if that was what the queue waited for."""
        if isinstance(self._error, _KEY_ERRORS):
            self.resume_asked.emit()

    def mended_agreement(self) -> None:
        """The user agreed, wherever."""
        if isinstance(self._error, UploadNotAcceptedError):
            self.resume_asked.emit()

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("kind", "warning")
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.enter_key, self.agree, self.settings, self.offline, self.go_on):
            row.addWidget(button)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(12, 10, 12, 10)
        inner.setSpacing(6)
        for widget in (self._message, self._hint, buttons):
            inner.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 8)
        layout.addWidget(frame)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
