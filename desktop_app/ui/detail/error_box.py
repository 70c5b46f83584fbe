"""An error with its ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.errors import (
    FileChangedError,
    LinkIsPageError,
    LinkPrivateError,
    ModelChangedError,
    TelltaleError,
)
from desktop_app.core.text import plain
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.panels.flow_layout import FlowLayout
from desktop_app.ui.phrases import error_hint, error_sentence


class ErrorBox(QFrame):
    """What happened, what to do, and buttons that do it."""

    retry_asked = Signal()
    host_allowed = Signal(str)
    """A private host that links may lead to from now on."""
    link_asked = Signal(str)
    """A link to check: the picture that a page names."""

    def __init__(self, *, retry: bool = True) -> None:
        """``retry``: with a button for it; without, the box leaves that to whoever shows it."""
        super().__init__()
        self._retry = retry
        self._error: TelltaleError | None = None
        self._message, self._hint = label("", "strong", wrap=True), label("", wrap=True)
        self.way_out = push("", "primary", described=self.tr("Way out"))
        self.way_out.clicked.connect(self._take_way_out)
        self.retry = push(self.tr("Retry"), "quiet")
        self.retry.clicked.connect(self.retry_asked)
        self._buttons = QWidget()
        row = FlowLayout(self._buttons)
        row.addWidget(self.way_out)
        row.addWidget(self.retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        for widget in (self._message, self._hint, self._buttons):
            layout.addWidget(widget)
        self.setProperty("kind", "warning")

    def show_error(self, error: TelltaleError | None) -> None:
        """Show an error, or nothing."""
        self._error = error
        self.setVisible(error is not None)
        if error is None:
            return
        hint = error_hint(error)
        self._message.setText(error_sentence(error))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        words = self._words(error)
        self.way_out.setText(words.replace("&", "&&"))
        self.way_out.setAccessibleName(words or self.tr("Way out"))
        self.way_out.setVisible(bool(words))
        self.retry.setVisible(self._retry)
        self._buttons.setVisible(self._retry or bool(words))

    def text(self) -> str:
        """The error as shown; empty without one."""
        return f"{self._message.text()} {self._hint.text()}".strip() if self._error else ""

    def _words(self, error: TelltaleError) -> str:
        if isinstance(error, LinkPrivateError) and error.host:
            return self.tr("Allow {host}").format(host=plain(error.host, 40))
        if isinstance(error, LinkIsPageError) and error.picture:
            return self.tr("Check the page's picture")
        if isinstance(error, (FileChangedError, ModelChangedError)):
            return self.tr("Re-check")
        return ""

    def _take_way_out(self) -> None:
        if isinstance(self._error, LinkPrivateError):
            self.host_allowed.emit(self._error.host)
        elif isinstance(self._error, LinkIsPageError):
            self.link_asked.emit(self._error.picture)
        else:
            self.retry_asked.emit()
