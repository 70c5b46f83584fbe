"""Checkpoints that survive a kill: written beside the old one, then moved over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.optim import Optimizer
from torch.optim.swa_utils import AveragedModel

from models.training.network import Staged


@dataclass
class State:
    """Everything a run needs to go on exactly where it was.

    Batches, augmentation and the rate are functions of (seed, step), so the position stands for them; where
    torch's own generator is used (initial weights, dropout) it is seeded anew from them.
    """

    network: Staged
    optimiser: Optimizer
    step: int = 0
    seconds: float = 0.0  # wall time spent training so far, all parts of a resumed run together
    average: AveragedModel | None = None  # a moving average of the weights, for a run that keeps one


def save(path: Path, state: State, settings: dict[str, Any]) -> None:
    """Write the state atomically."""
    partial = path.with_suffix(".tmp")
    content = {
        "network": state.network.state_dict(),
        "optimiser": state.optimiser.state_dict(),
        "step": state.step,
        "seconds": state.seconds,
        "settings": settings,
    }
    if state.average is not None:
        content["average"] = state.average.state_dict()
    torch.save(content, partial)
    partial.replace(path)


def restore(path: Path, state: State, settings: dict[str, Any]) -> bool:
    """Fill `state` from `path` if it exists; return whether it did.

    Raises:
        ValueError: the checkpoint belongs to a run with other settings.
    """
    if not path.exists():
        return False
    content = torch.load(path, map_location="cpu", weights_only=True)
    if content["settings"] != settings:
        raise ValueError(f"{path} was made with {content['settings']}, not {settings}: choose another run folder")
    state.network.load_state_dict(content["network"])
    state.optimiser.load_state_dict(content["optimiser"])
    if state.average is not None:
        state.average.load_state_dict(content["average"])
    state.step, state.seconds = content["step"], content["seconds"]
    return True


def start_from(path: Path, network: Staged, seed: int | None = None) -> float:
    """Fill `network` with the weights of a finished run's ``network.pt``; return the seconds that run took.

    Args:
        path: the weights.
        network: to be filled.
        seed: of the split of the run that goes on from here; None where nothing is trained.

    Raises:
        ValueError: that run was split by another seed: it has seen pictures that this one validates on.
    """
    content = torch.load(path, map_location="cpu", weights_only=True)
    if seed is not None and content.get("seed", 0) != seed:  # files from before it was kept are all of seed 0
        raise ValueError(f"{path} was trained with seed {content['seed']}: its split is another one")
    network.load_state_dict(content["network"])
    return float(content["seconds"])
