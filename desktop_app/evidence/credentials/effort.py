"""Whether a manifest store can be checked in reasonable time, told from its boxes before the library sees it.

The library's time grows with the square of a manifest's assertions, and with ingredients times manifests: 160 kB
made for it take 400 ms, 1.6 MB took 3.5 s (measured). Anybody can sign such a thing with an own certificate.
Not seen here are compressed manifests; the library unpacks 16 MiB at most, and the decoding process has an end.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER = 8  # length and kind; as many bytes follow where the length is too long for its four
_SUPERBOX = b"jumb"
_DEEPEST = 16
_MOST_BOXES = 2_000
_MOST_PAIRS = 1_500
"""Ingredients times manifests. A chain of 38 edits has so many; the longest seen in the wild has three."""

_INGREDIENT = b"c2pa.ingredient"
_STORE_DEPTH, _MANIFEST_DEPTH = 0, 1
_LABEL_AT = 17  # in a description box: UUID, toggles


def is_reasonable(store: bytes) -> bool:
    """Whether the JUMBF boxes (ISO/IEC 19566-5) of a store are few enough."""
    manifests = ingredients = 0
    for boxes, (depth, label) in enumerate(_boxes(store), start=1):
        manifests += depth == _MANIFEST_DEPTH and label is not None
        ingredients += label is not None and label.startswith(_INGREDIENT)
        if boxes > _MOST_BOXES or depth > _DEEPEST or manifests * ingredients > _MOST_PAIRS:
            return False
    return True


def _boxes(store: bytes) -> Iterator[tuple[int, bytes | None]]:
    """Yield depth and label of every box; a box without boxes in it has no label."""
    waiting = [(0, len(store), _STORE_DEPTH)]
    while waiting:
        at, end, depth = waiting.pop()
        if at + _HEADER > end:
            continue
        length, kind = struct.unpack_from(">I4s", store, at)
        inside = at + _HEADER
        if length == 1 and inside + _HEADER <= end:
            (length,) = struct.unpack_from(">Q", store, inside)
            inside += _HEADER
        after = at + length if length else end  # 0: to the end
        if after < inside:
            continue
        waiting.append((after, end, depth))
        if kind == _SUPERBOX and depth <= _DEEPEST:
            waiting.append((inside, min(after, end), depth + 1))
            yield depth, _label(store, inside)
        else:
            yield depth, None


def _label(store: bytes, at: int) -> bytes:
    """Return the beginning of the label in the description box at ``at``."""
    start = at + _HEADER + _LABEL_AT
    return store[start : start + len(_INGREDIENT)]
