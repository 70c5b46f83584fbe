"""The JSON card beside every model: what it wants to see, what its number means, where it was tested.

The card is the plug for any ONNX detector. It is read strictly: an unknown, missing or repeated field is an error
in words, because a silently ignored calibration would make the number mean something else. The format in words is
in ``models/README.md``, as a JSON Schema in ``models/card.schema.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from desktop_app.core.errors import ModelCardError
from desktop_app.core.picture import ShrinkRule, ViewRule
from desktop_app.core.text import plain
from desktop_app.detectors.contradictions import contradictions

_Positive = Annotated[float, msgspec.Meta(gt=0)]
_Probability = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Tolerance = Annotated[float, msgspec.Meta(gt=0, le=1)]
_Side = Annotated[int, msgspec.Meta(ge=1, le=2048)]
_Pixels = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Index = Annotated[int, msgspec.Meta(ge=0, le=999)]
_Line = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_Tensor = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_MAX_CARD_BYTES = 1_000_000


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of the card; what has its default value is not written."""


class ShrinkCard(_Part, frozen=True):
    """The smaller copy that views are cut from (see :class:`desktop_app.core.picture.ShrinkRule`)."""

    side: _Side
    share: Annotated[float, msgspec.Meta(gt=0, lt=1)]
    least: _Side


class ViewCard(_Part, frozen=True):
    """One or several views of the picture, in pixels (see :class:`desktop_app.core.picture.ViewRule`)."""

    crop: Literal["centre_square", "whole", "quarters", "halves"]
    width: _Side
    height: _Side
    resize: Literal["bilinear"]
    shrink: ShrinkCard | None = None
    jpeg_quality: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None

    def rule(self) -> ViewRule:
        """The same in the words of core."""
        shrink = ShrinkRule(self.shrink.side, self.shrink.share, self.shrink.least) if self.shrink else None
        return ViewRule(self.width, self.height, self.crop, self.resize, shrink, self.jpeg_quality)


class InputCard(_Part, frozen=True):
    """The network's input: ``(pixel / scale - mean) / std``, RGB; several views are averaged by their logits."""

    name: _Tensor
    layout: Literal["NCHW", "NHWC"]
    scale: _Positive
    mean: tuple[float, float, float]
    std: tuple[_Positive, _Positive, _Positive]
    views: Annotated[tuple[ViewCard, ...], msgspec.Meta(min_length=1, max_length=64)]


class OutputCard(_Part, frozen=True):
    """The network's output for each view.

    Attributes:
        name: the tensor.
        kind: ``logit`` is the natural log of the odds of AI, ``probability`` the probability of AI, 0 to 1. With
            ``softmax`` the output holds a probability for every class, together 1; with ``class_scores`` raw
            scores, to which the program applies softmax.
        index: which of the output's numbers, from 0, speaks for AI. Needed for a logit or a probability when the
            output holds more than one number, and for classes unless every source has its own index.
        map: a second output, float (views, rows, columns), row 0 on top: logits in the unit of ``logit``, before
            calibration. Where pooling is followed by a linear layer, their mean is the view's logit.
    """

    name: _Tensor
    kind: Literal["logit", "probability", "softmax", "class_scores"]
    index: _Index | None = None
    map: _Tensor | None = None

    @property
    def classes(self) -> bool:
        """Whether the output holds a number for every class."""
        return self.kind in {"softmax", "class_scores"}


class CalibrationCard(_Part, frozen=True, omit_defaults=False):
    """Temperature scaling (Guo et al. 2017): p = sigmoid(logit / temperature)."""

    temperature: _Positive = 1.0


class BandsCard(_Part, frozen=True):
    """Thresholds on the calibrated probability, from error rates measured on validation pictures.

    The rates may be given: at most what part of the validation's photographs reach ``strong`` and ``some``, and of
    its AI pictures lie at ``few`` or under.
    """

    few: _Probability
    some: _Probability
    strong: _Probability
    photographs_strong: _Probability | None = None
    photographs_some: _Probability | None = None
    ai_few: _Probability | None = None


class ConformalCard(_Part, frozen=True):
    """Class-conditional split-conformal sets (Vovk 2012): what a score excludes.

    Attributes:
        level: for what share of AI pictures, and of photographs, the set holds the truth.
        ai_from: a calibrated probability under it excludes AI.
        photograph_to: a calibrated probability over it excludes a photograph.
    """

    level: Annotated[float, msgspec.Meta(gt=0, lt=1)]
    ai_from: _Probability
    photograph_to: _Probability


class CountsCard(_Part, frozen=True):
    """How many test pictures got a calibrated probability from ``low`` on and under ``high``."""

    low: _Probability
    high: _Probability
    photographs: _Count
    ai: _Count


class SourceCard(_Part, frozen=True):
    """An origin that the model knows; ``index`` is its place in an output of classes."""

    name: _Line
    ai: bool
    index: _Index | None = None


