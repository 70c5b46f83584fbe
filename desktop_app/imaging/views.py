"""What a model sees of a picture. This is part of the model: training, evaluation and the program share it."""

from __future__ import annotations

from PIL import Image

from desktop_app.core.picture import Raster, ViewRule


def make_view(image: Image.Image, rule: ViewRule) -> Raster:
    """Cut and shrink (or enlarge) an upright, flattened RGB image as ``rule`` says.

    The centre square is cut first, then resized with Pillow's BILINEAR, whose kernel widens when it shrinks.
    Never with ``reducing_gap``, and never with the ``box`` argument instead of a cut: both give other pixels,
    the latter because the kernel then reaches beyond the edge of the square. An image that already has the
    rule's size passes untouched, bit for bit.

    Raises:
        ValueError: ``image`` is not RGB.
    """
    if image.mode != "RGB":
        raise ValueError(f"a view needs an RGB image, not {image.mode}")
    if rule.crop == "centre_square":
        image = centre_square(image)
    size = (rule.width, rule.height)
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    return raster(image)


def centre_square(image: Image.Image) -> Image.Image:
    """Return the largest centred square; an odd pixel too many is cut at the right or at the bottom."""
    width, height = image.size
    if width == height:
        return image
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return image.crop((left, top, left + side, top + side))


def raster(image: Image.Image) -> Raster:
    """Return the pixels of an RGB image."""
    return Raster(image.width, image.height, image.tobytes())
