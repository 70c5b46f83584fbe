"""A detector's answer. An estimate is never a fact: words first, the number second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Mode(Enum):
    """Where the estimate is made."""

    OFFLINE = "offline"
    CLOUD = "cloud"


class Words(Enum):
    """One-sided words for an estimate; never "real", "fake" or "authentic"."""

    STRONG = "Strong signs of AI"
    SOME = "Some signs of AI"
    CANT_TELL = "Can't tell"
    FEW = "Few signs of AI"
    OUT_OF_RANGE = "Outside this model's range"


@dataclass(frozen=True, slots=True)
class SourceScore:
    """How much one possible origin accounts for, 0 to 1."""

    name: str
    p: float
    ai: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one detector says of one picture.

    Attributes:
        detector: the detector's short name, ``cifake``.
        title: its name for people.
        model_sha256: hash of the model file that gave the number; empty for a cloud detector.
        p_ai: calibrated probability that the picture is AI-generated, 0 to 1.
        words: what to call it.
        in_range: whether the model was tested on pictures like this one.
        range_reason: one sentence that says why not; empty when in range.
        sources: possible origins, largest first.
    """

    detector: str
    title: str
    model_sha256: str
    p_ai: float
    words: Words
    in_range: bool
    range_reason: str
    sources: tuple[SourceScore, ...]
    mode: Mode = Mode.OFFLINE
