r"""Temperature and bands of the ordinary detector from pictures that the scoring runs have not seen.

    python -m models.training.ordinary.bands RUN0 RUN1 ... --out bands.json

What ships is fitted to the same in 8 bits, ``CACHE/judges/RUN``, where `models.training.ordinary.publish` puts it.
Each run speaks for the fold it left out, so every training picture is judged by a network that knows neither it
nor its source; the bands are then used for the network that is shipped. A picture counts by the mean logit of its
crops here, a native and a shrunk one, weighted as the program's views of either kind. Its six views scatter less,
so these bands err on the cautious side. Small sources count for more than their pictures, as in training.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from models.training.calibrate import Bands, fit_temperature, round_down, round_up
from models.training.metrics import Flags, Floats, reached_by, sigmoid
from models.training.ordinary.crops import Names, source_weights
from models.training.ordinary.folds import LeftOut
from models.training.ordinary.views import VIEWS_OF_KIND

STRONG_SHARE, SOME_SHARE = 0.01, 0.05  # of the photographs, at most
FEW_SHARE = 0.1  # of the AI pictures, at most
_GRAIN = 1e-6


class Judged(NamedTuple):
    """Pictures with their mean logits, (N,) each."""

    logits: Floats
    ai: Flags
    source: Names


def by_picture(left_out: LeftOut) -> Judged:
    """Average the crops of each picture, which share its name, each kind with the weight of its views.

    Pictures of a single crop are left out, unless there are no others.
    """
    _, first, place, count = np.unique(
        left_out.picture, return_index=True, return_inverse=True, return_counts=True
    )
    weights = np.array([VIEWS_OF_KIND[kind] for kind in left_out.view], np.float64)
    mean = np.bincount(place, weights * left_out.logits) / np.bincount(place, weights)
    several = count > 1 if (count > 1).any() else count > 0
    return Judged(mean[several], left_out.ai[first][several], left_out.source[first][several])


def judged_by(runs: Sequence[Path]) -> Judged:
    """The pictures of all left-out folds, each judged by the run that left it out."""
    return by_picture(LeftOut.together([LeftOut.load(run / "left_out.npz") for run in runs]))


def fit(judged: Judged, power: float = 0.5) -> tuple[float, Bands]:
    """Temperature, then bands on the calibrated probability; sources weighted by count^-`power`.

    `strong` is reached by at most 1 % and `some` by at most 5 % of the photographs, `some` never under 0.5 (see
    `models.training.calibrate.fit_bands`); at most 10 % of the AI pictures are at `few` or under.
    """
    logits, ai, source = judged
    temperature = fit_temperature(logits, ai)
    p = sigmoid(logits / temperature)
    photographs, made = source_weights(source[~ai], power), source_weights(source[ai], power)
    strong = round_up(min(1.0, reached_by(p[~ai], photographs, STRONG_SHARE)))
    some = min(round_up(max(0.5, reached_by(p[~ai], photographs, SOME_SHARE))), round(strong - _GRAIN, 6))
    few = min(1 - reached_by(1 - p[ai], made, FEW_SHARE), some - _GRAIN)
    return temperature, Bands(few=round_down(few), some=some, strong=strong)


def shares(judged: Judged, temperature: float, bands: Bands, power: float = 0.5) -> dict[str, Any]:
    """Which part of the photographs and of the AI pictures each word falls to, weighted by source, and counts."""
    p = sigmoid(judged.logits / temperature)
    said = {
        "strong": p >= bands.strong,
        "some": (p >= bands.some) & (p < bands.strong),
        "few": p <= bands.few,
    }
    result: dict[str, Any] = {}
    for side, chosen in (("photographs", ~judged.ai), ("ai", judged.ai)):
        weights = source_weights(judged.source[chosen], power)
        result[side] = {
            "n": int(chosen.sum()),
            **{word: round(float((flags[chosen] * weights).sum()), 4) for word, flags in said.items()},
            **{f"{word}_counted": int(flags[chosen].sum()) for word, flags in said.items()},
        }
    return result


def main() -> None:
    """Fit from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="run folders with left_out.npz, a fold each")
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    given = parser.parse_args()
    judged = judged_by(given.runs)
    temperature, bands = fit(judged)
    content = {
        "temperature": temperature,
        "bands": {"few": bands.few, "some": bands.some, "strong": bands.strong},
        "validation": shares(judged, temperature, bands),
    }
    given.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=1))


if __name__ == "__main__":
    main()
