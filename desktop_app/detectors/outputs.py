"""What the network gave → what it says of each view. The numbers are checked before anybody believes them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.core.errors import InferenceError
from desktop_app.detectors.answers import MOST_CELLS, ViewAnswer
from desktop_app.detectors.card import ModelCard, OutputCard

_Floats = NDArray[np.float64]
_SMALLEST = 1e-7  # keeps the log of a probability of 0 or 1 finite
_SUM_TOLERANCE = 1e-3
_LARGEST = 1e9  # no network means more by it, and sums of such numbers stay finite


def view_answers(
    card: ModelCard, views: int, output: NDArray[np.generic], heat: NDArray[np.generic] | None
) -> list[ViewAnswer]:
    """Return one answer a view.

    Args:
        card: what the outputs mean.
        views: how many views the network was shown.
        output: the output that the card names.
        heat: the map that the card names.

    Raises:
        InferenceError: other numbers than the card promises: too many or too few, not finite, no probabilities.
    """
    numbers = _numbers(output).reshape(views, -1) if output.size and output.size % views == 0 else None
    if numbers is None:
        raise InferenceError("The model gave another number of answers than it was asked for.")
    if card.output.classes:
        classes = _classes(card, numbers)
        logits = _odds(classes[:, _ai_classes(card)].sum(axis=1))
    else:
        classes = np.empty((views, 0))
        picked = _picked(card.output, numbers)
        logits = picked if card.output.kind == "logit" else _odds(_probabilities(picked))
    maps = _maps(heat, views) if heat is not None else [()] * views
    return [
        ViewAnswer(float(logit), tuple(shares.tolist()), rows)
        for logit, shares, rows in zip(logits, classes, maps, strict=True)
    ]


def _numbers(values: NDArray[np.generic]) -> _Floats:
    if values.dtype.kind not in "fiu":
        raise InferenceError("The model gave something that is not a number for this picture.")
    numbers = values.astype(np.float64)
    if not (np.abs(numbers) <= _LARGEST).all():  # NaN, too
        raise InferenceError("The model gave something that is not a number for this picture.")
    return numbers


def _picked(output: OutputCard, numbers: _Floats) -> _Floats:
    if output.index is None and numbers.shape[1] != 1:
        raise InferenceError("The model gave another number of answers than it was asked for.")
    index = output.index or 0
    if index >= numbers.shape[1]:
        raise InferenceError("The model gave fewer numbers than its card says.")
    return numbers[:, index]


def _probabilities(numbers: _Floats) -> _Floats:
    # In fp32 a probability can miss 0 or 1 by a rounding.
    if (numbers < -_SUM_TOLERANCE).any() or (numbers > 1 + _SUM_TOLERANCE).any():
        raise InferenceError("The model gave something that is not a probability for this picture.")
    return np.clip(numbers, 0.0, 1.0)


def _classes(card: ModelCard, numbers: _Floats) -> _Floats:
    indexed = card.output.index is None
    count = numbers.shape[1]
    if count < 2 or (indexed and count != len(card.sources)) or _ai_classes(card)[-1] >= count:  # noqa: PLR2004  # a choice
        raise InferenceError("The model gave another number of classes than its card says.")
    if card.output.kind == "class_scores":
        shares: _Floats = np.exp(numbers - numbers.max(axis=1, keepdims=True))
    else:
        shares = _probabilities(numbers)
        if (np.abs(shares.sum(axis=1) - 1) > _SUM_TOLERANCE).any():
            raise InferenceError("The probabilities that the model gave for this picture don't add up to 1.")
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _ai_classes(card: ModelCard) -> Sequence[int]:
    if card.output.index is not None:
        return [card.output.index]
    return sorted(source.index for source in card.sources if source.ai and source.index is not None)


def _odds(p: _Floats) -> _Floats:
    kept = np.clip(p, _SMALLEST, 1 - _SMALLEST)
    odds: _Floats = np.log(kept / (1 - kept))
    return odds


def _maps(heat: NDArray[np.generic], views: int) -> Sequence[tuple[tuple[float, ...], ...]]:
    cells = _numbers(heat)
    if cells.ndim == 4 and cells.shape[1] == 1:  # noqa: PLR2004  # (views, 1, rows, columns) is common, too
        cells = cells[:, 0]
    if cells.ndim != 3 or len(cells) != views or not 0 < cells.size <= MOST_CELLS:  # noqa: PLR2004  # as documented
        raise InferenceError("The model gave a map of another size than its card says.")
    return [tuple(tuple(row) for row in view) for view in cells.tolist()]
