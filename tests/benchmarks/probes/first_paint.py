"""Milliseconds from the start of the process to the first painted window: ``first_paint telltale|bare``."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.support.probing import STARTED


class _FirstPaint(QObject):
    """Sees every event before its receiver; one call each is all that it costs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._seen = False
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if not self._seen and event.type() is QEvent.Type.Paint:
            self._seen = True
            # All of the window's first painting is one event; this runs when it is over.
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        milliseconds = (time.monotonic_ns() - int(os.environ[STARTED])) / 1e6
        sys.stdout.write(f'{{"milliseconds": {milliseconds:.2f}}}\n')
        sys.stdout.flush()
        os._exit(0)  # only the start is measured


def _bare() -> int:
    app = QApplication([])
    window = QWidget()
    window.resize(1240, 800)
    window.show()
    _FirstPaint(app)
    return app.exec()


def _telltale() -> int:
    from desktop_app.__main__ import main
    from tests.benchmarks.probes.hook import before_event_loop

    before_event_loop(lambda app: (_FirstPaint(app), None)[1])
    return main(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(_bare() if sys.argv[1] == "bare" else _telltale())
