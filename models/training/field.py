"""Measure the model where it does not belong: ordinary pictures at natural size.

The program gives no words there; these figures are the reason, and the model card shows them.
"""

from __future__ import annotations

import csv
import tarfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from models.training.figures import figures
from models.training.scoring import Scorer

_FEWEST = 15  # a generator with fewer pictures gets no figure of its own


def measure_field(card: Path, archive: Path) -> dict[str, Any]:
    """Figures on a tar of ordinary pictures whose labels are in the CSV beside it.

    Args:
        card: The model's card.
        archive: ``X.tar``; ``X.csv`` has the columns path, label (real or ai) and generator.

    Returns:
        ``all``: figures of the whole; ``generators``: AUROC of each generator against all photographs.
    """
    with archive.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        labels = {row["path"]: row for row in csv.DictReader(stream)}
    scores: dict[str, list[float]] = defaultdict(list)
    photographs: list[float] = []
    with Scorer(card) as scorer, tarfile.open(archive) as tar:
        for path, row in labels.items():
            stored = tar.extractfile(path)
            if stored is None:
                raise ValueError(f"{path} is not a file")
            side = photographs if row["label"] == "real" else scores[row["generator"]]
            side.append(scorer.score(stored.read()).p)
    everything = [p for part in scores.values() for p in part]
    return {
        "pictures": archive.stem,
        "all": _against(photographs, everything),
        "generators": {
            name: _against(photographs, part)["auroc"]
            for name, part in sorted(scores.items())
            if len(part) >= _FEWEST
        },
    }


def _against(photographs: list[float], ai: list[float]) -> dict[str, Any]:
    truth = np.arange(len(photographs) + len(ai)) >= len(photographs)
    return figures(np.array(photographs + ai), truth)
