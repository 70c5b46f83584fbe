"""The key as the window knows it: where it lies and its last characters, never the key itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import TelltaleError
from desktop_app.system.settings import Settings
from desktop_app.ui.cloud.errands import Errands

if TYPE_CHECKING:
    from desktop_app.composition import Cloud
    from desktop_app.system.secrets.store import KeyStatus

Failed = Callable[[TelltaleError], object]


class KeyKeeper(QObject):
    """Asks the key store off the GUI thread; a locked keyring may take its time limit each time."""

    changed = Signal()
    """:attr:`status` or :attr:`busy` changed."""
    saved = Signal()
    """A key was entered and is kept."""

    def __init__(self, cloud: Cloud, errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cloud = cloud
        self._errands = errands
        self._testing: CancelToken | None = None
        self.status: KeyStatus | None = None
        self.busy = 0

    @property
    def missing(self) -> bool:
        """Whether there is no key for sure; a locked keyring may hold one."""
        status = self.status
        if status is None or status.where != "none":
            return False
        return status.problem is None or not status.problem.retryable

    def ask(self, then: Callable[[], object] | None = None) -> None:
        """Ask the key store where the key lies."""

        def told(status: KeyStatus) -> None:
            self._take(status)
            if then is not None:
                then()

        self._run(self._cloud.keys.status, told, None)

    def save(self, key: str, failed: Failed, *, memory_only: bool) -> None:
        """Keep a key; ``failed`` hears when this can't be one."""
        keys = self._cloud.keys

        def work() -> KeyStatus:
            kept = keys.set(key, memory_only=memory_only)
            used = keys.status()
            # A key from the environment comes before the one that was just kept, and has to be told of.
            return used if used.where in {"environment", "explicit"} else kept

        def kept(status: KeyStatus) -> None:
            self._take(status)
            self.saved.emit()

        self._run(work, kept, failed)

    def remove(self, failed: Failed) -> None:
        """Forget the key."""
        keys = self._cloud.keys

        def work() -> KeyStatus:
            keys.remove()
            return keys.status()

        self._run(work, self._take, failed)

    def test(self, settings: Settings, key: str | None, then: Callable[[], object], failed: Failed) -> None:
        """Ask the service one question with ``key``, or with the one that is kept."""
        self.stop_test()
        token = self._testing = CancelToken()

        def done() -> bool:
            fresh = self._testing is token
            self._testing = None if fresh else self._testing
            return fresh

        self._errands.run(
            lambda: self._cloud.test_key(settings, key, token),
            lambda _nothing: then() if done() else None,
            lambda error: failed(error) if done() else None,
        )

    def stop_test(self) -> None:
        """Withdraw a test that is under way."""
        if self._testing is not None:
            token, self._testing = self._testing, None
            token.cancel()

    def _run(
        self, work: Callable[[], KeyStatus], then: Callable[[KeyStatus], object], failed: Failed | None
    ) -> None:
        self._set_busy(1)

        def ended(status: KeyStatus) -> None:
            self._set_busy(-1)
            then(status)

        def refused(error: TelltaleError) -> None:
            self._set_busy(-1)
            if failed is not None:
                failed(error)

        self._errands.run(work, ended, refused)

    def _take(self, status: KeyStatus) -> None:
        self.status = status
        self.changed.emit()

    def _set_busy(self, change: int) -> None:
        self.busy += change
        self.changed.emit()
