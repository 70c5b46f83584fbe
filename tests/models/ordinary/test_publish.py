"""From runs to files; needs torch and onnx, of the dependency group ``training``."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.core.estimates import Words
from desktop_app.detectors.card import load_card
from desktop_app.detectors.figures import load_figures
from models.training.parts import MARK
from models.training.readme import FIELD_END, FIELD_START
from tests.models.ordinary import makers

torch = pytest.importorskip("torch", reason="torch is only in the training dependency group")
pytest.importorskip("onnx", reason="onnx is only in the training dependency group")

from models.training.ordinary.folds import LeftOut  # noqa: E402  # after the packages that it is about
from models.training.ordinary.network import Ordinary  # noqa: E402  # as above
from models.training.ordinary.publish import publish  # noqa: E402  # as above
from models.training.ordinary.recipe import command, recipe  # noqa: E402  # as above
from models.training.ordinary.train import Settings  # noqa: E402  # as above


def finished(run: Path, settings: Settings, **more: object) -> Path:
    """A run folder as training leaves it, of a network that knows nothing."""
    run.mkdir(parents=True)
    torch.manual_seed(settings.seed)
    torch.save({"network": Ordinary().state_dict(), "seconds": 600.0} | more, run / "network.pt")
    if not more:
        torch.save({"settings": asdict(settings)}, run / "checkpoint.pt")
    return run


def judged(run: Path) -> Path:
    """The run with what it says of a fold and of a generator."""
    crops = makers.crops(40)
    index = np.arange(400) % 40
    logits = np.random.default_rng(0).normal(size=400) + 2 * crops.ai[index]
    left_out = LeftOut.of(crops, index, logits)
    replace(left_out, picture=np.char.add("p", (np.arange(400) // 2).astype(str))).save(run / "left_out.npz")
    left_out.save(run / "generator.npz")
    return run


def test_a_command_names_what_is_not_as_usual() -> None:
    settings = asdict(Settings(steps=7, leave_out=2, leave_out_generator="gpt-", bf16=True))
    words = command(settings, "RUN")
    assert words.endswith("--out RUN --steps 7 --leave-out 2 --leave-out-generator gpt- --bf16")
    assert command(asdict(Settings()), "RUN").endswith("--out RUN")


def test_a_mean_of_the_judging_runs_costs_no_training_of_its_own(tmp_path: Path) -> None:
    parts = [Settings(leave_out=fold) for fold in (0, 1)]
    folds = [finished(tmp_path / f"f{part.leave_out}", part) for part in parts]
    run = finished(tmp_path / "mean", Settings(), seconds=1200.0, mean_of=[asdict(part) for part in parts])
    made = recipe(run, folds)
    assert made.commands[-1].startswith("python -m models.training.ordinary.soup FOLD0 FOLD1 ")
    assert (made.mean_of, made.minutes, len(made.commands)) == (2, 20, 3)


def test_a_mean_of_other_runs_names_them(tmp_path: Path) -> None:
    fold = finished(tmp_path / "f0", Settings(leave_out=0))
    parts = [asdict(Settings(seed=seed)) for seed in (0, 1)]
    made = recipe(finished(tmp_path / "mean", Settings(), mean_of=parts), [fold])
    assert [line.split("--out ")[1].split()[0] for line in made.commands] == ["FOLD0", "PART0", "PART1", "RUN"]


def test_a_mean_of_a_judging_run_and_another_names_either_once(tmp_path: Path) -> None:
    judge, other = Settings(leave_out=0), Settings(seed=1)
    fold = finished(tmp_path / "f0", judge)
    run = finished(tmp_path / "mean", other, mean_of=[asdict(other), asdict(judge)])
    made = recipe(run, [fold])
    assert [line.split("--out ")[1].split()[0] for line in made.commands] == ["FOLD0", "PART0", "RUN"]
    assert " PART0 FOLD0 " in made.commands[-1]


def test_one_command_writes_all_that_ships(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models, tests = tmp_path / "models", tmp_path / "tests" / "models" / "ordinary"
    tests.mkdir(parents=True)
    makers.field_archive(tmp_path, makers.FIELD)
    for suffix in (".tar", ".csv"):
        (tmp_path / "field").with_suffix(suffix).rename((tmp_path / "field-dev").with_suffix(suffix))
    makers.bright_card(models).rename(models / "cifake.json")
    (models / "MODEL_CARD.md").write_text("# CIFAKE\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(f"a\n{FIELD_START}\n{FIELD_END}\nb\n", encoding="utf-8")
    run = finished(tmp_path / "run", Settings())
    fold = judged(finished(tmp_path / "fold", Settings(leave_out=0, leave_out_generator="maker")))

    publish(tmp_path, run, [fold], models)

    card = load_card(models / "field.json")
    figures = load_figures(models / "field.json")
    assert figures is not None
    assert figures.field is not None
    assert figures.field.unseen_sources == pytest.approx(0.92, abs=0.05)
    assert [source.name for source in figures.field.unseen_generators] == ["maker"]
    text = (models / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert text.startswith(f"# CIFAKE\n{MARK}# The field detector")
    assert card.sha256 in text
    assert "--leave-out-generator maker" in text
    assert f"{figures.field.unseen_sources:.3f}" in text
    assert f"{figures.field.unseen_sources:.3f}" in (tmp_path / "README.md").read_text(encoding="utf-8")
    goldens = json.loads((tests / "goldens.json").read_bytes())
    assert all(0 < p < 1 for p in goldens.values())
    assert Words.STRONG.value in capsys.readouterr().out
