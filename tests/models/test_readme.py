from pathlib import Path
from typing import Any

import pytest

from desktop_app.detectors.card import load_card
from models.training.ordinary.measure import measure_shipped
from models.training.readme import END, FIELD_END, FIELD_START, START, figures_block, rewrite, rewrite_field
from tests.models.ordinary import makers

ROOT = Path(__file__).parents[2]
VALUE: dict[str, Any] = {
    "pictures": 1000,
    "accuracy": 0.9812,
    "accuracy_95": [0.971, 0.988],
    "auroc": 0.9987,
    "false_positive_rate": 0.01,
    "false_negative_rate": 0.02,
    "ece": 0.003,
}
RESULT: dict[str, Any] = {
    "test": "tiny",
    "all": VALUE,
    "without_training_copies": VALUE,
    "grey": VALUE,
    "damaged": dict.fromkeys(("JPEG q60", "JPEG q40", "noise 10/255", "blur 0.5"), VALUE),
    "field": {"all": VALUE},
}


def test_the_readmes_table_is_that_of_the_shipped_card() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition(START)[2].partition(END)[0]
    figures = load_card(ROOT / "models" / "cifake.json").figures
    assert figures is not None
    (row,) = [line for line in table.splitlines() if line.startswith("| as they are |")]
    assert f"{figures.accuracy:.2%}".replace("%", " %") in row
    assert f"{figures.auroc:.4f}" in row


def test_the_table_comes_between_its_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{START}\nold\n{END}\nafter\n", encoding="utf-8")
    rewrite(readme, RESULT)
    text = readme.read_text(encoding="utf-8")
    assert text == f"before\n{figures_block(RESULT)}\nafter\n"
    assert "| as they are | 98.12 % (97.10–98.80) | 0.9987 | 1.00 % | 2.00 % | 0.30 % |" in text
    rewrite(readme, RESULT)
    assert readme.read_text(encoding="utf-8") == text


def test_the_field_detectors_table_has_marks_of_its_own(tmp_path: Path) -> None:
    archive, card = makers.field_archive(tmp_path, makers.FIELD), makers.bright_card(tmp_path)
    readme = tmp_path / "README.md"
    readme.write_text(f"a\n{FIELD_START}\n{FIELD_END}\nb\n{START}\nold\n{END}\n", encoding="utf-8")
    rewrite_field(readme, measure_shipped(card, archive))
    before, table = readme.read_text(encoding="utf-8").split(FIELD_START)
    assert before == "a\n"
    assert "| AUROC as found | 1.000 (1.000–1.000) | – |" in table
    assert table.endswith(f"{FIELD_END}\nb\n{START}\nold\n{END}\n")


def test_the_readme_has_a_place_for_either_table() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [text.count(mark) for mark in (START, END, FIELD_START, FIELD_END)] == [1] * 4


def test_every_row_has_as_many_cells_as_there_are_headings() -> None:
    rows = [line for line in figures_block(RESULT).splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {7}


def test_a_readme_without_marks_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks its marks"):
        rewrite(readme, RESULT)
    assert readme.read_text(encoding="utf-8") == "no marks"
