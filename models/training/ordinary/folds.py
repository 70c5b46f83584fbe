r"""What runs say of the sources that each of them has not seen: the figure that counts most.

    python -m models.training.ordinary.folds RUN0 RUN1 ... [--json FILE] [--sheet FILE.png --data DIR --cache DIR]

The runs' own folders tell of the float networks, ``CACHE/judges/RUN`` of what ships (`publish`).

Prints the crop AUROC of each run's left-out fold and their mean, the worst sources, and how each generator fares;
then, of runs that left out a family of generators as well, how that one fares. The sheet shows the crops that are
surest and wrong, for people to look at; it stays outside the repository.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np

from models.training.data import Indices
from models.training.metrics import Flags, Floats, auroc, reached_by, wilson
from models.training.ordinary.crops import DROPPED, Crops, Names, load_crops, source_weights
from models.training.ordinary.sheet import contact_sheet

_ACCUSED = 0.05  # part of the left-out photographs, sources weighted, that the threshold of these tables accuses
_FEWEST = 8  # crops of a source or generator that gets a line
_WORST = 12


@dataclass(frozen=True)
class LeftOut:
    """The crops that a run was not trained on and what it says of them.

    Attributes:
        index: (N,) their places in `Crops`.
        logits: (N,) of the crops as they are stored.
        ai, source, generator, view, picture: (N,) as in `Crops`.
    """

    index: Indices
    logits: Floats
    ai: Flags
    source: Names
    generator: Names
    view: Names
    picture: Names

    @classmethod
    def of(cls, crops: Crops, index: Indices, logits: Floats) -> Self:
        """The crops at `index` with their logits."""
        named = (getattr(crops, name)[index] for name in ("source", "generator", "view", "picture"))
        return cls(index, logits, crops.ai[index] == 1, *named)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote, without what has been dropped since."""
        with np.load(path) as stored:
            names = list(DROPPED)
            kept = ~(np.isin(stored["source"], names) | np.isin(stored["picture"], names))
            return cls(**{field.name: stored[field.name][kept] for field in fields(cls)})

    @classmethod
    def together(cls, parts: Sequence[Self]) -> Self:
        """Several runs' crops as one set."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    def save(self, path: Path) -> None:
        """Write an ``.npz``."""
        np.savez(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    def auroc(self) -> float:
        """Area under the ROC curve over single crops, each counting once."""
        return auroc(self.logits, self.ai)

    def threshold(self) -> float:
        """The logit that 5 % of these photographs reach, sources weighted."""
        photographs = ~self.ai
        weights = source_weights(self.source[photographs], 0.5)
        return reached_by(self.logits[photographs], weights, _ACCUSED)


def summary(runs: dict[str, LeftOut]) -> dict[str, Any]:
    """Figures of each run's left-out fold, their mean, and the sources and generators from the worst one on.

    ``wrong`` is the share on the wrong side of the run's own threshold at 5 % of the photographs, with Wilson's
    95 % interval.
    """
    exact = {name: run.auroc() for name, run in runs.items()}
    areas = {name: round(area, 4) for name, area in exact.items()}
    found = {name: round(float((run.logits[run.ai] >= run.threshold()).mean()), 4) for name, run in runs.items()}
    views = {
        view: round(float(np.mean([_area_of_view(run, view) for run in runs.values()])), 4)
        for view in ("native", "resized")
    }
    return {
        "auroc": areas,
        "mean": round(float(np.mean(list(exact.values()))), 6),  # tables round it once more
        "found_at_5_%_accused": found,
        "views": views,
        "sources": _shares(runs, "source"),
        "generators": _shares(runs, "generator"),
    }


def _area_of_view(run: LeftOut, view: str) -> float:
    chosen = run.view == view
    return auroc(run.logits[chosen], run.ai[chosen])


def _shares(runs: dict[str, LeftOut], by: str) -> list[dict[str, Any]]:
    wrong = np.concatenate([(run.logits >= run.threshold()) != run.ai for run in runs.values()])
    ai = np.concatenate([run.ai for run in runs.values()])
    names = np.concatenate([getattr(run, by) for run in runs.values()])
    lines = []
    for made in (False, True):
        for name in np.unique(names[ai == made]):
            hits = wrong[(names == name) & (ai == made)]
            low, high = wilson(int(hits.sum()), len(hits))
            share = round(float(hits.mean()), 4)
            lines.append({"name": str(name), "ai": made, "n": len(hits), "wrong": share, "low": low, "high": high})
    return sorted(lines, key=lambda line: -float(line["wrong"]))


def unseen_generators(runs: Sequence[LeftOut]) -> list[dict[str, Any]]:
    """How families of generators fare that the judging run had not seen, against photographs of unseen sources.

    Args:
        runs: each of one family's crops and the photographs, as in ``generator.npz``.

    Returns:
        For each its ``name`` (how those of its generators begin), number of crops ``n``, crop ``auroc``, and the
        share ``found`` while 5 % of the photographs are accused, with Wilson's 95 % interval ``low``-``high``.
    """
    return [_family(run) for run in runs]


def _family(run: LeftOut) -> dict[str, Any]:
    found = run.logits[run.ai] >= run.threshold()
    low, high = wilson(int(found.sum()), len(found))
    return {
        "name": os.path.commonprefix(list(run.generator[run.ai])).rstrip("-"),  # noqa: RUF071  # names, no paths
        "n": len(found),
        "auroc": round(run.auroc(), 4),
        "found": round(float(found.mean()), 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def summed_up(runs: Sequence[Path], unseen: Sequence[Path] = ()) -> dict[str, Any]:
    """The `summary` of run folders, and ``unseen_generators`` of those with a ``generator.npz``.

    `unseen` are further runs of which only that counts.
    """
    result = summary({run.name: LeftOut.load(run / "left_out.npz") for run in runs})
    files = [run / "generator.npz" for run in (*unseen, *runs)]
    return result | {
        "unseen_generators": unseen_generators([LeftOut.load(file) for file in files if file.exists()])
    }


def surest_wrong(left_out: LeftOut, count: int) -> Indices:
    """Places in `left_out` of the crops furthest on the wrong side: `count` photographs, then `count` AI."""
    wrongness = np.where(left_out.ai, -left_out.logits, left_out.logits)
    order = np.argsort(-wrongness, kind="stable")
    return np.concatenate([order[~left_out.ai[order]][:count], order[left_out.ai[order]][:count]])


def table(result: dict[str, Any]) -> list[str]:
    """The summary as lines of Markdown."""
    lines = ["| left out | crop AUROC | found at 5 % accused |", "|---|---|---|"]
    found = result["found_at_5_%_accused"]
    lines += [f"| {name} | {area:.4f} | {found[name]:.1%} |" for name, area in result["auroc"].items()]
    lines += [f"| mean | {result['mean']:.4f} | {np.mean(list(found.values())):.1%} |", ""]
    lines.append(", ".join(f"{name} crops {area:.4f}" for name, area in result["views"].items()))
    for made, title in ((False, "photographs accused"), (True, "AI missed")):
        for by in ("sources", "generators"):
            known = [line for line in result[by] if line["ai"] is made and line["n"] >= _FEWEST][:_WORST]
            lines += ["", f"{title}, worst {by}:"]
            lines += [f"  {line['wrong']:6.1%} of {line['n']:4d}  {line['name']}" for line in known]
    return lines + family_table(result["unseen_generators"]) if result.get("unseen_generators") else lines


def family_table(families: Sequence[dict[str, Any]]) -> list[str]:
    """Unseen generators as lines of Markdown."""
    lines = ["", "| generators never seen | crops | AUROC | found at 5 % accused (95 %) |", "|---|---|---|---|"]
    return lines + [
        f"| {row['name']} | {row['n']} | {row['auroc']:.3f} "
        f"| {row['found']:.0%} ({row['low']:.0%}–{row['high']:.0%}) |"
        for row in families
    ]


def main() -> None:
    """Sum up from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="run folders with left_out.npz")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--sheet", type=Path, help="write a PNG of the surest and wrong here; needs --data")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--cache", type=Path, help="folder of the decoded crops; --data's if not given")
    parser.add_argument("--count", type=int, default=40, help="crops of each side on the sheet")
    given = parser.parse_args()
    result = summed_up(given.runs)
    print("\n".join(table(result)))
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if given.sheet:
        if not given.data:
            parser.error("--sheet needs --data")
        crops = load_crops(given.data, given.cache or given.data)
        everything = LeftOut.together([LeftOut.load(run / "left_out.npz") for run in given.runs])
        chosen = surest_wrong(everything, given.count)
        captions = [
            f"{everything.logits[n]:+.1f} {everything.generator[n]}\n{everything.source[n].rpartition('/')[2]}"
            for n in chosen
        ]
        contact_sheet(crops.pixels[everything.index[chosen]], captions).save(given.sheet)
        print(
            "\n".join(
                f"{everything.logits[n]:+.2f} {everything.source[n]} {everything.picture[n]}" for n in chosen
            )
        )


if __name__ == "__main__":
    main()
