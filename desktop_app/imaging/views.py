"""What a model sees of a picture. This is part of the model: training, evaluation and the program share it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from desktop_app.core.picture import Raster, ViewRule
from desktop_app.imaging.boxes import copy_size, crop_boxes

_REDUCING_GAP = 1.0
_SUBSAMPLING = 2  # Pillow's number of 4:2:0


def make_views(image: Image.Image, rule: ViewRule) -> tuple[Raster, ...]:
    """Cut, shrink and save an upright, flattened RGB image as ``rule`` says; always ``rule.count`` views.

    A centre square is cut first, then resized with Pillow's BILINEAR, whose kernel widens when it shrinks.
    Never with ``reducing_gap``, and never with the ``box`` argument instead of a cut: both give other pixels,
    the latter because the kernel then reaches beyond the edge of the square. An image that already has the
    rule's size passes untouched, bit for bit.

    The copy that other views are cut from is shrunk with BILINEAR, too, but from twice its size on by whole
    numbers first (``reducing_gap``), which takes two thirds of the time for 1 megapixel and a third for 12: such
    models were trained on copies made with any kernel.

    Raises:
        ValueError: ``image`` is not RGB.
    """
    if image.mode != "RGB":
        raise ValueError(f"a view needs an RGB image, not {image.mode}")
    views = _cut(image, rule) if rule.cuts else [_whole(image, rule)]
    if rule.jpeg_quality is not None:
        views = [saved(view, rule.jpeg_quality) for view in views]
    return tuple(raster(view) for view in views)


def all_views(image: Image.Image, rules: Sequence[ViewRule], size: tuple[int, int]) -> tuple[Raster, ...]:
    """Return every view that the rules want of a picture of ``size``, of which ``image`` may be a smaller copy."""
    return tuple(view for rule in rules if rule.wanted(*size) for view in make_views(image, rule))


def _whole(image: Image.Image, rule: ViewRule) -> Image.Image:
    return _resized(centre_square(image) if rule.crop == "centre_square" else image, rule)


def _resized(image: Image.Image, rule: ViewRule) -> Image.Image:
    size = (rule.width, rule.height)
    return image if image.size == size else image.resize(size, Image.Resampling.BILINEAR)


def _cut(image: Image.Image, rule: ViewRule) -> list[Image.Image]:
    size = copy_size(rule, *image.size)
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=_REDUCING_GAP)
    return [_resized(image.crop(box), rule) for box in crop_boxes(rule, *size)]


def saved(image: Image.Image, quality: int) -> Image.Image:
    """Return an RGB image as it comes back from a JPEG of this quality, 4:2:0."""
    image = image.copy()
    image.info.clear()  # a file's comment would be saved along, and JPEG refuses long ones
    stream = BytesIO()
    image.save(stream, "JPEG", quality=quality, subsampling=_SUBSAMPLING)
    with Image.open(stream, formats=("JPEG",)) as read:
        read.load()
        return read.copy()


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
