from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.errors import ModelCardError
from desktop_app.detectors.fact_tables import field_table, own_table
from desktop_app.detectors.figures import FieldFigures, load_figures

ROW = {"name": "As they are", "n": 10, "accuracy": 0.9, "auroc": 0.95, "false_positives": 0.1, "ece": 0.01}
PHOTOGRAPHS = {"name": "Albums", "ai": False, "n": 20, "called_ai": 0.4, "low": 0.2, "high": 0.6, "auroc": None}
GENERATOR = {"name": "Generator A", "ai": True, "n": 30, "called_ai": 0.5, "low": 0.3, "high": 0.7, "auroc": 0.48}
RATES = {"auroc": 0.48, "false_positive_rate": 0.4, "false_negative_rate": 0.5}
FIELD = {"name": "field", "pictures": 50, **RATES, "sources": [GENERATOR, PHOTOGRAPHS]}
WHOLE = {"test": {"name": "test", "pictures": 10, "rows": [ROW]}, "field": FIELD}


def written(folder: Path, content: Any) -> Path:
    """Write figures; returns the path of the card that they lie beside."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "small.figures.json").write_bytes(data)
    return folder / "small.json"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 10_000,
        b'{"test": ' + b'{"a":' * 10_000,
        [],
        {"tests": {}},
        {"field": {**FIELD, "auroc": 1.5}},
        {"field": {**FIELD, "pictures": -1}},
        {"field": {**FIELD, "sources": [{**GENERATOR, "called_ai": 15}]}},
        {"field": {**FIELD, "sources": [{**GENERATOR, "name": "x" * 100}]}},
        {"field": {**FIELD, "sources": [GENERATOR] * 201}},
        {"test": {"name": "test", "pictures": 10, "rows": [{"name": "x"}]}},
    ],
    ids=range(12),
)
def test_broken_figures_are_an_error_in_words(tmp_path: Path, content: Any) -> None:
    with pytest.raises(ModelCardError, match=r"small\.figures\.json are not valid"):
        load_figures(written(tmp_path, content))


def test_figures_that_are_far_too_large_are_not_read_to_their_end(tmp_path: Path) -> None:
    with pytest.raises(ModelCardError, match="far too large"):
        load_figures(written(tmp_path, b" " * 1_000_001))


def test_a_folder_in_their_place_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "small.figures.json").mkdir()
    with pytest.raises(ModelCardError, match="can't be read"):
        load_figures(tmp_path / "small.json")


def test_a_model_without_figures_has_none(tmp_path: Path) -> None:
    assert load_figures(tmp_path / "small.json") is None


def test_figures_are_read_whole(tmp_path: Path) -> None:
    figures = load_figures(written(tmp_path, {**WHOLE, "field": {**FIELD, "shared": FIELD}}))
    assert figures is not None
    assert figures.test is not None
    assert figures.test.rows[0].false_negatives is None
    assert figures.field is not None
    assert isinstance(figures.field.shared, FieldFigures)
    assert figures.field.shared.sources == figures.field.sources


def test_what_was_not_measured_is_a_dash(tmp_path: Path) -> None:
    figures = load_figures(written(tmp_path, WHOLE))
    assert figures is not None
    assert figures.test is not None
    assert own_table(figures.test).rows == (("As they are", "10", "90.0\u00a0%", "10.0\u00a0%", "–"),)


def test_photographs_come_first_and_every_row_under_its_heading(tmp_path: Path) -> None:
    figures = load_figures(written(tmp_path, WHOLE))
    assert figures is not None
    assert figures.field is not None
    assert [row[0] for row in field_table(figures.field).rows] == [
        "Photographs: none should be called AI",
        "Albums",
        "AI pictures: all should be",
        "Generator A",
    ]


def test_shared_pictures_have_a_column_of_their_own(tmp_path: Path) -> None:
    shared = {**FIELD, "sources": [{**GENERATOR, "called_ai": 0.25}]}
    figures = load_figures(written(tmp_path, {"field": {**FIELD, "shared": shared}}))
    assert figures is not None
    assert figures.field is not None
    table = field_table(figures.field)
    assert table.columns[-1] == "Shared"
    assert [row[-1] for row in table.rows if len(row) > 1] == ["–", "25\u00a0%"]
