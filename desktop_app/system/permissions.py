"""What the user has allowed, asked by threads that must not wait for a dialog."""

from __future__ import annotations

import threading
from collections.abc import Iterable


class Permissions:
    """Whether pictures may go to the cloud, and which private hosts links may lead to. Safe from any thread."""

    def __init__(self, *, upload: bool = False, hosts: Iterable[str] = ()) -> None:
        self._lock = threading.Lock()
        self._upload = upload
        self._hosts = {_folded(host) for host in hosts}

    @property
    def upload(self) -> bool:
        """Whether cloud mode may send pictures away."""
        with self._lock:
            return self._upload

    @property
    def hosts(self) -> tuple[str, ...]:
        """The private hosts that links may lead to, sorted."""
        with self._lock:
            return tuple(sorted(self._hosts))

    def set_upload(self, *, allowed: bool) -> None:
        """Give or withdraw the permission to send pictures."""
        with self._lock:
            self._upload = allowed

    def allow_host(self, host: str) -> None:
        """Let links lead to ``host`` although it is in a private network."""
        with self._lock:
            self._hosts.add(_folded(host))

    def forget_hosts(self) -> None:
        """Take back every :meth:`allow_host`."""
        with self._lock:
            self._hosts.clear()

    def may_reach(self, host: str) -> bool:
        """Whether links may lead to ``host`` although it is in a private network."""
        with self._lock:
            return _folded(host) in self._hosts


def _folded(host: str) -> str:
    return host.casefold().rstrip(".")
