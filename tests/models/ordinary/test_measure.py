import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.detectors.card import load_card
from desktop_app.detectors.figures import load_figures
from models.training import evaluate as command
from models.training.ordinary.evaluate import AS_FOUND
from models.training.ordinary.figures_file import stored_folds, write_field_figures
from models.training.ordinary.measure import measure_shipped, told
from models.training.ordinary.model_card import Recipe, field_text
from models.training.ordinary.report import interval, short_table
from models.training.ordinary.treatments import HARMLESS, SHARING
from tests.models.ordinary import makers

FOLDS: dict[str, Any] = {
    "auroc": {"one": 0.88, "other": 0.86},
    "mean": 0.87,
    "views": {"native": 0.85, "resized": 0.89},
    "found_at_5_%_accused": {"one": 0.5, "other": 0.4},
    "unseen_generators": [
        {"name": "maker", "n": 40, "auroc": 0.9, "found": 0.6, "low": 0.4, "high": 0.75},
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    makers.field_archive(folder, makers.FIELD)
    makers.bright_card(folder)
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> dict[str, Any]:
    card = folder / "bright.json"
    return measure_shipped(card, folder / "field.tar", card, FOLDS)


def test_a_card_without_figures_knows_nothing_of_folds(folder: Path) -> None:
    assert stored_folds(folder / "nobody.json") == {"mean": None, "unseen_generators": []}


def test_every_table_has_as_many_cells_in_each_row(result: dict[str, Any]) -> None:
    widths: list[set[int]] = [set()]
    for line in told(result, targets=True):
        if line.startswith("|"):
            widths[-1].add(line.count("|"))
        else:
            widths.append(set())
    assert [len(width) for width in widths if width] == [1] * 5


def test_the_first_row_is_what_counts_most_and_targets_are_shown_when_asked(result: dict[str, Any]) -> None:
    asked, plain = told(result, targets=True), told(result)
    assert asked[2].endswith("| 0.86 | 0.90 | 0.870 | – |")
    assert plain[2].endswith("sources, mean of the folds | 0.870 | – |")
    text = "\n".join(asked)
    for words in (
        *SHARING,
        *HARMLESS,
        "2024 on",
        "before 2024",
        "smaller than the range",
        "| maker | 40 | 0.900 |",
    ):
        assert words in text
    assert "2 photographs, 2 AI pictures of `field`" in plain[0]
    assert len(short_table(result, FOLDS, None)) < len(plain)


def test_a_share_comes_with_its_interval() -> None:
    assert interval({"share": 0.125, "low": 0.021, "high": 0.47}) == "12.5 % (2.1–47.0)"


def test_the_figures_beside_the_card_keep_the_folds_and_the_programs_words(
    folder: Path, result: dict[str, Any]
) -> None:
    card = folder / "kept.json"
    write_field_figures(result, FOLDS, card)
    kept = {key: FOLDS[key] for key in ("mean", "unseen_generators")}
    assert stored_folds(card) == kept
    figures = load_figures(card)
    assert figures is not None
    assert figures.field is not None
    assert figures.field.words
    assert figures.field.pictures == 4
    assert figures.field.false_negative_rate == 0
    assert [source.name for source in figures.field.sources if source.ai] == ["gpt-4o-image", "maker"]
    assert figures.field.shared is not None


def test_the_model_cards_part_tells_of_folds_runs_and_figures(folder: Path, result: dict[str, Any]) -> None:
    card = load_card(folder / "bright.json")
    made = Recipe(
        ("train --out RUN",), 90.4, 30, trainings=1, mean_of=1, steps=(1200,), batch=48, source_powers=(0.25,)
    )
    text = field_text(card, made, result)
    assert text.startswith("# The field detector")
    for words in (
        "One training of 1,200 batches of 48 crops",
        "count^-p with p 0.25 in training",
        "30 minutes on a core",
        "\ntrain --out RUN\n",
        "by fold: 0.880, 0.860; of crops at their own pixels 0.850",
        "45 % of its AI crops",
        "| maker | 40 | 0.900 |",
        card.sha256,
    ):
        assert words in text
    assert "The mean of" not in text
    several = replace(made, trainings=9, mean_of=2, steps=(150, 540, 600), source_powers=(0.0, 0.5))
    text = field_text(card, several, result)
    for words in (
        "The mean of the weights of 2 trainings",
        "they are 9, of 150, 540 or 600 batches of 48",
        "p 0.0 or 0.5",
    ):
        assert words in text


def test_without_unseen_generators_nothing_is_said_of_them(folder: Path, result: dict[str, Any]) -> None:
    made = Recipe((), 1, 1, trainings=2, mean_of=2, steps=(600,), batch=1, source_powers=(0.5,))
    alone = {**result, "folds": {**FOLDS, "unseen_generators": []}}
    text = field_text(load_card(folder / "bright.json"), made, alone)
    assert "tomorrow" not in text
    assert "\n\n\n" not in text.partition("## Figures")[2]


def test_one_command_measures_the_shipped_file_again(
    folder: Path, result: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "--field",
        folder / "field.tar",
        "--field-card",
        folder / "bright.json",
        "--json",
        folder / "all.json",
    ]
    monkeypatch.setattr("sys.argv", ["evaluate", *map(str, words)])
    command.main()
    assert "| must | target |" in capsys.readouterr().out
    again = json.loads((folder / "all.json").read_bytes())["field"]
    assert again[AS_FOUND] == result[AS_FOUND]


@pytest.mark.parametrize(
    "words", [[], ["--card", "c", "--test", "t"], ["--test", "t", "--train", "d"], ["--field-card", "c"]]
)
def test_what_belongs_together_must_be_given_together(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["evaluate", *words])
    with pytest.raises(SystemExit):
        command.main()
    assert "need" in capsys.readouterr().err
