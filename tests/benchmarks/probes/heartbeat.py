"""Gaps in the GUI thread's heartbeat while the real window works: ``heartbeat COUNT [PATH…]``.

A timer is due every 5 ms; what lies between two ticks is what a person may have to wait for an answer. With no
paths it beats for some seconds in an empty window: the machine's own noise. On a machine that others use too, the
processor time that the thread itself took in a gap (``own``) tells its work from its waiting.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.intake.paths import sources_from_paths
from tests.benchmarks.probes.hook import before_event_loop, desk, tell, window

_BEAT_MS = 5
_EMPTY_SECONDS = 8.0
_STANDING_MS = 2500
_LOOK_MS = 100


class _Heart:
    def __init__(self, app: QApplication, expected: int, paths: list[str]) -> None:
        self._app = app
        self._expected = expected
        self._paths = paths
        self._started = self._last = time.perf_counter()
        self._own = time.thread_time()
        self._gaps: list[tuple[float, float, float]] = []  # length, the thread's own work in it, when
        self._beat = QTimer(app)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._tick)
        self._look = QTimer(app)
        self._look.timeout.connect(self._ask)
        # When the window stands: how long that takes is another benchmark's figure.
        QTimer.singleShot(_STANDING_MS, app, self._begin)

    def _begin(self) -> None:
        self._started = self._last = time.perf_counter()
        self._own = time.thread_time()
        self._beat.start(_BEAT_MS)
        self._look.start(_LOOK_MS)
        if self._paths:
            window().add(sources_from_paths(self._paths))  # what a drop calls

    def _tick(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self._gaps.append((now - self._last, own - self._own, self._last - self._started))
        self._last, self._own = now, own

    def _ask(self) -> None:
        seconds = time.perf_counter() - self._started
        progress = desk().progress()
        if progress.finished < self._expected or (not self._expected and seconds < _EMPTY_SECONDS):
            return
        self._look.stop()
        self._beat.stop()
        gaps = sorted(gap * 1000 for gap, _, _ in self._gaps)
        longest = sorted(self._gaps)[:-6:-1]
        tell(
            seconds=seconds,
            pictures=progress.finished,
            failed=progress.failed,
            beats=len(gaps),
            worst=gaps[-1],
            p99=gaps[int(len(gaps) * 0.99)],
            median=gaps[len(gaps) // 2],
            over_50=sum(gap > 50 for gap in gaps),
            worst_own=max(own for _, own, _ in self._gaps) * 1000,
            longest=[(round(gap * 1000), round(own * 1000), round(when, 1)) for gap, own, when in longest],
        )
        self._app.closeAllWindows()


def _main() -> int:
    from desktop_app.__main__ import main

    expected, *paths = sys.argv[1:]
    kept: list[_Heart] = []
    before_event_loop(lambda app: kept.append(_Heart(app, int(expected), paths)))
    return main([])


if __name__ == "__main__":
    sys.exit(_main())
