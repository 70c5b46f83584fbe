"""Train the detector for ordinary pictures; run the same command again to resume.

    python -m models.training.ordinary.train --data DIR --cache DIR --out RUN [--start RUN] [--leave-out FOLD]

Needs 1.4 GB on disk in the cache, 2 GB of memory, and the dependency group ``training``. With a fold left out, the
run ends with the logits of its crops in ``RUN/left_out.npz``, and with a generator left out as well with those of
its crops in ``RUN/generator.npz``, both for `models.training.ordinary.folds`.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.training import checkpoint
from models.training.assess import logits, refresh_batch_norm
from models.training.data import Indices
from models.training.loop import keep_freed_memory, make_optimiser, run, take_step
from models.training.metrics import Floats, auroc
from models.training.network import Staged
from models.training.ordinary.augment import batch
from models.training.ordinary.crops import FOLDS, Crops, Sampler, against_photographs, load_crops, split
from models.training.ordinary.folds import LeftOut
from models.training.ordinary.network import Ordinary, imagenet_weights, load_imagenet
from models.training.ordinary.runs import START, Part, left_out, parts, save_network
from models.training.ordinary.views import SIDE
from models.training.schedule import one_cycle

logger = logging.getLogger("models.training")

_WATCHED = 500  # crops that are scored while training: a quarter of a minute on one core
_LOOKS = 6
_FOR_STATISTICS = 1536
_SCORED_AT_ONCE = 32


@dataclass(frozen=True)
class Settings:
    """What decides the weights; a checkpoint made with others is refused.

    Attributes:
        steps: Batches of the run.
        batch: Crops a step, half of them AI.
        rate: Peak learning rate of AdamW.
        decay: Weight decay, on convolution and linear weights only.
        dropout: Part of the features that is left out before the linear layer.
        smoothing: Label smoothing: the targets are this much, halved, from 0 and 1.
        source_power: How far sources count alike, see `crops.source_weights`.
        small_share: Part of the run, from its start, that sees windows of `small_side` pixels; the rest is whole
            crops, as the program's views are.
        small_side: Side of these windows in pixels, a multiple of 32.
        average: Decay of a moving average of the weights, which is then what is kept; 0 for none.
        leave_out: The fold of sources that is not trained on; -1 for none.
        leave_out_generator: How the names of generators begin that are not trained on; with a fold alone.
        seed: Of the draws, the augmentation and the dropout.
        bf16: Compute in bfloat16 after the stem, see `network.mixed_forward`.
    """

    steps: int = 1800
    batch: int = 48
    rate: float = 4e-4
    decay: float = 0.02
    dropout: float = 0.2
    smoothing: float = 0.04
    source_power: float = 0.5
    small_share: float = 0.7
    small_side: int = 160
    average: float = 0.0
    leave_out: int = -1
    leave_out_generator: str = ""
    seed: int = 0
    bf16: bool = False

    @property
    def fold(self) -> int | None:
        """The fold that is left out, if any."""
        return self.leave_out if self.leave_out >= 0 else None


def imagenet_network(settings: Settings, weights: Path | None) -> Ordinary:
    """The ImageNet network (or, without `weights`, a random one) with a new head."""
    torch.manual_seed(settings.seed)
    network = Ordinary(settings.dropout)
    if weights is not None:
        load_imagenet(network, weights)
    # The features are not shaken by a head that knows nothing, and all runs begin alike (see `soup`).
    nn.init.zeros_(network.head.weight)
    nn.init.zeros_(network.head.bias)
    return network


def check_start(start: Sequence[Part], settings: Settings) -> None:
    """Refuse to go on from a run that has seen what this one leaves out.

    Raises:
        ValueError: it has seen the fold, or the family of generators.
    """
    if settings.fold is None or not start:
        return
    fold, family = left_out(start)
    if fold != settings.fold or settings.leave_out_generator not in {"", family}:
        raise ValueError("the run to start from has seen what is to be left out")


def started_network(settings: Settings, start: Path) -> Ordinary:
    """The network of a finished run or of a mean of several."""
    network = Ordinary(settings.dropout)
    checkpoint.start_from(start / "network.pt", network)
    return network


def fresh_state(settings: Settings, device: str, network: Ordinary) -> checkpoint.State:
    """The network before the first step, with its optimiser."""
    network.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload, unused-ignore]  # stubs lack it
    state = checkpoint.State(network, make_optimiser(network, settings.rate, settings.decay))
    if settings.average:
        mean = get_ema_multi_avg_fn(settings.average)  # type: ignore[no-untyped-call, unused-ignore]  # torch lacks the type
        state.average = AveragedModel(network, multi_avg_fn=mean)
    return state


class Trainer:
    """Runs the steps of one training run over crops mapped from disk."""

    def __init__(self, state: checkpoint.State, crops: Crops, training: Indices, settings: Settings) -> None:
        self.state = state
        self.settings = settings
        self.total = settings.steps
        self.steps_per_epoch = max(1, settings.steps // _LOOKS)
        self._crops = crops
        self._sampler = Sampler(crops, training, settings.source_power)

    @property
    def batch(self) -> int:
        """Crops a step."""
        return self.settings.batch

    def step(self) -> float:
        """Take one step and return its loss."""
        step, settings = self.state.step, self.settings
        chosen = self._sampler.draw(settings.batch, np.random.default_rng((settings.seed, 0, step)))
        side = settings.small_side if step < settings.small_share * self.total else SIDE
        pixels = batch(self._crops.pixels, chosen, side, (settings.seed, 1, step))
        truth = self._crops.ai[chosen].astype(np.float64)
        targets = truth * (1 - settings.smoothing) + settings.smoothing / 2
        torch.manual_seed(settings.seed * 1_000_003 + step)  # of the dropout
        rate = one_cycle(step, self.total, settings.rate)
        loss = take_step(self.state, pixels, targets, rate=rate, bf16=settings.bf16)
        if self.state.average is not None:
            self.state.average.update_parameters(self.state.network)
        return loss


def finish(
    state: checkpoint.State,
    crops: Crops,
    training: Indices,
    settings: Settings,
    out: Path,
    start: Sequence[Part] = (),
) -> Staged:
    """Refresh the batch-norm statistics of what is kept and write it, ``network.pt``.

    `start` are the trainings that the run began at the mean of, to be kept beside it.
    """
    network = state.network if state.average is None else cast("Staged", state.average.module)
    sampler = Sampler(crops, training, settings.source_power)
    chosen = sampler.draw(_FOR_STATISTICS, np.random.default_rng((settings.seed, 2)))
    refresh_batch_norm(network, crops.pixels[chosen], _SCORED_AT_ONCE)
    save_network(network.state_dict(), state.seconds, start, out)
    return network


def score_left_out(network: Staged, crops: Crops, validation: Indices, settings: Settings, out: Path) -> None:
    """Score what the run has not seen: ``left_out.npz`` and, with a generator left out, ``generator.npz``."""
    parts = {"left_out": validation}
    if settings.leave_out_generator:
        parts["generator"] = against_photographs(crops, settings.leave_out, settings.leave_out_generator)
    for name, chosen in parts.items():
        left_out = LeftOut.of(crops, chosen, crop_logits(network, crops, chosen))
        left_out.save(out / f"{name}.npz")
        logger.info("%s: crop AUROC %.4f", name, left_out.auroc())


def crop_logits(network: Staged, crops: Crops, chosen: Indices) -> Floats:
    """Logits of the crops `chosen` as they are stored, (len(chosen),)."""
    return logits(network, crops.pixels[chosen], _SCORED_AT_ONCE)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with field-train.csv and its parts")
    parser.add_argument("--out", type=Path, required=True, help="run folder: checkpoint, weights, log")
    parser.add_argument("--cache", type=Path, help="folder of the decoded crops; --out if not given")
    parser.add_argument(
        "--start", type=Path, metavar="RUN", help="begin at the weights of a finished run or of a mean"
    )
    parser.add_argument("--steps", type=int, default=Settings.steps)
    parser.add_argument("--batch", type=int, default=Settings.batch)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--source-power", type=float, default=Settings.source_power)
    parser.add_argument("--small-share", type=float, default=Settings.small_share)
    parser.add_argument("--average", type=float, default=Settings.average, help="decay of averaged weights: 0.995")
    parser.add_argument("--leave-out", type=int, default=-1, choices=range(-1, FOLDS), metavar="FOLD")
    parser.add_argument(
        "--leave-out-generator", default="", metavar="NAME", help="how names begin; needs --leave-out"
    )
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--bf16", action="store_true", help="only with AVX512-BF16 or a GPU")
    parser.add_argument("--threads", type=int, default=1, help="one is fastest on a shared machine")
    return parser.parse_args()


def settings_of(given: argparse.Namespace) -> Settings:
    """The settings among the arguments."""
    named = vars(given)
    return Settings(**{name: named[name] for name in asdict(Settings()) if name in named})


def main() -> None:
    """Train, resuming from ``RUN/checkpoint.pt`` if there is one."""
    given = arguments()
    settings = settings_of(given)
    given.out.mkdir(parents=True, exist_ok=True)
    log = logging.FileHandler(given.out / "train.log")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=[log])
    torch.set_num_threads(given.threads)
    keep_freed_memory()
    crops = load_crops(given.data, given.cache or given.out)
    start = parts(given.start) if given.start else ()
    check_start(start, settings)
    kept_settings = asdict(settings) | ({START: [asdict(part) for part in start]} if start else {})
    training, validation = split(crops, settings.fold, settings.leave_out_generator)
    network = (
        started_network(settings, given.start) if given.start else imagenet_network(settings, imagenet_weights())
    )
    state = fresh_state(settings, "cuda" if torch.cuda.is_available() else "cpu", network)
    path = given.out / "checkpoint.pt"
    if checkpoint.restore(path, state, kept_settings):
        logger.info("resumed at step %d", state.step)
    trainer = Trainer(state, crops, training, settings)
    logger.info("%d crops to train on, %d left out", len(training), len(validation))

    def look(number: int) -> None:
        line: dict[str, object] = {"look": number, "step": state.step, "seconds": round(state.seconds)}
        if len(validation):
            watched = np.random.default_rng(0).permutation(validation)[:_WATCHED]
            scores = crop_logits(state.network, crops, watched)
            line["auroc"] = round(auroc(scores, crops.ai[watched] == 1), 4)
        logger.info("%s", line)
        with (given.out / "metrics.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")

    run(trainer, save=lambda: checkpoint.save(path, state, kept_settings), on_epoch=look, told_every=20)
    kept = finish(state, crops, training, settings, given.out, start)
    if len(validation):
        score_left_out(kept, crops, validation, settings, given.out)
    logger.info("finished after %d s of training", state.seconds)


if __name__ == "__main__":
    main()
