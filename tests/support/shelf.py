"""Keyrings for tests of the key store: one that works, one that fails, one that hangs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from desktop_app.system.secrets.store import KeyStore

KEY = "nvapi-" + "Ab1_-" * 12 + "wxyz"
OTHER = "nvapi-" + "Cd2_-" * 12 + "stuv"


@dataclass
class Shelf:
    """A backend that keeps its entries in a dictionary."""

    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    threads: set[str] = field(default_factory=set)
    asked: int = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.threads.add(threading.current_thread().name)
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


def failing(error: Exception) -> KeyStore:
    def open_backend() -> Shelf:
        raise error

    return KeyStore(open_backend=open_backend)


def hanging(go_on: threading.Event, seconds: float = 0.2) -> KeyStore:
    shelf = Shelf()

    def open_backend() -> Shelf:
        go_on.wait(30)
        return shelf

    return KeyStore(seconds=seconds, open_backend=open_backend)
