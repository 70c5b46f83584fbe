"""Ctrl+C in the terminal and a polite kill close the window as its button does; a second one ends at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_POLITE = (signal.SIGINT, signal.SIGTERM)


class PoliteSignals(QObject):
    """Python runs signal handlers between bytecodes only, and Qt's loop has none: a pipe wakes it."""

    def __init__(self, close: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._close = close
        self._pipe: tuple[int, int] | None = None

    def install(self) -> None:
        """Listen from now on. Windows has no pipes that can be waited for: there a signal ends the program."""
        if sys.platform == "win32":
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            return
        self._pipe = reading, writing = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        for number in _POLITE:
            signal.signal(number, lambda _number, _frame: None)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._take)

    def remove(self) -> None:
        """Give the signals back their own ways."""
        if self._pipe is None:
            return
        self._ends_at_once()
        self._notifier.setEnabled(False)
        for end in self._pipe:
            os.close(end)
        self._pipe = None

    def _take(self) -> None:
        if self._pipe is not None:
            os.read(self._pipe[0], 64)
            self._ends_at_once()
            self._close()

    def _ends_at_once(self) -> None:
        signal.set_wakeup_fd(-1)
        for number in _POLITE:
            signal.signal(number, signal.SIG_DFL)
