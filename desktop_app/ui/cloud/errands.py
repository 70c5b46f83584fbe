"""What may take its time and must not keep the window: done in daemon threads, handed back to the GUI thread."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.core.errors import Cancelled, TelltaleError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Outcome:
    then: Callable[[Any], object]
    failed: Callable[[TelltaleError], object] | None
    result: object = None
    error: BaseException | None = None


class Errands(QObject):
    """Lives in the GUI thread for as long as the window."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], object],
        failed: Callable[[TelltaleError], object] | None = None,
    ) -> None:
        """Do ``work`` in a thread of its own; ``then`` or ``failed`` is called in the GUI thread.

        Neither is called when the work was cancelled or the window is closed meanwhile.
        """
        threading.Thread(target=self._do, args=(work, then, failed), name="errand", daemon=True).start()

    def close(self) -> None:
        """Hand nothing over any more."""
        self._closed = True

    def _do(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], object],
        failed: Callable[[TelltaleError], object] | None,
    ) -> None:
        try:
            outcome = _Outcome(then, failed, result=work())
        except BaseException as error:  # noqa: BLE001  # it belongs to the GUI thread
            outcome = _Outcome(then, failed, error=error)
        if not self._closed:
            with contextlib.suppress(RuntimeError):  # the window is gone, and this object with it
                self._ended.emit(outcome)

    def _deliver(self, outcome: _Outcome) -> None:
        if self._closed or isinstance(outcome.error, Cancelled):
            return
        if outcome.error is None:
            outcome.then(outcome.result)
        elif isinstance(outcome.error, TelltaleError) and outcome.failed is not None:
            outcome.failed(outcome.error)
        else:
            raise outcome.error
