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
class Sent:
    """What left this computer so that a cloud detector could answer.

    Attributes:
        bytes: size of the picture file that was sent.
        width, height: its pixels, upright.
        format: ``JPEG`` or ``PNG``.
        reencoded: whether it was made anew from the pixels; that can move the score.
        reason: one sentence that says why it was; empty for the original without its metadata.
        host: who got it.
    """

    bytes: int
    width: int
    height: int
    format: str
    reencoded: bool
    reason: str
    host: str


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a picture of ``sent_width`` × ``sent_height`` pixels, and whether it looks swapped or made.

    Attributes:
        x0, y0, x1, y1: the box, in pixels of the picture that was sent, top left to bottom right.
        score: how much it looks like a deepfake, 0 to 1.
        confidence: how sure the service is that this is a face, 0 to 1; None when it didn't say.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    sent_width: int
    sent_height: int
    score: float
    confidence: float | None = None


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
        sent: what left this computer for it; None offline.
        faces: what the check of faces found; empty means no face to check, None that it wasn't made.
        faces_problem: one sentence that says why the check of faces failed; empty when it didn't.
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
    sent: Sent | None = None
    faces: tuple[Face, ...] | None = None
    faces_problem: str = ""
