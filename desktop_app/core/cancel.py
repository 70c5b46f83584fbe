"""A wish to stop, handed down as a parameter."""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop_app.core.errors import Cancelled


class CancelToken:
    """Set once, seen by everybody who holds it; safe from any thread."""

    __slots__ = ("_event", "_listeners", "_lock")

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Withdraw the work; calling again changes nothing."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`Cancelled` when the work was withdrawn."""
        if self.cancelled:
            raise Cancelled

    def on_cancel(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` once on cancellation, at once when that has already happened."""
        with self._lock:
            if not self._event.is_set():
                self._listeners.append(listener)
                return
        listener()
