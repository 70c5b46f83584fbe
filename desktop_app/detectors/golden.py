"""Pictures made by arithmetic, the same on every machine: the model's self-check is scored on them.

Integer arithmetic alone, so that no library version or processor can change a bit. A pattern's name is part of the
card format: changing what a name draws would make every card's golden scores wrong.
"""

from __future__ import annotations

from collections.abc import Callable


def _gradient(x: int, y: int, width: int, height: int) -> tuple[int, int, int]:
    return (x * 255) // max(1, width - 1), (y * 255) // max(1, height - 1), 128


def _checker(x: int, y: int, width: int, height: int) -> tuple[int, int, int]:
    cell = max(1, min(width, height) // 8)
    return (230, 225, 210) if (x // cell + y // cell) % 2 else (40, 60, 90)


def _noise(x: int, y: int, width: int, _height: int) -> tuple[int, int, int]:
    # A multiplicative hash of the position (Knuth's 2654435761), not a generator with state: any pixel alone.
    value = ((y * width + x + 1) * 2654435761) & 0xFFFFFFFF
    value ^= value >> 15
    value = (value * 2246822519) & 0xFFFFFFFF
    return value & 255, (value >> 8) & 255, (value >> 16) & 255


def _disc(x: int, y: int, width: int, height: int) -> tuple[int, int, int]:
    dx, dy = 2 * x - width + 1, 2 * y - height + 1
    inside = dx * dx + dy * dy < (min(width, height) * 3 // 4) ** 2
    shade = 60 + (120 * y) // max(1, height - 1)
    return (200, 80, 40) if inside else (shade, shade + 20, shade + 60)


_PATTERNS: dict[str, Callable[[int, int, int, int], tuple[int, int, int]]] = {
    "gradient": _gradient,
    "checker": _checker,
    "noise": _noise,
    "disc": _disc,
}

GOLDEN_PATTERNS: tuple[str, ...] = tuple(_PATTERNS)
"""Names that a card's ``golden`` list may use."""


def golden_pixels(pattern: str, width: int, height: int) -> bytes:
    """Return RGB rows (``width * height * 3`` bytes) of the named pattern.

    Raises:
        KeyError: no such pattern.
    """
    draw = _PATTERNS[pattern]
    return bytes(value for y in range(height) for x in range(width) for value in draw(x, y, width, height))
