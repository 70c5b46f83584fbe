"""Pictures made by arithmetic, the same on every machine: the model's self-check is scored on them.

Integer arithmetic alone, so that no library version or processor can change a bit. A pattern's name is part of the
card format: changing what a name draws would make every card's golden scores wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Ints = NDArray[np.int64]
    _Draw = Callable[[_Ints, _Ints, int, int], tuple[_Ints | int, _Ints | int, _Ints | int]]


def _gradient(x: _Ints, y: _Ints, width: int, height: int) -> tuple[_Ints, _Ints, int]:
    return (x * 255) // max(1, width - 1), (y * 255) // max(1, height - 1), 128


def _checker(x: _Ints, y: _Ints, width: int, height: int) -> tuple[_Ints, _Ints, _Ints]:
    cell = max(1, min(width, height) // 8)
    light = (x // cell + y // cell) % 2
    return 40 + 190 * light, 60 + 165 * light, 90 + 120 * light


def _noise(x: _Ints, y: _Ints, width: int, _height: int) -> tuple[_Ints, _Ints, _Ints]:
    # A multiplicative hash of the position (Knuth's 2654435761), not a generator with state: any pixel alone.
    value = ((y * width + x + 1) * 2654435761) & 0xFFFFFFFF
    value ^= value >> 15
    # Only the lower 32 bits count, and these are right although 64 may overflow.
    value = (value * 2246822519) & 0xFFFFFFFF
    return value & 255, (value >> 8) & 255, (value >> 16) & 255


def _disc(x: _Ints, y: _Ints, width: int, height: int) -> tuple[_Ints, _Ints, _Ints]:
    dx, dy = 2 * x - width + 1, 2 * y - height + 1
    inside = 1 * (dx * dx + dy * dy < (min(width, height) * 3 // 4) ** 2)
    shade = 60 + (120 * y) // max(1, height - 1)
    outside = shade, shade + 20, shade + 60
    red, green, blue = (
        inside * disc + (1 - inside) * sky for disc, sky in zip((200, 80, 40), outside, strict=True)
    )
    return red, green, blue


_PATTERNS: dict[str, _Draw] = {
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
    import numpy as np  # noqa: PLC0415  # costs 0.1 s, and cards are read without it

    draw = _PATTERNS[pattern]
    x, y = np.arange(width, dtype=np.int64)[None, :], np.arange(height, dtype=np.int64)[:, None]
    picture = np.empty((height, width, 3), np.uint8)
    for channel, values in enumerate(draw(x, y, width, height)):
        picture[:, :, channel] = values
    return picture.tobytes()
