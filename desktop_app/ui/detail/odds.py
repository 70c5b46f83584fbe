"""What a score means among many pictures: Bayes' rule over counted test pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desktop_app.core.estimates import ScoreCounts

FEWEST = 5
"""With fewer test pictures in its span, nothing is said of a score."""

_Z = 1.959964  # of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class AiShare:
    """Part of the pictures with such a score that is AI, 0 to 1.

    Attributes:
        likely: the best guess.
        low, high: what it is when the rates of both kinds lie at the ends of their 95 % intervals, each at the
            worse one for it.
    """

    likely: float
    low: float
    high: float


def ai_share(counts: ScoreCounts, prior: float) -> AiShare | None:
    """Return how many pictures with such a score are AI where ``prior`` of all are, 0 to 1.

    None where too few were counted, or the size of the test set isn't known. A kind of which no picture got the
    score is taken to do so rarely and not never (Jeffreys 1946); the intervals are Wilson's (1927).
    """
    if counts.photographs + counts.ai < FEWEST or not counts.all_photographs or not counts.all_ai:
        return None
    ai = _Rate.of(counts.ai, counts.all_ai)
    photographs = _Rate.of(counts.photographs, counts.all_photographs)
    return AiShare(
        _bayes(prior, ai.likely, photographs.likely),
        _bayes(prior, ai.low, photographs.high),
        _bayes(prior, ai.high, photographs.low),
    )


@dataclass(frozen=True, slots=True)
class _Rate:
    likely: float
    low: float
    high: float

    @classmethod
    def of(cls, count: int, total: int) -> _Rate:
        share, spread = count / total, _Z**2 / total
        centre = (share + spread / 2) / (1 + spread)
        half = _Z * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
        return cls((count + 0.5) / (total + 1), max(0.0, centre - half), min(1.0, centre + half))


def _bayes(prior: float, ai: float, photographs: float) -> float:
    among_ai, among_photographs = prior * ai, (1 - prior) * photographs
    both = among_ai + among_photographs
    return among_ai / both if both else prior
