"""Calls that may never come back, made in a thread that nobody has to wait for.

A locked keyring with a display waits for a password without end (measured: killed after 12 s; others saw four
minutes). Such a call can't be cancelled. It is left behind in a daemon thread, which holds up neither its caller
nor the end of the program, and until it comes back further calls fail at once instead of queueing behind it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from desktop_app.core.errors import KeyringTimeoutError

_T = TypeVar("_T")


class PatientCaller:
    """Makes one call at a time, each for at most ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._hanging: threading.Thread | None = None

    def call(self, work: Callable[[], _T]) -> _T:
        """Return what ``work`` returns or raise what it raises.

        Raises:
            KeyringTimeoutError: it took too long, or an earlier one still hangs.
        """
        if not self._turn.acquire(timeout=self._seconds):
            raise KeyringTimeoutError
        try:
            if self._hanging is not None and self._hanging.is_alive():
                raise KeyringTimeoutError
            return self._in_thread(work)
        finally:
            self._turn.release()

    def _in_thread(self, work: Callable[[], _T]) -> _T:
        result: Future[_T] = Future()

        def run() -> None:
            try:
                result.set_result(work())
            except BaseException as error:  # noqa: BLE001  # it belongs to the caller
                result.set_exception(error)

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        try:
            return result.result(self._seconds)
        except TimeoutError:
            self._hanging = thread
            raise KeyringTimeoutError from None
