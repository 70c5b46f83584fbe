"""How the weights came about, from what the runs have kept of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from models.training.export import run_settings
from models.training.ordinary.model_card import Recipe
from models.training.ordinary.train import Settings

_TRAIN = "python -m models.training.ordinary.train --data DIR --cache CACHE"
_SOUP = "python -m models.training.ordinary.soup"


def recipe(run: Path, folds: Sequence[Path], unseen: Sequence[Path] = ()) -> Recipe:
    """Read the run that ships, or the mean of several, the runs of the folds, and those of unseen generators."""
    shipped = torch.load(run / "network.pt", map_location="cpu", weights_only=True)
    parts: list[dict[str, Any]] = shipped.get("mean_of") or [run_settings(run)]
    judges = [run_settings(fold) for fold in folds]
    seconds = [_seconds(fold) for fold in folds]
    commands = [command(settings, f"FOLD{number}") for number, settings in enumerate(judges)]
    if len(parts) == 1:
        own = float(shipped["seconds"])
        commands.append(command(parts[0], "RUN"))
    else:
        # Parts that judge a fold as well are trained once.
        own = float(shipped["seconds"]) - sum(seconds[judges.index(part)] for part in parts if part in judges)
        names = [_name(part, number, judges) for number, part in enumerate(parts)]
        pairs = zip(parts, names, strict=True)
        commands += [command(part, name) for part, name in pairs if part not in judges]
        commands.append(f"{_SOUP} {' '.join(names)} --data DIR --cache CACHE --out RUN")
    commands += [command(run_settings(other), f"UNSEEN{number}") for number, other in enumerate(unseen)]
    return Recipe(
        tuple(commands),
        (sum(seconds) + own + sum(map(_seconds, unseen))) / 60,
        float(shipped["seconds"]) / 60,
        int(parts[0]["steps"]),
        int(parts[0]["batch"]),
        len(parts),
    )


def _name(part: dict[str, Any], number: int, judges: Sequence[dict[str, Any]]) -> str:
    return f"FOLD{judges.index(part)}" if part in judges else f"PART{number}"


def command(settings: dict[str, Any], out: str) -> str:
    """The command line of a run with these settings, those that are not the default ones named."""
    words = [_TRAIN, f"--out {out}"]
    usual = asdict(Settings())
    for name, value in settings.items():
        if value != usual[name]:
            option = f"--{name.replace('_', '-')}"
            words.append(option if value is True else f"{option} {value}")
    return " ".join(words)


def _seconds(run: Path) -> float:
    return float(torch.load(run / "network.pt", map_location="cpu", weights_only=True)["seconds"])
