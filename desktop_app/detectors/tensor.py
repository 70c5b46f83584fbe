"""Pixels → the network's input, as the card says. Training, evaluation, window and command line all call this."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.core.picture import Raster
from desktop_app.detectors.card import InputCard


def to_tensor(rasters: Sequence[Raster], card: InputCard) -> NDArray[np.float32]:
    """Return float32 of shape (views, 3, height, width), or (views, height, width, 3) for NHWC.

    Each value is ``(pixel / scale - mean) / std``.
    """
    pixels = np.stack([_pixels(raster) for raster in rasters])
    scaled = pixels.astype(np.float32) / np.float32(card.scale)
    normal = (scaled - np.asarray(card.mean, np.float32)) / np.asarray(card.std, np.float32)
    ordered = normal.transpose(0, 3, 1, 2) if card.layout == "NCHW" else normal
    return np.ascontiguousarray(ordered, dtype=np.float32)


def leaves_pixels(card: InputCard) -> bool:
    """Whether the card takes pixels as they are, 0 to 255: what a network of whole numbers needs."""
    return card.scale == 1 and not any(card.mean) and all(value == 1 for value in card.std)


def _pixels(raster: Raster) -> NDArray[np.uint8]:
    return np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.width, 3)
