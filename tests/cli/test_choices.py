"""``scan --stability`` and ``scan --model``: what each picture is asked, and by which model."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app import cli
from desktop_app.imaging.changes import Change
from desktop_app.system.paths import models_dir
from tests.support.pictures import photo

BRIGHTNESS = Path(__file__).resolve().parents[2] / "models" / "examples" / "brightness.onnx"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(2):
        photo(32, 32).rotate(90 * number).save(folder / f"{number}.png")
    photo(640, 480).save(folder / "large.jpg")
    return folder


def scanned(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert cli.main(["scan", "--format", "jsonl", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line that a scan ends with which never began."""
    assert cli.main(["scan", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("option", [["--stability"], ["--model", "cifake"]])
def test_what_concerns_the_offline_model_alone_is_refused_in_cloud_mode(
    option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "--mode", "cloud", "--accept-upload", *option, "a.png")
    assert said.startswith(f"telltale: {option[0]} needs --mode offline; in cloud mode ")


@pytest.mark.parametrize("name", ["no such model", "\x1b[2J", "/no/such/card.json", "no/such/model.onnx"])
def test_a_model_that_is_not_there_ends_the_scan_before_it_begins(
    pictures: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    said = refused(capsys, "--model", name, str(pictures))
    assert said.startswith("telltale: ")
    assert said.isprintable()


@pytest.mark.parametrize("broken", [b"", b"no model at all", b"\x08\x07" * 1000])
def test_a_model_that_is_broken_ends_the_scan_before_it_begins(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: bytes
) -> None:
    shutil.copy(models_dir() / "cifake.json", tmp_path / "cifake.json")
    (tmp_path / "cifake.onnx").write_bytes(broken)
    for name in ("cifake.json", "cifake.onnx"):
        assert "model" in refused(capsys, "--model", str(tmp_path / name), str(pictures))


# ---------------------------------------------------------------- models


def test_a_model_of_one_s_own_answers_when_it_is_named(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_size = scanned(capsys, "--model", "auto-experimental", str(pictures))
    assert {line["estimate"]["detector"] for line in by_size} == {"cifake", "field"}
    for name in ("cifake", "field"):
        assert {line["estimate"]["detector"] for line in scanned(capsys, "--model", name, str(pictures))} == {name}
    for path in (BRIGHTNESS, BRIGHTNESS.with_suffix(".json")):
        found = scanned(capsys, "--model", str(path), str(pictures))
        assert len(found) == 3
        assert {line["estimate"]["detector"] for line in found} == {"brightness"}


# ---------------------------------------------------------------- harmless changes


def test_a_model_that_was_chosen_answers_without_a_second_look(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = scanned(capsys, "--model", "cifake", str(pictures))
    assert all(line["estimate"]["stability"] is None for line in found)


def test_without_being_asked_only_strong_answers_are_looked_at_twice(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in scanned(capsys, str(pictures)):
        stability = line["estimate"]["stability"]
        doubted = stability is not None and stability["flips"]
        if line["estimate"]["words"] == "Strong signs of AI":
            assert [variant["name"] for variant in stability["variants"]] == ["JPEG, quality 70", "Made grey"]
        assert (stability is None) is not (doubted or line["estimate"]["words"] == "Strong signs of AI")


def test_every_picture_is_tried_with_every_change(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plainly = {line["source"]: line["estimate"]["p_ai"] for line in scanned(capsys, str(pictures))}
    found = scanned(capsys, "--stability", "--jobs", "2", str(pictures))
    assert len(found) == 3
    for line in found:
        estimate = line["estimate"]
        stability = estimate["stability"]
        assert estimate["p_ai"] == plainly[line["source"]]
        assert estimate["stability_problem"] is None
        assert [variant["name"] for variant in stability["variants"]] == [change.value for change in Change]
        assert stability["low"] <= estimate["p_ai"] <= stability["high"]
        # Those that a picture of 32 pixels loses to a smaller size lie outside the model's range.
        counted = sum(variant["counted"] for variant in stability["variants"])
        assert counted == (8 if line["source"].endswith("large.jpg") else 5)
        if stability["flips"]:
            assert estimate["words"] in {"Can't tell", "Outside this model's range"}


def test_a_change_that_leads_to_the_other_model_does_not_count(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = str(pictures / "large.jpg")
    (line,) = scanned(capsys, "--stability", "--model", "auto-experimental", picture)
    assert line["estimate"]["detector"] == "field"
    counted = {variant["name"]: variant["counted"] for variant in line["estimate"]["stability"]["variants"]}
    assert counted[Change.JPEG_90.value]
    assert not counted[Change.HALF.value]  # 480 pixels become 240, too few for it


def test_the_same_picture_holds_or_flips_the_same_way_each_time(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [scanned(capsys, "--stability", "--jobs", jobs, str(pictures / "large.jpg")) for jobs in "12"]
    assert found[0][0]["estimate"] == found[1][0]["estimate"]


def test_table_and_csv_say_it_too(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scan", "--stability", str(pictures)]) == 0
    headings, *rows = capsys.readouterr().out.splitlines()
    assert "CHANGED" in headings
    assert all(" holds " in row or " flips " in row for row in rows)
    assert cli.main(["scan", "--stability", "--format", "csv", str(pictures)]) == 0
    for row in csv.DictReader(io.StringIO(capsys.readouterr().out)):
        assert float(row["stability_low"]) <= float(row["p_ai"]) <= float(row["stability_high"])
        assert row["stability_flips"] in {"true", "false"}


def test_a_picture_that_can_t_be_read_fails_as_ever(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    names = [str(bad), str(tmp_path / "dot.png"), str(pictures / "0.png")]
    assert cli.main(["scan", "--stability", "--format", "jsonl", *names]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    states = {Path(line["source"]).name: line["state"] for line in found}
    assert states == {"bad.png": "failed", "dot.png": "done", "0.png": "done"}
