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
class HeatCell:
    """Where in the picture a score came from: one rectangle and the model's probability for it alone.

    Attributes:
        left, top, right, bottom: the rectangle as parts of the upright picture's width and height, 0 to 1.
        p: 0 to 1; 0.5 speaks neither way.
    """

    left: float
    top: float
    right: float
    bottom: float
    p: float


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """How the test pictures that got a score like this one turned out.

    Attributes:
        low, high: the span of scores, 0 to 1; ``low`` itself belongs to it.
        photographs, ai: how many pictures of the model's test set got a score in it.
        test: the test set's name.
        all_photographs, all_ai: how many pictures of each kind the whole set has; None where nobody says.
    """

    low: float
    high: float
    photographs: int
    ai: int
    test: str
    all_photographs: int | None = None
    all_ai: int | None = None


@dataclass(frozen=True, slots=True)
class VariantScore:
    """What the model says after one harmless change.

    Attributes:
        name: the change in words, "JPEG, quality 90".
        p_ai: calibrated probability, 0 to 1.
        counted: whether the changed picture stands to the model's range as the picture itself does (usually:
            is in it); others don't decide anything.
    """

    name: str
    p_ai: float
    counted: bool


@dataclass(frozen=True, slots=True)
class Stability:
    """How far harmless changes move the score.

    Attributes:
        variants: every change that was tried, in the order of the catalogue.
        low, high: smallest and largest probability over the picture itself and the counted changes.
        flips: whether one of these lies on the other side of 0.5 than the picture itself, or (in a second look)
            no longer speaks for AI.
        quick: whether this was only the second look that every answer of *Strong* gets, not the whole catalogue.
    """

    variants: tuple[VariantScore, ...]
    low: float
    high: float
    flips: bool
    quick: bool = False


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
        heat: where the score came from, in reading order; None when the model doesn't say.
        counts: how test pictures with such a score turned out; None when the model's card doesn't say, and
            outside its range.
        stability: what harmless changes do to the score; None while nobody asked. Where it flips, ``words`` are
            :attr:`Words.CANT_TELL`.
        stability_problem: one sentence that says why the changes could not be tried; empty when they could, and
            while nobody asked.
        chosen: one sentence that says why this one of several models answered; empty where there was no choice.
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
    heat: tuple[HeatCell, ...] | None = None
    counts: ScoreCounts | None = None
    stability: Stability | None = None
    stability_problem: str = ""
    chosen: str = ""
