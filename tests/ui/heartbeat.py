"""How long the GUI thread was away."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QEventLoop, QObject, QTimer


class Heartbeat(QObject):
    """A timer of one millisecond that writes down the gaps between its beats."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)

    @property
    def worst_ms(self) -> float:
        """The longest gap in milliseconds."""
        return max(self.gaps, default=0.0) * 1000

    def run_until(self, finished: Callable[[], bool], seconds: float) -> float:
        """Run the event loop until ``finished`` or the time is up; returns the seconds it took."""
        loop = QEventLoop()
        start = self._last = perf_counter()
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
        now = perf_counter()
        self.gaps.append(now - self._last)
        self._last = now
