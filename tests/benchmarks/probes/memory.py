"""Resident memory of the window's process with the cards of what is named: ``memory [PATH…]``."""

from __future__ import annotations

import gc
import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.probes.hook import before_event_loop, desk, tell
from tests.support.processes import resident_bytes

_SETTLING_MS = 1500


class _Scales:
    """Weighs the process when all work is done."""

    def __init__(self, app: QApplication, expected: int) -> None:
        self._app = app
        self._expected = expected
        self._timer = QTimer(app)
        self._timer.timeout.connect(self._look)
        self._timer.start(_SETTLING_MS)

    def _look(self) -> None:
        progress = desk().progress()
        if progress.running or progress.finished < self._expected:
            return
        self._timer.stop()
        gc.collect()
        tell(bytes=resident_bytes(os.getpid()), cards=progress.finished, failed=progress.failed)
        self._app.closeAllWindows()


def _main() -> int:
    from desktop_app.__main__ import main

    expected, *paths = sys.argv[1:]
    kept: list[_Scales] = []
    before_event_loop(lambda app: kept.append(_Scales(app, int(expected))))
    return main(paths)


if __name__ == "__main__":
    sys.exit(_main())
