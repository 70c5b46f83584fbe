"""From runs to files; needs torch and onnx, of the dependency group ``training``."""

import json
from collections.abc import Sequence
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

from models.training.ordinary import export, soup  # noqa: E402  # after the packages that it is about
from models.training.ordinary.folds import LeftOut  # noqa: E402  # as above
from models.training.ordinary.judges import judge  # noqa: E402  # as above
from models.training.ordinary.network import Ordinary  # noqa: E402  # as above
from models.training.ordinary.publish import publish  # noqa: E402  # as above
from models.training.ordinary.recipe import command, recipe  # noqa: E402  # as above
from models.training.ordinary.runs import Part, left_out, parts, save_mean, save_network  # noqa: E402  # as above
from models.training.ordinary.train import Settings  # noqa: E402  # as above


def finished(run: Path, settings: Settings, start: Sequence[Part] = ()) -> Path:
    """A run folder as training leaves it, of a network that knows nothing."""
    run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    save_network(Ordinary().state_dict(), 600.0, start, run)
    torch.save({"settings": asdict(settings)}, run / "checkpoint.pt")
    return run


def mean(out: Path, runs: Sequence[Path]) -> Path:
    """A run folder as `soup` leaves it."""
    out.mkdir()
    save_mean(Ordinary().state_dict(), [part for run in runs for part in parts(run)], out)
    return out


