"""What people do to pictures without any wish to deceive, as fixed treatments: an upright RGB picture in, one out.

None of them makes a photograph AI. After *web sharing* and *JPEG q60* the detector should still tell the two
apart; the others are applied to photographs alone, to count how many more are then accused.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from models.training.augment import jpeg

Treatment = Callable[[Image.Image], Image.Image]

_SHARED_SIDE, _SHARED_QUALITY = 1280, 80


def _recompressed(quality: int) -> Treatment:
    return lambda image: Image.fromarray(jpeg(np.asarray(image), quality, 2))


def web_shared(image: Image.Image) -> Image.Image:
    """Longer side 1,280 pixels at most (Lanczos), JPEG q80 4:2:0."""
    if max(image.size) > _SHARED_SIDE:
        image = image.copy()
        image.thumbnail((_SHARED_SIDE, _SHARED_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    return _recompressed(_SHARED_QUALITY)(image)


def _sharpened(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.UnsharpMask(2, 120, 2))


def _denoised(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.MedianFilter(3))


def _enlarged(image: Image.Image) -> Image.Image:
    return image.resize((image.width * 3 // 2, image.height * 3 // 2), Image.Resampling.BICUBIC)


def _s_curve(image: Image.Image) -> Image.Image:
    level = np.linspace(0, 1, 256)
    curve = 0.4 * level + 0.6 * (3 * level**2 - 2 * level**3)  # a smooth step, mixed with no change
    return image.point(np.rint(255 * curve).astype(np.uint8).tolist() * 3)


def _collage(image: Image.Image) -> Image.Image:
    """The picture four times at half its sides, two by two: four edges that no camera makes."""
    part = image.resize((image.width // 2, image.height // 2), Image.Resampling.BICUBIC)
    page = Image.new("RGB", (part.width * 2, part.height * 2))
    for left in (0, part.width):
        for top in (0, part.height):
            page.paste(part, (left, top))
    return page


def _letterboxed(image: Image.Image) -> Image.Image:
    """Black bars to a square."""
    side = max(image.size)
    page = Image.new("RGB", (side, side))
    page.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return page


SHARING: dict[str, Treatment] = {"web sharing": web_shared, "JPEG q60": _recompressed(60)}
"""For all pictures."""

HARMLESS: dict[str, Treatment] = {
    "sharpen": _sharpened,
    "denoise": _denoised,
    "enlarge ×1.5": _enlarged,
    "tone curve": _s_curve,
    "JPEG q40": _recompressed(40),
    "2×2 collage": _collage,
    "letterbox": _letterboxed,
}
"""For photographs."""
