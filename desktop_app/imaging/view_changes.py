"""Views changed as whole pictures are, at a fraction of the cost: nothing is decoded again."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from desktop_app.core.picture import Raster
from desktop_app.imaging.changes import Change
from desktop_app.imaging.views import raster, saved

QUICK_CHANGES = (Change.JPEG_70, Change.GREY)
"""The changes that can be made to a view alone: neither needs the pixels around it."""

_QUALITY = 70


def changed_views(views: Sequence[Raster], change: Change) -> list[Raster]:
    """Return every view after one of :data:`QUICK_CHANGES`.

    Raises:
        ValueError: a change that needs more of the picture than its views.
    """
    if change not in QUICK_CHANGES:
        raise ValueError(f"{change.name} can't be made to a view")
    return [_changed(view, change) for view in views]


def _changed(view: Raster, change: Change) -> Raster:
    image = Image.frombytes("RGB", (view.width, view.height), view.pixels)
    return raster(saved(image, _QUALITY) if change is Change.JPEG_70 else image.convert("L").convert("RGB"))
