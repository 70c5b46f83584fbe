"""How long the GUI thread was away, and how much of that it worked itself."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, thread_time

from PySide6.QtCore import QEventLoop, QObject, QTimer


class Heartbeat(QObject):
    """A timer of one millisecond that writes down the gaps between its beats.

    ``gaps`` are seconds by the clock: they also hold what other programs and Python's other threads took.
    ``busy`` are the processor seconds that the GUI thread itself used in each gap.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.busy: list[float] = []
        self._last, self._used = perf_counter(), thread_time()
        self._timer = QTimer(self)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)

    @property
    def worst_ms(self) -> float:
        """The longest gap in milliseconds."""
        return max(self.gaps, default=0.0) * 1000

    @property
    def worst_busy_ms(self) -> float:
        """The most processor milliseconds in one gap."""
        return max(self.busy, default=0.0) * 1000

    def run_until(self, finished: Callable[[], bool], seconds: float) -> float:
        """Run the event loop until ``finished`` or the time is up; returns the seconds it took."""
        loop = QEventLoop()
        start = self._last = perf_counter()
        self._used = thread_time()
        asking = QTimer(self)
        asking.setInterval(20)
        asking.timeout.connect(lambda: loop.quit() if finished() or perf_counter() - start > seconds else None)
        asking.start()
        self._timer.start()
        loop.exec()
        self._timer.stop()
        asking.stop()
        return perf_counter() - start

    def _beat(self) -> None:
        now, used = perf_counter(), thread_time()
        self.gaps.append(now - self._last)
        self.busy.append(used - self._used)
        self._last, self._used = now, used
