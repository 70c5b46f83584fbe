"""Average the weights of runs that began at the same ones (Wortsman et al. 2022, arXiv 2203.05482): one network.

    python -m models.training.ordinary.soup RUN0 RUN1 ... --data DIR --cache DIR --out RUN

Runs that each left out another fold have together seen everything, and their mean is one network, not an ensemble.
Where all have left out the same fold, the mean is judged by it: ``left_out.npz`` is written as by `train`. A
training may go on from a mean (``train --start``), which gains more than the mean itself.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from models.training.assess import logits, refresh_batch_norm
from models.training.average import mean_weights
from models.training.loop import keep_freed_memory
from models.training.ordinary.crops import Sampler, load_crops, split
from models.training.ordinary.folds import LeftOut
from models.training.ordinary.network import Ordinary
from models.training.ordinary.runs import left_out, parts, save_mean

_FOR_STATISTICS = 1536
_SCORED_AT_ONCE = 32


def main() -> None:
    """Average from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="run folders with network.pt")
    parser.add_argument("--data", type=Path, required=True, help="folder with field-train.csv and its parts")
    parser.add_argument("--cache", type=Path, help="folder of the decoded crops; --data's if not given")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="run folder to write")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    keep_freed_memory()
    given.out.mkdir(parents=True, exist_ok=True)
    contents = [torch.load(run / "network.pt", map_location="cpu", weights_only=True) for run in given.runs]
    network = Ordinary()
    network.load_state_dict(mean_weights([content["network"] for content in contents]))
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload, unused-ignore]  # stubs lack it
    crops = load_crops(given.data, given.cache or given.data)
    made_of = [parts(run) for run in given.runs]
    if any(len(trainings) > 1 for trainings in made_of):
        parser.error("a mean of means would weigh some trainings more: name the trainings themselves")
    trainings = [part for (part,) in made_of]
    training, validation = split(crops, *left_out(trainings))
    sampler = Sampler(crops, training, trainings[0].settings["source_power"])
    chosen = sampler.draw(_FOR_STATISTICS, np.random.default_rng((0, 2)))
    refresh_batch_norm(network, crops.pixels[chosen], _SCORED_AT_ONCE)
    save_mean(network.state_dict(), trainings, given.out)
    if len(validation):
        judged = LeftOut.of(crops, validation, logits(network, crops.pixels[validation], _SCORED_AT_ONCE))
        judged.save(given.out / "left_out.npz")
        print(f"left out: crop AUROC {judged.auroc():.4f}")


if __name__ == "__main__":
    main()
