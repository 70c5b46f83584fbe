"""Damaged credentials: no crash, no hang, and never "signed" for bytes that nobody signed.

More of it by hand: ``python -m tests.evidence.credentials.test_fuzz 10000``.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable

import pytest

from desktop_app.core.evidence import Says, Strength
from desktop_app.evidence.credentials import read_credentials
from desktop_app.evidence.credentials.presence import find_store
from tests.support import signing
from tests.support.signing import FORMATS, TODAY, Part, trusted

_IN_CI = 60  # a format
# Bytes between the beginning of the container's segment, chunk or box and the credential in it.
_HEADERS = {"JPEG": 12, "PNG": 8, "WEBP": 8, "GIF": 15, "TIFF": 0, "AVIF": 45}
Mutation = Callable[[random.Random, bytearray], None]


def _originals() -> dict[str, tuple[str, bytes]]:
    history = signing.sign(
        signing.opened(),
        signing.action("c2pa.edited", "compositeWithTrainedAlgorithmicMedia"),
        parts=[Part(signing.captured())],
    )
    return {name: (name, signing.ai_made(name)) for name in FORMATS} | {"history": ("JPEG", history)}


def _flip(chance: random.Random, data: bytearray) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _overwrite(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", chance.randbytes(4)))


def _cut(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 64)]


def _repeat(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    data[at:at] = data[at : at + chance.randrange(1, 64)]


_MUTATIONS: tuple[Mutation, ...] = (_flip, _flip, _flip, _overwrite, _overwrite, _cut, _repeat)


def _mutated(chance: random.Random, original: bytes, format_name: str) -> bytes:
    data = bytearray(original)
    start, end = _content(original, format_name)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        mutate = chance.choice(_MUTATIONS)
        if chance.random() < 0.7:  # most of them where the credential is
            piece = data[start:end]
            mutate(chance, piece)
            data[start:end] = piece
        else:
            mutate(chance, data)
    return bytes(data)


def _content(data: bytes, format_name: str) -> tuple[int, int]:
    """Return where the credential begins, and where the zeros begin that stand in for a longer signature."""
    store = find_store(data, format_name)
    assert store is not None
    start = data.index(store.boxes[:64])
    return start, data.index(bytes(128), start)


def _check(original: bytes, data: bytes, format_name: str) -> str:
    """Read a mutated file and return what became of it."""
    found = read_credentials(data, format_name, trusted(), TODAY)
    signed = [item for item in found if item.strength is Strength.SIGNED]
    if not signed:
        assert all(item.says is Says.NOTHING and not item.verified for item in found)
        return "nothing" if found else "none"
    if data == original:
        return "unchanged"
    # What still holds must say what was signed: the mutation hit padding, which no signature covers.
    assert found == read_credentials(original, format_name, trusted(), TODAY)
    assert _same_around(data, original, format_name)
    return "signed"


def _same_around(data: bytes, original: bytes, format_name: str) -> bool:
    """Whether the bytes before and behind the credential, which the signature covers, are the original ones.

    The container's own header in front of the credential is not covered; what becomes of that is no change of the
    picture.
    """
    start, _ = _content(original, format_name)
    store = find_store(original, format_name)
    assert store is not None
    end = start + store.length + (store.length // 255 + 2 if format_name == "GIF" else 4)
    return data.startswith(original[: start - _HEADERS[format_name]]) and data.endswith(original[end:])


def _fuzz(name: str, count: int, seed: int) -> tuple[Counter[str], float]:
    format_name, original = _originals()[name]
    chance = random.Random(f"{name} {seed}")
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(count):
        data = _mutated(chance, original, format_name)
        started = time.perf_counter()
        outcomes[_check(original, data, format_name)] += 1
        slowest = max(slowest, time.perf_counter() - started)
    return outcomes, slowest


@pytest.mark.parametrize("name", [*FORMATS, "history"])
def test_a_damaged_file_says_what_was_signed_or_nothing(name: str) -> None:
    outcomes, _ = _fuzz(name, _IN_CI, 1)
    assert outcomes["nothing"] > _IN_CI / 4


if __name__ == "__main__":
    for each in (*FORMATS, "history"):
        print(each, *_fuzz(each, int(sys.argv[1]), 2))  # noqa: T201  # a program run by hand
