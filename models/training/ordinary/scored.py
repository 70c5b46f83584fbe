"""What the program says of a set of pictures, counted: AUROC, words, shares with intervals, by origin, by era."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.core.estimates import Words
from models.training.field import FieldPicture
from models.training.metrics import Flags, Floats, auroc, auroc_interval, reached_by, wilson
from models.training.scoring import Answer

RECENT = ("gemini-nano-banana-pro", "gpt-4o-image", "many-opensource-models-sdnext")
"""Origins in the test whose generators are of 2024 or later (the third: for the most part)."""

ACCUSED = (Words.STRONG.value, Words.SOME.value)
_UNANSWERED = (Words.CANT_TELL.value, Words.OUT_OF_RANGE.value)
_SIDES = {"photographs": False, "ai": True}
_LEVEL = 0.05  # of the photographs
_FEWEST = 15  # a generator with fewer pictures gets no AUROC of its own

_Names = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Scored:
    """What the program says of pictures, (N,) each: P(AI), its words; their truth and origin."""

    p: Floats
    words: _Names
    ai: Flags
    origin: _Names

    @classmethod
    def of(cls, pictures: Sequence[FieldPicture], answers: Sequence[Answer]) -> Scored:
        """Pictures with their answers."""
        return cls(
            np.array([answer.p for answer in answers]),
            np.array([answer.words for answer in answers]),
            np.array([picture.ai for picture in pictures]),
            np.array([picture.origin for picture in pictures]),
        )

    def part(self, chosen: Flags) -> Scored:
        """The pictures that are chosen."""
        return Scored(self.p[chosen], self.words[chosen], self.ai[chosen], self.origin[chosen])

    def said(self, words: Sequence[str]) -> Flags:
        """Which pictures got one of these words."""
        return np.isin(self.words, words)


def share(hits: Flags) -> dict[str, Any]:
    """A share with its count and Wilson 95 % interval."""
    low, high = wilson(int(hits.sum()), len(hits))
    mean = float(hits.mean()) if len(hits) else 0.0
    return {"n": len(hits), "share": round(mean, 4), "low": round(low, 4), "high": round(high, 4)}


def threshold(scored: Scored) -> float:
    """The score that 5 % of these photographs reach."""
    photographs = scored.p[~scored.ai]
    return reached_by(photographs, np.ones(len(photographs)), _LEVEL)


def figures(scored: Scored) -> dict[str, Any]:
    """Of one set: AUROC, shares of both kinds by words, and the same by origin."""
    area, kinds = auroc(scored.p, scored.ai), [int((scored.ai == made).sum()) for made in (True, False)]
    low, high = auroc_interval(area, *kinds)
    return {
        "photographs": kinds[1],
        "ai": kinds[0],
        "auroc": round(area, 4),
        "auroc_95": [round(low, 4), round(high, 4)],
        "found_at_5": share(scored.p[scored.ai] >= threshold(scored)),
        "answered": share(~scored.said(_UNANSWERED)),
        "words": {side: _words(scored.part(scored.ai == made)) for side, made in _SIDES.items()},
        "origins": _origins(scored),
    }


def _words(scored: Scored) -> dict[str, dict[str, Any]]:
    shares = {word.value: share(scored.said([word.value])) for word in Words}
    return {"accused": share(scored.said(ACCUSED)), "answered": share(~scored.said(_UNANSWERED)), **shares}


def _origins(scored: Scored) -> list[dict[str, Any]]:
    lines = []
    for made in (False, True):
        for name in np.unique(scored.origin[scored.ai == made]):
            part = scored.part((scored.origin == name) & (scored.ai == made))
            line = {"name": str(name), "ai": made, **share(part.said(ACCUSED)), "auroc": None}
            line["strong"] = round(float(part.said([Words.STRONG.value]).mean()), 4)
            if made and len(part.p) >= _FEWEST:
                line["auroc"] = round(_against_photographs(part.p, scored), 4)
            lines.append(line)
    return lines


def _against_photographs(p: Floats, scored: Scored) -> float:
    photographs = scored.p[~scored.ai]
    return auroc(np.concatenate([photographs, p]), np.arange(len(photographs) + len(p)) >= len(photographs))


def eras(scored: Scored) -> dict[str, dict[str, Any]]:
    """Recent generators (2024 on) and older ones apart, each against all photographs."""
    recent = np.isin(scored.origin, RECENT)
    chosen = {"2024 on": scored.ai & recent, "before 2024": scored.ai & ~recent}
    return {name: figures(scored.part(~scored.ai | made)) for name, made in chosen.items() if made.any()}
