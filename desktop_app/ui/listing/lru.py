"""A memory bounded by bytes that forgets what was not looked at for longest."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ByteBoundedLru(Generic[K, V]):
    """Values with their sizes; the newest value always fits, however large."""

    def __init__(self, max_bytes: int) -> None:
        self._max = max_bytes
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self.size = 0

    def __contains__(self, key: K) -> bool:
        return key in self._kept

    def get(self, key: K) -> V | None:
        """The value, which counts as looked at."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value; the oldest ones go until the rest fits."""
        self.drop(key)
        self._kept[key] = (value, size)
        self.size += size
        while self.size > self._max and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self.size -= gone

    def drop(self, key: K) -> None:
        """Forget one value."""
        _, size = self._kept.pop(key, (None, 0))
        self.size -= size

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.size = 0