class RangeCard(_Part, frozen=True):
    """Which pictures the model was tested on, as facts about the file, never as a score.

    Either exactly ``width`` × ``height`` pixels, or a shorter side between two bounds, one of which may be
    missing; ``reason`` is the sentence for every other picture. Where ``flat_share_max`` is given, a picture is a
    drawing, chart, screenshot or text, and outside, whose flatness is over it (see
    :mod:`desktop_app.detectors.flatness`).
    """

    reason: _Text
    width: _Pixels | None = None
    height: _Pixels | None = None
    shorter_side_min: _Pixels | None = None
    shorter_side_max: _Pixels | None = None
    flat_share_max: _Probability | None = None

    def holds(self, width: int, height: int) -> bool:
        """Whether an upright picture of so many pixels is in the range."""
        if self.width is not None:
            return (width, height) == (self.width, self.height)
        shorter = min(width, height)
        return (self.shorter_side_min or 1) <= shorter <= (self.shorter_side_max or shorter)

    def words(self) -> str:
        """The range as a part of a sentence: "pictures of exactly 32×32 pixels"."""
        if self.width is not None:
            return f"pictures of exactly {self.width}×{self.height} pixels"
        low, high = self.shorter_side_min or 1, self.shorter_side_max
        if low == 1:
            if high is None:
                return "pictures of any size"
            return f"pictures whose shorter side has at most {high} pixels"
        bounds = f"at least {low}" if high is None else f"{low} to {high}"
        return f"pictures whose shorter side has {bounds} pixels"


class FiguresCard(_Part, frozen=True):
    """How good it is on its own test set; rates 0 to 1."""

    test: _Line
    pictures: _Count
    accuracy: _Probability
    auroc: _Probability
    false_positive_rate: _Probability
    false_negative_rate: _Probability
    ece: _Probability


class GoldenCard(_Part, frozen=True):
    """The raw logit that the shipped file gives for a pattern of :mod:`desktop_app.detectors.golden`."""

    pattern: str
    logit: float


class ModelCard(_Part, frozen=True):
    """A whole card; see ``models/README.md`` for the format in words.

    ``limits`` are sentences for people about the pictures inside the range that it is known to misjudge;
    ``golden_tolerance`` is in logits.
    """

    format: Literal[1]
    name: Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9_-]{0,39}$")]
    title: _Line
    version: _Line
    model: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    licence: _Line
    input: InputCard
    output: OutputCard
    calibration: CalibrationCard
    bands: BandsCard
    sources: Annotated[tuple[SourceCard, ...], msgspec.Meta(min_length=2, max_length=64)]
    range: RangeCard
    golden: Annotated[tuple[GoldenCard, ...], msgspec.Meta(max_length=16)]
    golden_tolerance: _Tolerance = 0.02
    figures: FiguresCard | None = None
    conformal: ConformalCard | None = None
    counts: Annotated[tuple[CountsCard, ...], msgspec.Meta(max_length=1000)] | None = None
    counts_test: _Line | None = None
    experimental: bool = False
    limits: Annotated[tuple[_Text, ...], msgspec.Meta(max_length=20)] | None = None


def load_card(path: Path) -> ModelCard:
    """Read and check a card. Its texts are plain (:func:`desktop_app.core.text.plain`).

    Raises:
        ModelCardError: missing, too large, not JSON, not in the format, or contradicting itself.
    """
    name = plain(path.name, 80)
    try:
        data = _read(path)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        raise ModelCardError(f"The model's card {name} can't be read.") from error
    if len(data) > _MAX_CARD_BYTES:
        raise ModelCardError(f"The model's card {name} is far too large to be one.")
    try:
        card = decode_card(data)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise ModelCardError(f"The model's card {name} is not valid: {plain(str(error), 200)}") from error
    for problem in contradictions(card):
        raise ModelCardError(f"The model's card {name} contradicts itself: {problem}.")
    return card


def decode_card(data: bytes) -> ModelCard:
    """Understand a card's bytes.

    Raises:
        ValueError, RecursionError, msgspec.MsgspecError: not a card.
    """
    # Python's own JSON: msgspec takes the last of two fields of one name, and says nothing.
    raw = json.loads(data, object_pairs_hook=_fields, parse_float=_number, parse_constant=_number)
    return msgspec.convert(raw, ModelCard)


def _read(path: Path) -> bytes:
    if not path.is_file():  # a pipe would keep us for ever
        raise FileNotFoundError(path.name)
    with path.open("rb") as file:
        return file.read(_MAX_CARD_BYTES + 1)


def _fields(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    fields = {name: _plain(value) for name, value in pairs}
    if len(fields) < len(pairs):
        raise ValueError("a field is there twice")
    return fields


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return plain(value) if isinstance(value, str) else value


def _number(text: str) -> float:
    number = float(text)  # 1e999 would be infinite, too
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a number")
    return number
