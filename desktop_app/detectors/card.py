"""The JSON card beside every model: what it wants to see, what its number means, where it was tested.

The card is the plug for any ONNX detector. It is read strictly: an unknown or missing field is an error in words,
because a silently ignored calibration would make the number mean something else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from desktop_app.core.errors import ModelCardError
from desktop_app.core.picture import ViewRule
from desktop_app.core.text import plain
from desktop_app.detectors.golden import GOLDEN_PATTERNS

_Positive = Annotated[float, msgspec.Meta(gt=0)]
_Probability = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Side = Annotated[int, msgspec.Meta(ge=1, le=2048)]
_MAX_CARD_BYTES = 1_000_000


class ViewCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One view of the picture, in pixels (see :class:`desktop_app.core.picture.ViewRule`)."""

    crop: Literal["centre_square", "whole"]
    width: _Side
    height: _Side
    resize: Literal["bilinear"]

    def rule(self) -> ViewRule:
        """The same in the words of core."""
        return ViewRule(width=self.width, height=self.height, crop=self.crop, resize=self.resize)


class InputCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The network's input: ``(pixel / scale - mean) / std``, RGB; several views are averaged by their logits."""

    name: str
    layout: Literal["NCHW", "NHWC"]
    scale: _Positive
    mean: tuple[float, float, float]
    std: tuple[_Positive, _Positive, _Positive]
    views: Annotated[tuple[ViewCard, ...], msgspec.Meta(min_length=1, max_length=64)]


class OutputCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The network's output: one number a view, a logit (natural log of the odds of AI) or a probability."""

    name: str
    kind: Literal["logit", "probability"]


class CalibrationCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Temperature scaling (Guo et al. 2017): p = sigmoid(logit / temperature)."""

    temperature: _Positive = 1.0


class BandsCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Thresholds on the calibrated probability, from error rates measured on validation pictures."""

    few: _Probability
    some: _Probability
    strong: _Probability


class SourceCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An origin that the model knows."""

    name: str
    ai: bool


class RangeCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which pictures the model was tested on, as facts about the file, never as a score."""

    width: _Side
    height: _Side
    reason: str


class FiguresCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How good it is on its own test set; rates 0 to 1."""

    test: str
    pictures: int
    accuracy: _Probability
    auroc: _Probability
    false_positive_rate: _Probability
    false_negative_rate: _Probability
    ece: _Probability


class GoldenCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The raw logit that the shipped file gives for a pattern of :mod:`desktop_app.detectors.golden`."""

    pattern: str
    logit: float


class ModelCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole card; see ``models/README.md`` for the format in words."""

    format: Literal[1]
    name: str
    title: str
    version: str
    model: str
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    licence: str
    input: InputCard
    output: OutputCard
    calibration: CalibrationCard
    bands: BandsCard
    sources: Annotated[tuple[SourceCard, ...], msgspec.Meta(min_length=2, max_length=2)]
    range: RangeCard
    golden: tuple[GoldenCard, ...]
    figures: FiguresCard | None = None


def load_card(path: Path) -> ModelCard:
    """Read and check a card.

    Raises:
        ModelCardError: missing, too large, not JSON, not in the format, or contradicting itself.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_CARD_BYTES + 1)
    except OSError as error:
        raise ModelCardError(f"The model's card {plain(path.name)} can't be read.") from error
    if len(data) > _MAX_CARD_BYTES:
        raise ModelCardError(f"The model's card {plain(path.name)} is far too large to be one.")
    try:
        card = msgspec.json.decode(data, type=ModelCard)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelCardError(f"The model's card {plain(path.name)} is not valid: {plain(str(error))}") from error
    _check(card, path)
    return card


def _check(card: ModelCard, path: Path) -> None:
    for problem, found in _problems(card):
        if found:
            raise ModelCardError(f"The model's card {plain(path.name)} contradicts itself: {problem}.")


def _problems(card: ModelCard) -> Iterator[tuple[str, bool]]:
    bands = card.bands
    yield "the bands must rise from few over some to strong", not bands.few < bands.some < bands.strong
    kinds = {source.ai for source in card.sources}
    yield "it needs one source that is AI and one that is not", kinds != {True, False}
    astray = "/" in card.model or "\\" in card.model or card.model in {"", ".", ".."}
    yield "the model file must lie beside the card", astray
    sizes = {(view.width, view.height) for view in card.input.views}
    yield "all views must have one size", len(sizes) != 1
    unknown = any(golden.pattern not in GOLDEN_PATTERNS for golden in card.golden)
    yield f"golden patterns are {', '.join(GOLDEN_PATTERNS)}", unknown
    yield "golden scores must be numbers", not all(math.isfinite(golden.logit) for golden in card.golden)
