"""What anybody would write first: one thread, everything decoded whole, no care for what may go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

import numpy as np
import onnxruntime
from PIL import Image

from desktop_app.detectors.card import load_card
from desktop_app.system.paths import models_dir

_SIDE = 32


class Naive:
    """The bundled model, asked in the plainest way."""

    def __init__(self) -> None:
        card = load_card(models_dir() / "cifake.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = str(models_dir() / card.model)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input, self._output = card.input.name, card.output.name

    def seconds(self, paths: Iterable[Path]) -> float:
        """Check ``paths`` and return how long it took."""
        started = perf_counter()
        for path in paths:
            self._check(path)
        return perf_counter() - started

    def _check(self, path: Path) -> None:
        with Image.open(path) as opened:
            image = opened.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BILINEAR)
        tensor = np.asarray(image, dtype=np.float32).transpose(2, 0, 1)[None] / 255
        self._session.run([self._output], {self._input: tensor})


def scaled_decode_seconds(paths: Iterable[Path], least: int = 256) -> float:
    """Return how long Pillow's fastest decode of ``paths`` takes (scaled in the DCT): the floor for JPEGs."""
    started = perf_counter()
    for path in paths:
        with Image.open(path) as image:
            image.draft("RGB", (least, least))
            image.load()
    return perf_counter() - started
