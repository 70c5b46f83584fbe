"""Self-made pictures that cost a decoder what photographs cost it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

_CACHE = Path(tempfile.gettempdir()) / "telltale-benchmark-pictures-1"
_SMALL_QUALITY = 90
_FINE_GRAIN = 4.0  # standard deviation, of 255
_CAMERA_QUALITY = 93


def photos(count: int = 24, width: int = 4032, height: int = 3024) -> list[Path]:
    """Return baseline JPEGs (quality 90, 4:2:0) of smooth noise, shapes and grain; made once, then kept."""
    folder = _folder(f"{width}x{height}")
    paths = [folder / f"{number:05}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        if not path.exists():
            _photo(number, width, height).save(path, "JPEG", quality=90, subsampling="4:2:0")
    return paths


def grainy_photo(width: int, height: int, name: str) -> Path:
    """Return a picture whose grain is as fine as its pixels, in Pillow's format ``name``; made once, then kept.

    A JPEG of 12 megapixels has the 4 to 5 MB of a camera's, a PNG of 1024×1024 the 1.5 to 2 MB of a generator's.
    """
    path = _folder("grainy") / f"{width}x{height}.{name.lower()}"
    if not path.exists():
        pixels = np.asarray(_photo(0, width, height), np.float32)
        grain = np.random.default_rng(0).normal(0, _FINE_GRAIN, (height, width, 1))
        Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8)).save(path, name, quality=_CAMERA_QUALITY)
    return path


def small_pictures(count: int) -> Path:
    """Return a folder of ``count`` different 32×32 JPEGs."""
    folder = _folder(f"small-{count}")
    missing = [number for number in range(count) if not (folder / f"{number:05}.jpg").exists()]
    for number in missing:
        levels = np.random.default_rng(number).integers(0, 256, (8, 8, 3), dtype=np.uint8)
        image = Image.fromarray(levels).resize((32, 32), Image.Resampling.BICUBIC)
        image.save(folder / f"{number:05}.jpg", "JPEG", quality=_SMALL_QUALITY)
    return folder


def many_pictures(count: int, different: int = 40, width: int = 1600, height: int = 1200) -> Path:
    """Return a folder of ``count`` middling JPEGs, ``different`` ones among them (the rest are hard links)."""
    folder = _folder(f"many-{count}-{width}x{height}")
    originals = photos(different, width, height)
    for number in range(count):
        path = folder / f"{number:05}.jpg"
        if not path.exists():
            path.hardlink_to(originals[number % different])
    return folder


def _folder(name: str) -> Path:
    folder = _CACHE / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _photo(seed: int, width: int, height: int) -> Image.Image:
    """Clouds at several scales, hard edges, and the grain of a sensor."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height))
    for cells, share in ((6, 1.0), (40, 0.35), (300, 0.12)):
        levels = random.integers(0, 256, (cells * 3 // 4, cells, 3), dtype=np.uint8)
        clouds = Image.fromarray(levels).resize((width, height), Image.Resampling.BICUBIC)
        image = Image.blend(image, clouds, share)
    _shapes(image, random)
    image = image.filter(ImageFilter.GaussianBlur(0.7))
    grain = random.normal(0, 4.0, (height // 2, width // 2, 1)).astype(np.int8).repeat(2, 0).repeat(2, 1)
    pixels = np.asarray(image, dtype=np.int16)
    padded = np.zeros((height, width, 1), np.int16)
    padded[: grain.shape[0], : grain.shape[1]] = grain
    return Image.fromarray(np.clip(pixels + padded, 0, 255).astype(np.uint8))


def _shapes(image: Image.Image, random: np.random.Generator) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y = int(random.integers(0, image.width)), int(random.integers(0, image.height))
        w, h = map(int, random.integers(10, image.width // 6, 2))
        colour = tuple(int(level) for level in random.integers(0, 256, 3))
        if random.random() < 0.5:
            draw.ellipse((x, y, x + w, y + h), fill=colour)
        else:
            draw.line((x, y, x + w, y + h), fill=colour, width=int(random.integers(2, 30)))
