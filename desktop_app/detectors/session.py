"""One onnxruntime session: the only place that knows onnxruntime. Not shared between threads."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import InferenceError, ModelBrokenError
from desktop_app.core.picture import Raster
from desktop_app.core.text import plain
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.detectors.card import ModelCard
from desktop_app.detectors.outputs import view_answers
from desktop_app.detectors.tensor import leaves_pixels, to_tensor

_FATAL_ONLY = 4  # onnxruntime's ORT_LOGGING_LEVEL_FATAL: what goes wrong comes as an exception, too
_PREFIX = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ")
_TYPES: dict[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(float16)": np.float16,
    "tensor(uint8)": np.uint8,
}


class Session:
    """A loaded model. Measured: several sessions of one thread each beat one session of several threads."""

    def __init__(self, model: bytes, card: ModelCard) -> None:
        """Load ``model``.

        Raises:
            ModelBrokenError: onnxruntime refuses it, or its inputs and outputs are not those of the card.
        """
        self._card = card
        self._outputs = [name for name in (card.output.name, card.output.map) if name is not None]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = _FATAL_ONLY
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's exceptions share no base but Exception
            raise ModelBrokenError(f"The model can't be loaded: {_said(error)}") from error
        self._type, self._one_by_one = self._check_input()
        if not set(self._outputs) <= {entry.name for entry in self._session.get_outputs()}:
            raise ModelBrokenError("The model's input and output are not those that its card names.")

    def answers(self, rasters: Sequence[Raster], cancel: CancelToken | None = None) -> list[ViewAnswer]:  # noqa: ARG002  # as of a confined model; this one is quick
        """Return what the model says of each view.

        Raises:
            InferenceError: the model failed or gave something else than its card says.
        """
        tensor = to_tensor(rasters, self._card.input).astype(self._type, copy=False)
        if not self._one_by_one:
            return self._run(tensor)
        return [answer for number in range(len(rasters)) for answer in self._run(tensor[number : number + 1])]

    def logits(self, rasters: Sequence[Raster]) -> list[float]:
        """Return one raw logit (natural log of the odds of AI) a view.

        Raises:
            InferenceError: see :meth:`answers`.
        """
        return [answer.logit for answer in self.answers(rasters)]

    def close(self) -> None:
        """Nothing to do; a confined model has a process to end."""

    def _run(self, tensor: NDArray[np.generic]) -> list[ViewAnswer]:
        try:
            given = self._session.run(self._outputs, {self._card.input.name: tensor})
            output, heat = np.asarray(given[0]), np.asarray(given[1]) if len(given) > 1 else None
        except Exception as error:  # as above
            raise InferenceError(f"The model failed on this picture: {_said(error)}") from error
        return view_answers(self._card, len(tensor), output, heat)

    def _check_input(self) -> tuple[type[np.generic], bool]:
        """Return the type of the numbers that the model takes, and whether it takes one view at a time."""
        inputs = {entry.name: entry for entry in self._session.get_inputs()}
        if set(inputs) != {self._card.input.name}:
            raise ModelBrokenError("The model's input and output are not those that its card names.")
        (entry,) = inputs.values()
        wanted = _TYPES.get(entry.type)
        if wanted is None:
            raise ModelBrokenError(f"The model takes {plain(entry.type, 60)}, which Telltale can't give it.")
        if wanted is np.uint8 and not leaves_pixels(self._card.input):
            raise ModelBrokenError("The model takes whole numbers; its card needs scale 1, mean 0 and std 1.")
        view = self._card.input.views[0]
        size = (3, view.height, view.width) if self._card.input.layout == "NCHW" else (view.height, view.width, 3)
        shape = entry.shape  # a name or None stands for any number
        fits = len(shape) == 1 + len(size) and all(
            not isinstance(side, int) or side == given for side, given in zip(shape[1:], size, strict=True)
        )
        if not fits or (isinstance(shape[0], int) and shape[0] != 1):
            raise ModelBrokenError("The model takes pictures of another size or layout than its card says.")
        return wanted, shape[0] == 1


def _said(error: Exception) -> str:
    """Onnxruntime's words as the end of a sentence."""
    return plain(_PREFIX.sub("", str(error)), 200).rstrip(".… ") + "."
