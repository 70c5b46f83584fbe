"""A fault of the program itself: logged, told once, never silent and never the end of the session."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

_log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Takes what nobody caught, in any thread, and shows one dialog at a time in the GUI thread."""

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: QMessageBox | None = None
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take the place of Python's own handlers."""
        sys.excepthook = self.report
        threading.excepthook = self._report_thread

    def remove(self) -> None:
        """Put Python's own handlers back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an error and have the dialog shown."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("not caught", exc_info=(kind, error, trace))
        if not _loop_runs():
            # Nobody may ever see the dialog; who started the program in a terminal must see something.
            sys.__excepthook__(kind, error, trace)
        self._caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _report_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, details: str) -> None:
        if self._open is not None:
            return
        self._open, copy = mistake_box(details)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self._open.finished.connect(self._closed)
        self._open.open()

    def _closed(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
            self._open = None


def _loop_runs() -> bool:
    """Whether the dialog will be shown; another thread can't know, and mostly it will."""
    return not QThread.isMainThread() or QThread.currentThread().loopLevel() > 0


def mistake_box(details: str) -> tuple[QMessageBox, QPushButton]:
    """The dialog and its button that copies the details."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(box.tr("Telltale made a mistake"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(box.tr("Telltale made a mistake"))
    box.setInformativeText(
        box.tr("You can go on working. If it happens again, please report it and paste the details.")
    )
    box.setDetailedText(details)
    copy = box.addButton(box.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    return box, copy
