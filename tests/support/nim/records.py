"""What arrived, for tests that count requests and look for leaks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request; ``place`` is ``service``, ``uploads`` or ``elsewhere``; header names in lower case."""

    place: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hex hash of the body."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def all_bytes(self) -> bytes:
        """Everything that was sent, to search in."""
        head = "\n".join((self.path, *(f"{name}: {value}" for name, value in self.headers.items())))
        return head.encode("utf-8", "replace") + b"\n" + self.body