def spoken(folder: Path) -> None:
    """What a judge leaves, as if its run had told most of a fold and of a generator apart."""
    folder.mkdir(parents=True)
    crops = makers.crops(40)
    index = np.arange(400) % 40
    logits = np.random.default_rng(0).normal(size=400) + 2 * crops.ai[index]
    said = LeftOut.of(crops, index, logits)
    replace(said, picture=np.char.add("p", (np.arange(400) // 2).astype(str))).save(folder / "left_out.npz")
    said.save(folder / "generator.npz")


def test_a_command_names_what_is_not_as_usual() -> None:
    settings = asdict(Settings(steps=7, leave_out=2, leave_out_generator="gpt-", bf16=True))
    words = command(settings, "RUN")
    assert words.endswith("--out RUN --steps 7 --leave-out 2 --leave-out-generator gpt- --bf16")
    assert command(asdict(Settings()), "RUN").endswith("--out RUN")


def outs(commands: tuple[str, ...]) -> list[str]:
    """What the commands before the last one write, in order."""
    return [line.split("--out ")[1].split()[0] for line in commands[:-1]]


def test_a_mean_of_the_judging_runs_costs_no_training_of_its_own(tmp_path: Path) -> None:
    folds = [finished(tmp_path / f"f{fold}", Settings(leave_out=fold)) for fold in (0, 1)]
    made = recipe(mean(tmp_path / "mean", folds), folds)
    assert outs(made.commands) == ["RUN0", "RUN1", "MEAN0"]
    assert made.commands[2].startswith("python -m models.training.ordinary.soup RUN0 RUN1 ")
    assert " --run MEAN0 --folds RUN0 RUN1 --models" in made.commands[-1]
    assert (made.trainings, made.minutes, made.shipped_minutes) == (2, 20, 20)


def test_a_mean_of_a_judging_run_and_another_names_either_once(tmp_path: Path) -> None:
    fold = finished(tmp_path / "f0", Settings(leave_out=0))
    other = finished(tmp_path / "other", Settings(seed=1))
    made = recipe(mean(tmp_path / "mean", [other, fold]), [fold])
    assert outs(made.commands) == ["RUN0", "RUN1", "MEAN0"]
    assert " RUN1 RUN0 " in made.commands[2]


def test_a_run_that_went_on_from_a_mean_is_told_after_what_it_began_at(tmp_path: Path) -> None:
    seeds = [finished(tmp_path / f"s{seed}", Settings(leave_out=0, seed=seed)) for seed in (0, 1)]
    start = mean(tmp_path / "mean", seeds)
    fold = finished(tmp_path / "judge", Settings(leave_out=0, steps=5), start=parts(start))
    ships = finished(tmp_path / "ships", Settings(steps=5), start=parts(start))
    unseen = finished(tmp_path / "unseen", Settings(leave_out=0, leave_out_generator="gpt-"))
    made = recipe(ships, [fold], [unseen])
    assert outs(made.commands) == ["RUN0", "RUN1", "MEAN0", "RUN2", "RUN3", "RUN4"]
    assert made.commands[3].endswith(" --start MEAN0")
    assert " --run RUN3 --folds RUN2 --unseen RUN4 " in made.commands[-1]
    assert (made.trainings, made.minutes, made.shipped_minutes) == (3, 50, 30)
    assert left_out(parts(fold)) == (0, "")
    assert left_out(parts(ships)) == (None, "")
    assert left_out(parts(unseen)) == (0, "gpt-")


def test_one_command_writes_all_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(export, "RANGES_FROM", 4)
    models, tests, data, cache = (tmp_path / name for name in ("models", "tests/models/ordinary", "data", "cache"))
    for folder in (tests, data, cache):
        folder.mkdir(parents=True)
    makers.write(data, makers.rows(12))
    archive = makers.field_archive(data, makers.FIELD)
    for suffix in (".tar", ".csv"):
        archive.with_suffix(suffix).rename((data / "field-dev").with_suffix(suffix))
    makers.bright_card(models).rename(models / "cifake.json")
    (models / "MODEL_CARD.md").write_text("# CIFAKE\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(f"a\n{FIELD_START}\n{FIELD_END}\nb\n", encoding="utf-8")
    run = finished(tmp_path / "run", Settings())
    fold = finished(tmp_path / "fold", Settings(leave_out=0, leave_out_generator="maker"))
    spoken(cache / "judges" / "fold")

    publish(data, cache, run, [fold], models)

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


def test_a_judge_speaks_of_what_its_run_has_not_seen_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "RANGES_FROM", 4)
    crops = makers.crops(40)
    run = finished(tmp_path / "run", Settings(leave_out=2))
    out = judge(run, crops, tmp_path / "judged")
    said = LeftOut.load(out / "left_out.npz")
    assert set(crops.fold[said.index]) == {2}
    assert not (out / "generator.npz").exists()
    before = (out / "left_out.npz").stat().st_mtime_ns
    judge(run, crops, out)
    assert (out / "left_out.npz").stat().st_mtime_ns == before
    finished(run, Settings(leave_out=3, leave_out_generator="maker-1"))
    assert set(crops.fold[LeftOut.load(judge(run, crops, out) / "left_out.npz").index]) == {3}
    strangers = LeftOut.load(out / "generator.npz")
    assert set(crops.generator[strangers.index]) == {"maker-1", "real-camera"}
    assert set(crops.fold[strangers.index[~strangers.ai]]) == {3}
    finished(run, Settings(leave_out=3))
    judge(run, crops, out)
    assert not (out / "generator.npz").exists()


def test_a_run_that_has_seen_all_can_judge_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="left out no fold"):
        judge(finished(tmp_path / "run", Settings()), makers.crops(8), tmp_path / "judged")


def test_runs_that_were_mixed_up_are_not_published(tmp_path: Path) -> None:
    folds = [finished(tmp_path / name / "fold", Settings(leave_out=0)) for name in ("a", "b")]
    with pytest.raises(ValueError, match="same name"):
        publish(tmp_path, tmp_path, folds[0], folds, tmp_path)
    with pytest.raises(ValueError, match="left none out"):
        publish(tmp_path, tmp_path, folds[0], [], tmp_path, folds[:1])


def test_the_mean_of_runs_is_judged_by_the_fold_that_all_have_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(soup, "_FOR_STATISTICS", 4)
    monkeypatch.setattr(soup, "_SCORED_AT_ONCE", 4)
    makers.write(tmp_path, makers.rows(12))
    runs = [finished(tmp_path / f"r{seed}", Settings(leave_out=0, seed=seed)) for seed in (0, 1)]
    command = ["soup", *map(str, runs), "--data", str(tmp_path), "--out", str(tmp_path / "mean")]
    monkeypatch.setattr("sys.argv", command)
    soup.main()
    assert parts(tmp_path / "mean") == (*parts(runs[0]), *parts(runs[1]))
    assert sorted(LeftOut.load(tmp_path / "mean" / "left_out.npz").index) == [0, 5, 10]
    assert "left out: crop AUROC" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", [*command[:2], str(tmp_path / "mean"), *command[3:]])
    with pytest.raises(SystemExit):
        soup.main()
    assert "a mean of means" in capsys.readouterr().err
