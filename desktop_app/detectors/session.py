"""One onnxruntime session: the only place that knows onnxruntime. Not shared between threads."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import onnxruntime

from desktop_app.core.errors import InferenceError, ModelBrokenError
from desktop_app.core.picture import Raster
from desktop_app.core.text import plain
from desktop_app.detectors.card import ModelCard
from desktop_app.detectors.golden import golden_pixels
from desktop_app.detectors.tensor import to_tensor

GOLDEN_TOLERANCE = 0.02
"""Allowed difference in logits. Processors differ by about 1e-5 in fp32; 0.02 moves a probability by 0.5 point."""

_ERRORS_ONLY = 3  # onnxruntime's ORT_LOGGING_LEVEL_ERROR
_SMALLEST = 1e-7  # keeps the log of a probability of 0 or 1 finite


class Session:
    """A loaded model. Measured: several sessions of one thread each beat one session of several threads."""

    def __init__(self, model: bytes, card: ModelCard) -> None:
        """Load ``model``.

        Raises:
            ModelBrokenError: onnxruntime refuses it, or its input and output are not those of the card.
        """
        self._card = card
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's exceptions share no base but Exception
            raise ModelBrokenError(f"The model can't be loaded: {plain(str(error), 200)}") from error
        self._check_names()

    def logits(self, rasters: Sequence[Raster]) -> list[float]:
        """Return one raw logit (natural log of the odds of AI) a view.

        Raises:
            InferenceError: the model failed or gave another number of values than views.
        """
        tensor = to_tensor(rasters, self._card.input)
        try:
            output = self._session.run([self._card.output.name], {self._card.input.name: tensor})[0]
        except Exception as error:  # as above
            raise InferenceError(f"The model failed on this picture: {plain(str(error), 200)}") from error
        values = np.asarray(output, dtype=np.float64).reshape(-1)
        if len(values) != len(rasters):
            raise InferenceError("The model gave another number of answers than it was asked for.")
        return [self._logit(float(value)) for value in values]

    def golden_drift(self) -> float | None:
        """Return the largest difference (in logits) to the card's golden scores when over the tolerance."""
        size = self._card.input.views[0]
        drift = 0.0
        for golden in self._card.golden:
            pixels = golden_pixels(golden.pattern, size.width, size.height)
            value = self.logits([Raster(size.width, size.height, pixels)])[0]
            drift = max(drift, abs(value - golden.logit) if math.isfinite(value) else math.inf)
        return drift if drift > GOLDEN_TOLERANCE else None

    def _logit(self, value: float) -> float:
        if self._card.output.kind == "logit" or not math.isfinite(value):
            return value
        p = min(max(value, _SMALLEST), 1 - _SMALLEST)
        return math.log(p / (1 - p))

    def _check_names(self) -> None:
        inputs = {entry.name for entry in self._session.get_inputs()}
        outputs = {entry.name for entry in self._session.get_outputs()}
        if self._card.input.name not in inputs or self._card.output.name not in outputs:
            raise ModelBrokenError("The model's input and output are not those that its card names.")
