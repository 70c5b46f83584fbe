"""Train the CIFAKE network; run the same command again to resume.

    python -m models.training.train --data DIR --out RUN [--epochs 16] [--start OTHER_RUN/network.pt]

Needs about 2 GB of memory and 0.3 GB in RUN. Measured on one core, batches of 128, --bf16 on a processor with
AVX512-BF16: 295 pictures/s at 32 pixels, 500 at 24. A GPU is used if present.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from models.training import checkpoint
from models.training.assess import refresh_batch_norm, report
from models.training.augment import batch
from models.training.data import SIZE, Indices, Pictures, load_training, split
from models.training.loop import make_optimiser, run, take_step
from models.training.network import Network
from models.training.schedule import one_cycle

logger = logging.getLogger("models.training")


@dataclass(frozen=True)
class Settings:
    """What decides the weights; a checkpoint made with others is refused.

    Attributes:
        epochs: Passes over the training part.
        batch: Pictures a step.
        rate: Peak learning rate of AdamW.
        decay: Weight decay, on convolution and linear weights only.
        damage_share: Part of the pictures that are damaged before they are shown.
        small_share: Part of the run, from its start, that sees windows of `small_side` pixels alone. The evidence
            is local, so they teach nearly as much as the whole picture in 0.6 of the time.
        small_side: Side of these windows in pixels.
        limit: Use only this many training pictures; 0 for all.
        seed: Of the split, the weights, the order and the augmentation.
        bf16: Compute in bfloat16 after the stem, see `network.mixed_forward`.
        start: sha256 of the weights to start from; empty for random ones.
    """

    epochs: int = 8
    batch: int = 128
    rate: float = 2e-3
    decay: float = 1e-2
    damage_share: float = 0.45
    small_share: float = 0.6
    small_side: int = 24
    limit: int = 0
    seed: int = 0
    bf16: bool = False
    start: str = ""


def fresh_state(settings: Settings, device: str) -> checkpoint.State:
    """A new network and its optimiser, from the seed."""
    torch.manual_seed(settings.seed)
    network = Network().to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload, unused-ignore]  # stubs lack it
    return checkpoint.State(network, make_optimiser(network, settings.rate, settings.decay))


class Trainer:
    """Runs the steps of one training run over pictures held in memory."""

    def __init__(
        self,
        state: checkpoint.State,
        pictures: Pictures,
        training: Indices,
        settings: Settings,
    ) -> None:
        self.state = state
        self.settings = settings
        self.steps_per_epoch = len(training) // settings.batch
        self.total = self.steps_per_epoch * settings.epochs
        self._pictures = pictures
        self._training = training
        self._order: tuple[int, Indices] = (-1, training)

    @property
    def batch(self) -> int:
        """Pictures a step."""
        return self.settings.batch

    def step(self) -> float:
        """Take one step and return its loss."""
        step, settings = self.state.step, self.settings
        chosen = self._chosen(step)
        rng = np.random.default_rng((settings.seed, 1, step))
        side = settings.small_side if step < settings.small_share * self.total else SIZE
        pixels = batch(self._pictures.pixels, chosen, rng, damage_share=settings.damage_share, side=side)
        return take_step(
            self.state,
            pixels,
            self._pictures.ai[chosen].astype(np.float64),
            rate=one_cycle(step, self.total, settings.rate),
            bf16=settings.bf16,
        )

    def _chosen(self, step: int) -> Indices:
        epoch, position = divmod(step, self.steps_per_epoch)
        if self._order[0] != epoch:
            rng = np.random.default_rng((self.settings.seed, 0, epoch))
            self._order = (epoch, rng.permutation(self._training))
        return self._order[1][position * self.settings.batch :][: self.settings.batch]


def finish(state: checkpoint.State, pictures: Pictures, training: Indices, out: Path, seed: int) -> None:
    """Refresh the batch-norm statistics and write the weights that are exported, ``network.pt``."""
    sample = np.random.default_rng(0).permutation(training)[:16384]
    refresh_batch_norm(state.network, pictures.pixels[sample])
    content = {"network": state.network.state_dict(), "seconds": state.seconds, "seed": seed}
    torch.save(content, out / "network.pt")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the cifake-train archives")
    parser.add_argument("--out", type=Path, required=True, help="run folder: cache, checkpoint, log")
    parser.add_argument("--cache", type=Path, help="folder of the decoded pictures; --out if not given")
    parser.add_argument("--start", type=Path, help="weights to start from: another run's network.pt")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--rate", type=float, default=Settings.rate, help="peak learning rate")
    parser.add_argument("--damage-share", type=float, default=Settings.damage_share)
    parser.add_argument("--small-share", type=float, default=Settings.small_share)
    parser.add_argument("--limit", type=int, default=Settings.limit, help="train on this many pictures only")
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument(
        "--bf16", action="store_true", help="bfloat16 after the stem: only with AVX512-BF16 or a GPU"
    )
    parser.add_argument("--threads", type=int, default=1, help="one is fastest on a shared machine")
    return parser.parse_args()


def main() -> None:
    """Train, resuming from ``RUN/checkpoint.pt`` if there is one."""
    given = arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    log = logging.FileHandler(given.out / "train.log")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=[log])
    torch.set_num_threads(given.threads)
    start = hashlib.sha256(given.start.read_bytes()).hexdigest() if given.start else ""
    names = ("epochs", "limit", "seed", "bf16", "rate", "damage_share", "small_share")
    settings = Settings(**{name: getattr(given, name) for name in names}, start=start)
    cache = given.cache or given.out
    pictures = load_training(given.data, cache)
    training, validation = split(pictures, seed=settings.seed)
    if settings.limit:
        training = np.random.default_rng(settings.seed).permutation(training)[: settings.limit]
    state = fresh_state(settings, "cuda" if torch.cuda.is_available() else "cpu")
    if given.start:
        state.seconds = checkpoint.start_from(given.start, state.network, settings.seed)
    path = given.out / "checkpoint.pt"
    if checkpoint.restore(path, state, asdict(settings)):
        logger.info("resumed at step %d", state.step)
    trainer = Trainer(state, pictures, training, settings)

    watched = np.random.default_rng(0).permutation(validation)[:2500]  # enough to watch; a quarter of the time

    def on_epoch(epoch: int) -> None:
        line = report(state.network, pictures, watched, epoch=epoch, seconds=round(state.seconds))
        logger.info("%s", line)
        with (given.out / "metrics.jsonl").open("a") as stream:
            stream.write(json.dumps(line) + "\n")

    run(trainer, save=lambda: checkpoint.save(path, state, asdict(settings)), on_epoch=on_epoch)
    finish(state, pictures, training, given.out, settings.seed)
    logger.info("finished: %s", report(state.network, pictures, validation, seconds=round(state.seconds)))


if __name__ == "__main__":
    main()
