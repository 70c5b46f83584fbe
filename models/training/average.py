"""Average the weights of a run and of the run that went on from it (Wortsman et al. 2022, arXiv 2203.05482).

    python -m models.training.average SECOND RUN --data DIR --out MEAN

The mean is one network of the same size. MEAN gets the checkpoint of the last run, whose settings it carries on.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.training.assess import refresh_batch_norm, report
from models.training.data import load_training, split
from models.training.network import Network

_FOR_STATISTICS = 16384


def mean_weights(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of each tensor; of whole numbers (counts) the first."""
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
        for name, value in states[0].items()
    }


def main() -> None:
    """Average from the command line, and say how the mean does on the validation pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="run folders with network.pt, the last run last")
    parser.add_argument("--data", type=Path, required=True, help="folder with the cifake-train archives")
    parser.add_argument("--cache", type=Path, help="folder of the decoded pictures; --out if not given")
    parser.add_argument("--out", type=Path, required=True, help="run folder to write")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    contents = [torch.load(run / "network.pt", map_location="cpu", weights_only=True) for run in given.runs]
    seeds = {content.get("seed", 0) for content in contents}
    if len(seeds) > 1:
        parser.error("the runs were split by different seeds: each has seen what another validates on")
    (seed,) = seeds
    network = Network()
    network.load_state_dict(mean_weights([content["network"] for content in contents]))
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload, unused-ignore]  # stubs lack it
    pictures = load_training(given.data, given.cache or given.out)
    training, validation = split(pictures, seed=seed)
    sample = np.random.default_rng(0).permutation(training)[:_FOR_STATISTICS]
    refresh_batch_norm(network, pictures.pixels[sample])
    # The last run's seconds hold those of the runs it went on from.
    content = {"network": network.state_dict(), "seconds": contents[-1]["seconds"], "seed": seed}
    torch.save(content, given.out / "network.pt")
    shutil.copy(given.runs[-1] / "checkpoint.pt", given.out / "checkpoint.pt")
    print(report(network, pictures, validation))


if __name__ == "__main__":
    main()
