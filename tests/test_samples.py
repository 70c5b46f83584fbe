"""The sample pictures show each kind of card; with another model, choose other seeds (make_samples.py --try)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.core.estimates import Words
from desktop_app.system.paths import resources_dir
from resources import make_samples

SAMPLES = resources_dir() / "samples"


@pytest.fixture
def results(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    cli.main(["scan", "--format", "jsonl", str(SAMPLES)])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {Path(line["source"]).name: line for line in lines}


def test_every_word_is_shown_and_one_file_is_broken(results: dict[str, dict[str, Any]]) -> None:
    said = {line["estimate"]["words"] for line in results.values() if line["estimate"]}
    assert said == {words.value for words in Words}
    assert [name for name, line in results.items() if line["state"] == "failed"] == ["broken download.jpg"]


def test_each_small_sample_says_what_its_comment_says(results: dict[str, dict[str, Any]]) -> None:
    for name, (_, words) in make_samples.SMALL.items():
        assert results[name]["estimate"]["words"] == words


def test_one_sample_carries_a_label(results: dict[str, dict[str, Any]]) -> None:
    telling = {name: line["evidence"] for name, line in results.items() if line["evidence"]}
    assert list(telling) == ["labelled.jpg"]
    assert telling["labelled.jpg"][0]["says"] == "made_by_ai"
    assert telling["labelled.jpg"][0]["strength"] == "label"


def test_the_script_draws_what_is_committed(tmp_path: Path) -> None:
    make_samples.make(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in SAMPLES.iterdir()}
