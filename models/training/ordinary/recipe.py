"""How the weights came about, from what the runs have kept of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.training.ordinary.model_card import Recipe
from models.training.ordinary.runs import Part, parts
from models.training.ordinary.train import Settings

_DATA = "--data DIR --cache CACHE"
_TRAIN = f"python -m models.training.ordinary.train {_DATA}"
_SOUP = "python -m models.training.ordinary.soup"
_PUBLISH = f"python -m models.training.ordinary.publish {_DATA}"


def recipe(run: Path, folds: Sequence[Path], unseen: Sequence[Path] = ()) -> Recipe:
    """Read the run that ships, those that judge a fold, and those of unseen generators; all may be means."""
    book = _Book()
    judges = [book.name(parts(fold)) for fold in folds]
    shipped = book.name(parts(run))
    others = [book.name(parts(other)) for other in unseen]
    publish = [_PUBLISH, f"--run {shipped}", f"--folds {' '.join(judges)}"]
    publish += [f"--unseen {' '.join(others)}"] if others else []
    own: list[Part] = []
    for part in parts(run):
        own += [each for each in part.all() if each not in own]
    return Recipe(
        commands=(*book.commands, " ".join([*publish, "--models models"])),
        minutes=sum(part.seconds for part in book.trainings) / 60,
        shipped_minutes=sum(part.seconds for part in own) / 60,
        trainings=len(own),
        batch=int(own[-1].settings["batch"]),
        mean_of=len(parts(run)),
        steps=tuple(sorted({int(part.settings["steps"]) for part in own})),
        source_powers=tuple(sorted({float(part.settings["source_power"]) for part in own})),
    )


class _Book:
    """The commands that make some runs, each training and each mean named and made once."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.trainings: list[Part] = []
        self._names: list[tuple[tuple[Part, ...], str]] = []

    def name(self, made_of: tuple[Part, ...]) -> str:
        """What the mean of these is called, after the commands for it were added."""
        known = next((name for same, name in self._names if same == made_of), None)
        if known is None:
            known = self._mean(made_of) if len(made_of) > 1 else self._training(made_of[0])
            self._names.append((made_of, known))
        return known

    def _training(self, part: Part) -> str:
        start = self.name(part.start) if part.start else None
        name = f"RUN{len(self.trainings)}"
        self.trainings.append(part)
        self.commands.append(command(part.settings, name) + (f" --start {start}" if start else ""))
        return name

    def _mean(self, made_of: tuple[Part, ...]) -> str:
        own = [self.name((part,)) for part in made_of]
        name = f"MEAN{sum(_SOUP in line for line in self.commands)}"
        self.commands.append(f"{_SOUP} {' '.join(own)} {_DATA} --out {name}")
        return name


def command(settings: dict[str, Any], out: str) -> str:
    """The command line of a run with these settings, those that are not the default ones named."""
    words = [_TRAIN, f"--out {out}"]
    usual = asdict(Settings())
    for name, value in settings.items():
        if value != usual[name]:
            option = f"--{name.replace('_', '-')}"
            words.append(option if value is True else f"{option} {value}")
    return " ".join(words)
