"""Ids in the order of their keys, changed in place while most of them stay where they are.

Measured at 100,000 ids on the slow test machine: sorting all again takes 80 ms even when they are nearly in order
(one key and one comparison an id); taking out or putting in one id by bisection takes 0.05 ms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

# As many single moves cost as much as sorting everything: about one in 256 (see above).
_WHOLE_IF_MORE_THAN = 256


class Ranking:
    """Ids sorted by unique keys, rising."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._keys: list[Any] = []
        self._key_of: dict[int, Any] = {}

    def __contains__(self, item_id: int) -> bool:
        return item_id in self._key_of

    @property
    def ids(self) -> list[int]:
        """All ids in order. Not a copy."""
        return self._ids

    def key(self, item_id: int) -> object:
        """The key of an id, or None."""
        return self._key_of.get(item_id)

    def replace_all(self, keys: Mapping[int, Any]) -> None:
        """Start anew."""
        self._key_of = dict(keys)
        self._sort_all()

    def move(self, leaving: Iterable[int], arriving: Mapping[int, Any]) -> None:
        """Take ids out, then put others (or the same with new keys) in."""
        gone = [item_id for item_id in leaving if item_id in self._key_of]
        if (len(gone) + len(arriving)) * _WHOLE_IF_MORE_THAN <= len(self._ids):
            for item_id in gone:
                self._take_out(item_id)
            for item_id, key in arriving.items():
                self._put_in(item_id, key)
        elif not gone and self._all_behind(arriving):
            self._key_of.update(arriving)
            behind = sorted(arriving, key=arriving.__getitem__)
            self._ids.extend(behind)
            self._keys.extend(arriving[item_id] for item_id in behind)
        else:
            for item_id in gone:
                del self._key_of[item_id]
            self._key_of.update(arriving)
            self._sort_all()

    def _all_behind(self, arriving: Mapping[int, Any]) -> bool:
        return not self._keys or not arriving or min(arriving.values()) > self._keys[-1]

    def _take_out(self, item_id: int) -> None:
        place = bisect_left(self._keys, self._key_of.pop(item_id))
        del self._keys[place], self._ids[place]

    def _put_in(self, item_id: int, key: Any) -> None:  # noqa: ANN401  # keys of one kind compare with each other
        place = bisect_left(self._keys, key)
        self._keys.insert(place, key)
        self._ids.insert(place, item_id)
        self._key_of[item_id] = key

    def _sort_all(self) -> None:
        self._ids = sorted(self._key_of, key=self._key_of.__getitem__)
        self._keys = [self._key_of[item_id] for item_id in self._ids]
