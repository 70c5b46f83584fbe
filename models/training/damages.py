"""The fixed damages that the model is measured after: bytes of a file in, bytes of a file out."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image

from models.training.augment import blur, noise
from models.training.data import Pixels, decode


def recompressed(quality: int) -> Callable[[bytes, int], bytes]:
    """Save as JPEG of this quality, 4:2:0."""

    def spoil(content: bytes, _number: int) -> bytes:
        stream = io.BytesIO()
        Image.fromarray(decode(content)).save(stream, "JPEG", quality=quality, subsampling=2)
        return stream.getvalue()

    return spoil


def _noisy(content: bytes, number: int) -> bytes:
    return _png(noise(decode(content), 10.0, np.random.default_rng((10, number))))


def _blurred(content: bytes, _number: int) -> bytes:
    return _png(blur(decode(content), 0.5))


def _unchanged(content: bytes, _number: int) -> bytes:
    return _png(decode(content))


def _png(pixels: Pixels) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", compress_level=1)
    return stream.getvalue()


DAMAGES: dict[str, Callable[[bytes, int], bytes]] = {
    "JPEG q60": recompressed(60),
    "JPEG q40": recompressed(40),
    "noise 10/255": _noisy,
    "blur 0.5": _blurred,
    "saving as PNG": _unchanged,
}
"""Name to damage. Noise, blur and PNG are stored losslessly, so that the file format itself changes nothing."""
