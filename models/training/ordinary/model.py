"""The exported network as the program runs it: its own tensor, onnxruntime, the views' logits combined."""

from __future__ import annotations

import io
from pathlib import Path

import onnxruntime
from PIL import Image, ImageOps

from desktop_app.core.picture import Raster
from desktop_app.detectors.card import InputCard, ViewCard
from desktop_app.detectors.tensor import to_tensor
from models.training.ordinary.views import MEAN, SIDE, STD, combine, views

MOST_BYTES = 15_000_000

_VIEW = ViewCard(crop="whole", width=SIDE, height=SIDE, resize="bilinear")
INPUT_CARD = InputCard(name="pixels", layout="NCHW", scale=255.0, mean=MEAN, std=STD, views=(_VIEW,))
"""How the program turns a view into the network's input."""


class Model:
    """One ONNX file; not shared between threads."""

    def __init__(self, path: Path, *, stored: bool = True, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._stored = stored

    def logit(self, image: Image.Image) -> float:
        """The raw logit of an upright RGB picture.

        Raises:
            ValueError: it is smaller than a view.
        """
        pixels = views(image, stored=self._stored)
        tensor = to_tensor([Raster(SIDE, SIDE, view.tobytes()) for view in pixels], INPUT_CARD)
        (logits,) = self._session.run(["logit"], {INPUT_CARD.name: tensor})
        return combine(logits)


def upright(content: bytes) -> Image.Image:
    """Decode a file to an upright RGB picture with all its pixels."""
    with Image.open(io.BytesIO(content)) as image:
        return ImageOps.exif_transpose(image).convert("RGB")
