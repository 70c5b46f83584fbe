"""A page of crops with two lines under each, for people to look at."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from models.training.data import Pixels
from models.training.ordinary.views import SIDE

_COLUMNS = 8
_CAPTION, _GAP = 28, 6
_LETTERS = 30  # of the default font that fit under a crop


def contact_sheet(pixels: Pixels, captions: Sequence[str]) -> Image.Image:
    """Draw (N, 192, 192, 3) crops row by row, eight in a row."""
    across, down = SIDE + _GAP, SIDE + _CAPTION + _GAP
    rows = max(1, math.ceil(len(captions) / _COLUMNS))
    page = Image.new("RGB", (_COLUMNS * across, rows * down), "white")
    draw = ImageDraw.Draw(page)
    for number, (crop, caption) in enumerate(zip(pixels, captions, strict=True)):
        left, top = number % _COLUMNS * across, number // _COLUMNS * down
        page.paste(Image.fromarray(crop), (left, top))
        lines = "\n".join(line[:_LETTERS] for line in caption.splitlines())
        draw.multiline_text((left, top + SIDE), lines, fill="black", spacing=1)
    return page
