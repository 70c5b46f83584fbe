"""What a finished run folder keeps of how it came about: one training, or several that it is the mean of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import torch

from models.training.export import run_settings

START = "start"
"""What a checkpoint's settings call the trainings that the run began at, where there are any."""


@dataclass(frozen=True)
class Part:
    """One training.

    Attributes:
        settings: those of `models.training.ordinary.train.Settings`.
        seconds: wall time that it took.
        start: the trainings that it began at the mean of; none for one that began at the ImageNet weights.
    """

    settings: dict[str, Any]
    seconds: float
    start: tuple[Part, ...] = ()

    @classmethod
    def stored(cls, content: dict[str, Any]) -> Self:
        """The part that `asdict` gave this of."""
        return cls(content["settings"], content["seconds"], tuple(map(cls.stored, content.get("start", ()))))

    def all(self) -> Iterator[Part]:
        """It, after all that came before it."""
        for part in self.start:
            yield from part.all()
        yield self


def save_network(weights: dict[str, Any], seconds: float, start: Sequence[Part], out: Path) -> None:
    """Write ``OUT/network.pt``, of one training."""
    content = {"network": weights, "seconds": seconds, "start": [asdict(part) for part in start]}
    torch.save(content, out / "network.pt")


def save_mean(weights: dict[str, Any], parts: Sequence[Part], out: Path) -> None:
    """Write ``OUT/network.pt``, the mean of these trainings."""
    content = {"network": weights, "seconds": sum(part.seconds for part in parts)}
    torch.save(content | {"mean_of": [asdict(part) for part in parts]}, out / "network.pt")


def parts(run: Path) -> tuple[Part, ...]:
    """The trainings that the weights in ``RUN/network.pt`` are the mean of; most often one."""
    content = torch.load(run / "network.pt", map_location="cpu", weights_only=True)
    if mean_of := content.get("mean_of"):
        return tuple(map(Part.stored, mean_of))
    start = tuple(map(Part.stored, content.get("start", ())))
    settings = {name: value for name, value in run_settings(run).items() if name != START}
    return (Part(settings, float(content["seconds"]), start),)


def left_out(trained: Sequence[Part]) -> tuple[int | None, str]:
    """The fold, and the family of generators, that none of them has seen, nor its start; None and "" for none.

    Without a fold no family counts: there would be no photographs that none has seen.
    """
    settings = [each.settings for part in trained for each in part.all()]
    folds = {each["leave_out"] for each in settings}
    families = {each["leave_out_generator"] for each in settings}
    fold = folds.pop() if len(folds) == 1 else -1
    if fold < 0:
        return None, ""
    return fold, families.pop() if len(families) == 1 else ""
