"""Small copies for the eye. Unlike a model's views, nothing depends on their exact pixels."""

from __future__ import annotations

from PIL import Image

from desktop_app.core.picture import Raster
from desktop_app.imaging.views import raster

THUMBNAIL_SIDE = 256
"""Longer side of a thumbnail in pixels, unless something else is asked for."""


def make_thumbnail(image: Image.Image, side: int = THUMBNAIL_SIDE) -> Raster:
    """Return an RGB image shrunk so that its longer side is at most ``side`` pixels; it is never enlarged."""
    size = thumbnail_size(image.width, image.height, side)
    if size != image.size:
        # reducing_gap shrinks by whole factors first: several times faster, and no eye can tell.
        image = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return raster(image)


def thumbnail_size(width: int, height: int, side: int) -> tuple[int, int]:
    """Return (width, height) of the thumbnail of a picture; neither is ever 0."""
    longer = max(width, height)
    if longer <= side:
        return (width, height)
    return (max(1, round(width * side / longer)), max(1, round(height * side / longer)))
