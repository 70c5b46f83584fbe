"""What a file says about its own origin: facts with their weight and place, never averaged into a score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class EvidenceKind(Enum):
    """Which sort of mark it is."""

    C2PA = "c2pa"
    IPTC = "iptc"
    AIGC_LABEL = "aigc_label"
    GENERATOR_MARK = "generator_mark"
    CAMERA = "camera"
    CONTRADICTION = "contradiction"


class Strength(Enum):
    """How much a mark weighs.

    ``SIGNED`` is for a credential whose picture and signature are both intact, whoever signed; everything that
    anybody could have written into the file, a broken credential too, is a ``LABEL``.
    """

    SIGNED = "signed"
    LABEL = "label"
    CAMERA = "camera"
    CONTRADICTION = "contradiction"


class Says(Enum):
    """What a mark says about how the picture came to be."""

    MADE_BY_AI = "made_by_ai"
    EDITED_WITH_AI = "edited_with_ai"
    CAPTURED = "captured"
    COMPOSITE = "composite"
    SOFTWARE = "software"
    SCREENSHOT = "screenshot"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mark found in a file.

    Attributes:
        kind: which sort of mark.
        strength: how much it weighs.
        says: what it says; :attr:`Says.NOTHING` for a broken credential and for marks without a statement.
        words: one sentence for the card's first line; foreign text in it is already plain and short.
        detail: heading and text, in the order of showing; foreign text is already plain and short.
        private: the same for prompts and settings: shown to the user, left out of exports unless asked for.
        where: the place in the file, "XMP in APP1", "PNG tEXt parameters".
        verified: whether all four facts about a credential hold: the picture that was signed, an intact signature,
            a signer on a trust list, a certificate in date. Only such a statement may mute an estimate.
    """

    kind: EvidenceKind
    strength: Strength
    says: Says
    words: str
    detail: tuple[tuple[str, str], ...] = ()
    private: tuple[tuple[str, str], ...] = ()
    where: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file says about its own origin.

    Attributes:
        evidence: strongest first, contradictions last; see :mod:`desktop_app.evidence.ladder`.
        notes: sentences about metadata that were damaged or too large to read.
        absence: where there is no evidence, sentences on why that may be; each says that it means nothing.
    """

    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    absence: tuple[str, ...] = ()
