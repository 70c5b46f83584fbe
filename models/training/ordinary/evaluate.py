r"""Measure an exported network on whole pictures that were kept for measuring.

    python -m models.training.ordinary.evaluate --onnx FILE --field DIR/field-dev.tar [--bands bands.json]

Nothing is fitted here. The thresholds at 5 % and 1 % are those of the test's own photographs, to compare networks;
with --bands, the words are the program's, from validation. Both are reported for pictures with a shorter side of
300 pixels or more; beside them the smaller AI pictures, against all photographs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from models.training.field import FieldPicture, field_pictures
from models.training.metrics import Flags, Floats, auroc, reached_by, wilson
from models.training.ordinary.model import Model, upright
from models.training.ordinary.treatments import HARMLESS, SHARING, Treatment
from models.training.ordinary.views import SIDE

SHORTEST = 300
_LEVELS = (0.05, 0.01)
RECENT = ("gemini-nano-banana-pro", "gpt-4o-image", "many-opensource-models-sdnext")
"""Origins in the test whose generators are of 2024 or later (the third: for the most part)."""

Origins = npt.NDArray[np.str_]


class Judge(Protocol):
    """Gives the raw logit of an upright RGB picture."""

    def logit(self, image: Image.Image) -> float:
        """Positive means AI-generated."""


@dataclass(frozen=True)
class Scored:
    """Raw logits of pictures, their truth and origin (generator or source of photographs), (N,) each."""

    logits: Floats
    ai: Flags
    origin: Origins

    def part(self, chosen: Flags) -> Scored:
        """The pictures that are chosen."""
        return Scored(self.logits[chosen], self.ai[chosen], self.origin[chosen])


@dataclass(frozen=True)
class Words:
    """Raw logits from which on a picture reads *Some* and *Strong*."""

    some: float
    strong: float

    @classmethod
    def load(cls, path: Path) -> Words:
        """From the file of `models.training.ordinary.bands`."""
        content = json.loads(path.read_bytes())
        bands = content["bands"]
        some, strong = (content["temperature"] * np.log(bands[w] / (1 - bands[w])) for w in ("some", "strong"))
        return cls(float(some), float(strong))


def score(pictures: Iterable[FieldPicture], judge: Judge, treat: Treatment | None = None) -> Scored:
    """Score pictures after a treatment."""
    logits, ai, origin = [], [], []
    for picture in pictures:
        image = upright(picture.content)
        logits.append(judge.logit(image if treat is None else treat(image)))
        ai.append(picture.ai)
        origin.append(picture.origin)
    return Scored(np.array(logits), np.array(ai, bool), np.array(origin))


def thresholds(scored: Scored) -> tuple[float, float]:
    """The logits that 5 % and 1 % of these photographs reach."""
    photographs = scored.logits[~scored.ai]
    five, one = (reached_by(photographs, np.ones(len(photographs)), level) for level in _LEVELS)
    return five, one


def share(hits: Flags) -> dict[str, Any]:
    """A share with its count and Wilson 95 % interval."""
    low, high = wilson(int(hits.sum()), len(hits))
    return {"n": len(hits), "share": round(float(hits.mean()), 4), "low": round(low, 4), "high": round(high, 4)}


def figures(scored: Scored, words: Words | None) -> dict[str, Any]:
    """AUROC, AI pictures found at 5 % and 1 % accused, by origin; and the words, where bands are given."""
    five, one = thresholds(scored)
    ai = scored.logits[scored.ai]
    result: dict[str, Any] = {
        "photographs": int((~scored.ai).sum()),
        "ai": int(scored.ai.sum()),
        "auroc": round(auroc(scored.logits, scored.ai), 4),
        "found_at_5": share(ai >= five),
        "found_at_1": share(ai >= one),
        "origins": _origins(scored, five),
    }
    if words is not None:
        result["words"] = {
            side: {
                "some or strong": share(scored.logits[chosen] >= words.some),
                "strong": share(scored.logits[chosen] >= words.strong),
            }
            for side, chosen in (("photographs", ~scored.ai), ("ai", scored.ai))
        }
        result["words"]["origins"] = _origins(scored, words.some)
    return result


def _origins(scored: Scored, threshold: float) -> list[dict[str, Any]]:
    lines = []
    for made in (False, True):
        for name in np.unique(scored.origin[scored.ai == made]):
            part = scored.part((scored.origin == name) & (scored.ai == made))
            lines.append({"name": str(name), "ai": made, **share(part.logits >= threshold)})
    return lines


def eras(scored: Scored) -> dict[str, dict[str, Any]]:
    """AUROC and shares found of recent generators (2024 on) and of older ones, each against all photographs."""
    recent = np.isin(scored.origin, RECENT)
    five, one = thresholds(scored)
    result = {}
    for name, made in (("2024 on", scored.ai & recent), ("before 2024", scored.ai & ~recent)):
        if made.any():
            part = scored.part(~scored.ai | made)
            found = part.logits[part.ai]
            area = round(auroc(part.logits, part.ai), 4)
            result[name] = {"auroc": area, "found_at_5": share(found >= five), "found_at_1": share(found >= one)}
    return result


def harmless(
    photographs: list[FieldPicture], judge: Judge, as_found: Floats, threshold: float
) -> dict[str, dict[str, Any]]:
    """Part of the photographs accused at this threshold after each harmless treatment, and how much that adds."""
    before = as_found >= threshold
    result = {"as found": {**share(before), "added": 0.0}}
    for name, treat in HARMLESS.items():
        after = score(photographs, judge, treat).logits >= threshold
        result[name] = {**share(after), "added": round(float(after.mean() - before.mean()), 4)}
    return result


def evaluate(judge: Judge, archive: Path, words: Words | None = None) -> dict[str, Any]:
    """Everything that is measured, as JSON-ready numbers; pictures smaller than a view are left out."""
    everything = [(picture, min(upright(picture.content).size)) for picture in field_pictures(archive)]
    pictures = [picture for picture, shorter in everything if shorter >= SIDE]
    is_large = np.array([shorter >= SHORTEST for _, shorter in everything if shorter >= SIDE])
    large = [picture for picture, chosen in zip(pictures, is_large, strict=True) if chosen]
    scored = score(pictures, judge)
    found = scored.part(is_large)
    result: dict[str, Any] = {"as found": figures(found, words), "eras": eras(found)}
    for name, treat in SHARING.items():
        result[name] = figures(score(large, judge, treat), words)
    threshold = thresholds(found)[0] if words is None else words.some
    photographs = [picture for picture in large if not picture.ai]
    result["harmless"] = harmless(photographs, judge, found.logits[~found.ai], threshold)
    if (scored.ai & ~is_large).any():
        result["smaller"] = figures(scored.part(~scored.ai | ~is_large), words)
    return result


def table(result: dict[str, Any]) -> list[str]:
    """The result as lines of Markdown."""
    lines = [
        "| pictures | photographs | AI | AUROC | found at 5 % accused | at 1 % |",
        "|---|---|---|---|---|---|",
    ]
    for name in ("as found", *SHARING, "smaller"):
        if name in result:
            row = result[name]
            found = [_with_interval(row[key]) for key in ("found_at_5", "found_at_1")]
            lines.append(
                f"| {name} | {row['photographs']} | {row['ai']} | {row['auroc']:.4f} | {' | '.join(found)} |"
            )
    lines += ["", "| generators | AUROC | found at 5 % accused | at 1 % |", "|---|---|---|---|"]
    for name, row in result["eras"].items():
        found = [_with_interval(row[key]) for key in ("found_at_5", "found_at_1")]
        lines.append(f"| {name} | {row['auroc']:.4f} | {' | '.join(found)} |")
    lines += ["", "| origin | kind | n | over the 5 % threshold (95 %) |", "|---|---|---|---|"]
    for row in result["as found"]["origins"]:
        lines.append(
            f"| {row['name']} | {'AI' if row['ai'] else 'photographs'} | {row['n']} | {_with_interval(row)} |"
        )
    lines += ["", "| photographs after | accused (95 %) | added |", "|---|---|---|"]
    lines += [
        f"| {name} | {_with_interval(row)} | {row['added']:+.1%} |" for name, row in result["harmless"].items()
    ]
    if "words" in result["as found"]:
        lines += ["", "| words, as found | some or strong (95 %) | strong (95 %) |", "|---|---|---|"]
        for side in ("photographs", "ai"):
            row = result["as found"]["words"][side]
            lines.append(f"| {side} | {_with_interval(row['some or strong'])} | {_with_interval(row['strong'])} |")
    return lines


def _with_interval(row: dict[str, Any]) -> str:
    return f"{row['share']:.1%} ({row['low']:.0%}–{row['high']:.0%})"


def main() -> None:
    """Evaluate from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--field", type=Path, required=True, help="tar of ordinary pictures, its CSV beside it")
    parser.add_argument("--bands", type=Path, help="JSON of models.training.ordinary.bands")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--as-cut", action="store_true", help="views are not saved as JPEG once, to compare")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    judge = Model(given.onnx, stored=not given.as_cut, threads=given.threads)
    result = evaluate(judge, given.field, Words.load(given.bands) if given.bands else None)
    print("\n".join(table(result)))
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
