"""How far the work has come, and how to stop it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from desktop_app.ui.icons import Icons
from desktop_app.ui.panels.buttons import icon_button, push
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.phrases import grouped, time_left

if TYPE_CHECKING:
    from desktop_app.pipeline.progress import Progress

_SLOWEST_SHOWN = 0.1  # items a second
_GUESS_AFTER_SECONDS = 3.0  # earlier guesses of the time left are wild


class ProgressStrip(QFrame):
    """Hidden while nothing runs and nothing failed."""

    pause_asked = Signal(bool)
    cancel_asked = Signal()
    retry_asked = Signal()
    failed_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._paused = False
        self._dismissed = False
        self._since: float | None = None
        self._wait_until = 0.0
        self.setObjectName("progress")
        self.setAccessibleName(self.tr("Progress"))
        self._text = ElidedLabel(letters=48)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._failed = push("", "link")
        self._failed.clicked.connect(self.failed_asked)
        self._retry = push(self.tr("Retry failed"), "quiet")
        self._retry.clicked.connect(self.retry_asked)
        self._pause = push(self.tr("Pause"), "quiet")
        self._pause.clicked.connect(lambda: self.pause_asked.emit(not self._paused))
        self._cancel = push(self.tr("Cancel all"), "quiet")
        self._cancel.clicked.connect(self.cancel_asked)
        self._close = icon_button(icons, "close", self.tr("Hide this line"))
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(self._text, 2)
        row.addWidget(self._bar, 3)
        for widget in (self._failed, self._retry, self._pause, self._cancel, self._close):
            row.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._text.text

    def show_paused(self, paused: bool) -> None:  # noqa: FBT001  # the slot of a signal
        """The queue was paused or goes on."""
        self._paused = paused
        words = self.tr("Resume") if paused else self.tr("Pause")
        self._pause.setText(words)
        self._pause.setAccessibleName(words)

    def show_wait(self, seconds: float, now: float) -> None:
        """The cloud service asked for a pause of so many seconds; 0 when it goes on."""
        self._wait_until = now + seconds if seconds > 0 else 0.0

    def show_progress(self, progress: Progress, now: float, failed: int, checked: int | None = None) -> None:
        """Show counts; ``failed`` and ``checked`` are those of the whole list (the batch's, if not given)."""
        if progress.running:
            self._dismissed = False
            self._since = now if self._since is None else self._since
        else:
            self._since = None
        self.setVisible(progress.running or (failed > 0 and not self._dismissed))
        text = self._running_text(progress, now) if progress.running else self._finished_text(progress, checked)
        self._text.set_text(text)
        self._bar.setRange(0, max(1, progress.total))
        _set_value(self._bar, progress.done + progress.failed + progress.cancelled)
        self._bar.setVisible(progress.running)
        self._pause.setVisible(progress.running)
        self._cancel.setVisible(progress.running)
        self._close.setVisible(not progress.running)
        self._retry.setVisible(failed > 0 and not progress.running)
        self._failed.setVisible(failed > 0)
        words = self.tr("{n} failed").format(n=grouped(failed))
        if words != self._failed.text():
            self._failed.setText(words)
            self._failed.setAccessibleName(self.tr("Show the {n} that failed").format(n=failed))

    def _running_text(self, progress: Progress, now: float) -> str:
        finished = progress.done + progress.failed + progress.cancelled
        parts = [self.tr("{done} of {all}").format(done=grouped(finished), all=grouped(progress.total))]
        if self._paused:
            return " · ".join([self.tr("Paused"), *parts])
        if now < self._wait_until:
            wait = self.tr("The service asks for a pause: {n} s").format(n=ceil(self._wait_until - now))
            return " · ".join([wait, *parts])
        settled = self._since is not None and now - self._since >= _GUESS_AFTER_SECONDS
        if progress.rate >= _SLOWEST_SHOWN and settled:
            parts.append(self.tr("{rate}/s").format(rate=f"{progress.rate:.2g}"))
        if progress.seconds_left is not None and settled:
            parts.append(time_left(progress.seconds_left))
        return " · ".join(parts)

    def _finished_text(self, progress: Progress, checked: int | None) -> str:
        return self.tr("{n} checked").format(n=grouped(progress.done if checked is None else checked))

    def _dismiss(self) -> None:
        self._dismissed = True
        self.hide()


def _set_value(bar: QProgressBar, value: int) -> None:
    # setValue paints at once, and with the bar everything else in the window that waits to be painted.
    bar.setUpdatesEnabled(False)
    bar.setValue(value)
    bar.setUpdatesEnabled(True)
