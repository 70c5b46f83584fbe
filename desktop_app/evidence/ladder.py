"""The evidence ladder: the strongest fact on line 1, the estimate untouched on line 2, never averaged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.core.estimates import Estimate, Words
from desktop_app.core.evidence import Evidence, Says, Strength

_STRENGTHS = (Strength.SIGNED, Strength.LABEL, Strength.CAMERA, Strength.CONTRADICTION)
_CREDENTIALS_AND_LABELS = frozenset({Strength.SIGNED, Strength.LABEL})
# A credential that is silent, or doesn't hold, matters less than a label and more than a camera's tags.
_SILENT = 1.5
_SAYS = (
    Says.MADE_BY_AI,
    Says.EDITED_WITH_AI,
    Says.CAPTURED,
    Says.COMPOSITE,
    Says.SCREENSHOT,
    Says.SOFTWARE,
    Says.NOTHING,
)
_AI = frozenset({Says.MADE_BY_AI, Says.EDITED_WITH_AI})


@dataclass(frozen=True, slots=True)
class Ladder:
    """What a card says, from top to bottom.

    Attributes:
        fact: line 1, the strongest fact; None when the file says nothing.
        others: the facts below it, strongest first.
        contradictions: marks in the file that can't all be right.
        estimate: line 2, as the detector gave it.
        disagree: "Signals disagree": the fact and the estimate point in opposite directions.
        mutes_estimate: a verified statement of AI answers the question; the estimate is shown on request.
    """

    fact: Evidence | None
    others: tuple[Evidence, ...]
    contradictions: tuple[Evidence, ...]
    estimate: Estimate | None
    disagree: bool
    mutes_estimate: bool


def ladder(evidence: Iterable[Evidence], estimate: Estimate | None) -> Ladder:
    """Put the evidence and the estimate of one picture in order; neither changes the other.

    Signed statements come before labels, then what says nothing (a broken credential, too), then camera facts;
    among equals a statement of AI comes first. Otherwise the order of finding stays.
    """
    found = tuple(evidence)
    facts = strongest_first(item for item in found if item.strength is not Strength.CONTRADICTION)
    fact = facts[0] if facts else None
    return Ladder(
        fact,
        tuple(facts[1:]),
        tuple(item for item in found if item.strength is Strength.CONTRADICTION),
        estimate,
        fact is not None and estimate is not None and _disagree(fact.says, estimate.words),
        fact is not None and fact.verified and fact.says in _AI,
    )


def strongest_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return evidence in the order of its weight, contradictions last; see :func:`ladder`."""
    return sorted(evidence, key=weight)


def weight(item: Evidence) -> tuple[float, int, int, bool]:
    """Return the key of that order: the strongest has the smallest."""
    strength = _STRENGTHS.index(item.strength)
    silent = item.says is Says.NOTHING and item.strength in _CREDENTIALS_AND_LABELS
    return (_SILENT if silent else strength, strength, _SAYS.index(item.says), not item.verified)


def _disagree(says: Says, words: Words) -> bool:
    """Only the two ends of the scale disagree with a fact; a small edit with AI may well show few signs."""
    if says is Says.CAPTURED:
        return words is Words.STRONG
    return says is Says.MADE_BY_AI and words is Words.FEW
