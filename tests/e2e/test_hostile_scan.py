"""``telltale scan`` over everything that could be wrong with what people drop."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import pictures, processes
from tests.support.hostile import Hostile, make_hostile_folder
from tests.support.processes import ROOT, TELLTALE, as_people_do, run, started_with

HOSTILE_ITEMS = 108
GOOD_ITEMS = 8
_HARD_LIMIT = 60.0

Line = dict[str, Any]


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[list[Hostile]]:
    folder = tmp_path / "hostile"
    folder.mkdir()
    yield make_hostile_folder(folder)
    (folder / "closed folder").chmod(0o700)


def _scan(*paths: Path | str, command: tuple[str, ...] = (), home: Path) -> tuple[int, list[Line], str]:
    """Return status, one dict a line, stderr."""
    if command and shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is missing (Debian: util-linux)")
    words = [*command, *TELLTALE, "scan", "--format", "jsonl", *map(str, paths)]
    done = run(words, _HARD_LIMIT, TELLTALE_HOME=str(home))
    return done.status, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def _end_of(line: Line) -> str:
    code: str = line["error"]["code"] if line["error"] else line["state"]
    return code


def test_108_hostile_items_each_end_with_their_own_line_and_8_good_ones_are_done(
    hostile: list[Hostile], tmp_path: Path, own_home: Path
) -> None:
    assert len(hostile) == HOSTILE_ITEMS
    folder = tmp_path / "hostile"
    good = _good_pictures(folder)
    assert len(good) == GOOD_ITEMS
    status, lines, stderr = _scan(folder, command=as_people_do(), home=own_home)
    by_source = {line["source"]: line for line in lines}
    expected = {item.path: item.ends for item in hostile} | dict.fromkeys(good, frozenset({"done"}))
    assert Counter(line["source"] for line in lines) == Counter(expected.keys())
    ends = {path: _end_of(by_source[path]) for path in expected}
    wrong = {path: end for path, end in ends.items() if end not in expected[path]}
    assert not wrong
    assert all(_is_well_formed(line) for line in lines)
    assert status == 1
    assert "Traceback" not in stderr
    assert not started_with(str(own_home)), "a process outlived the scan"


def _good_pictures(folder: Path) -> list[str]:
    """One of every format, each with a wrong ending."""
    paths = []
    for name, make in pictures.FORMATS.items():
        path = folder / f"good {name}.txt"
        path.write_bytes(make())
        paths.append(str(path))
    return paths


def _is_well_formed(line: Line) -> bool:
    if line["state"] == "done":
        estimate = line["estimate"]
        return line["error"] is None and 0 < estimate["p_ai"] < 1 and bool(estimate["words"]) and line["width"] > 0
    error = line["error"]
    sentence = error["message"].endswith((".", '."')) and "\n" not in error["message"]
    return line["state"] == "failed" and line["estimate"] is None and sentence and bool(error["code"])


def test_names_made_to_deceive_reach_table_and_csv_harmless(hostile: list[Hostile], own_home: Path) -> None:
    names = [item.path for item in hostile if item.ends == {"done"} and "corrupt" not in item.path]
    for kind in ("table", "csv"):
        done = run([*TELLTALE, "scan", "--format", kind, "--", *names], _HARD_LIMIT, TELLTALE_HOME=str(own_home))
        assert done.status == 0, done.stderr
        if kind == "table":
            assert not set("\x1b\x07\r\u202e\u2067\u2028") & set(done.stdout)
            assert len(done.stdout.splitlines()) == len(names) + 1
        assert not any(line.startswith(("=", "+", "@", "\t")) for line in done.stdout.splitlines())


def test_arguments_that_lead_nowhere_are_failed_lines(tmp_path: Path, own_home: Path) -> None:
    empty = tmp_path / "empty folder"
    empty.mkdir()
    picture = tmp_path / "good.png"
    picture.write_bytes(pictures.png(32, 32))
    words: list[Path | str] = [
        tmp_path / "missing.png",
        empty,
        "http://127.0.0.1:9/a.jpg",
        "data:image/png;base64,!",
        picture,
    ]
    status, lines, _ = _scan(*words, home=own_home)
    assert status == 1
    assert Counter(map(_end_of, lines)) == Counter(
        ["missing_file", "empty_folder", "link_private", "nothing_usable", "done"]
    )


def test_a_folder_that_vanishes_in_mid_scan_ends_the_scan_in_words(tmp_path: Path, own_home: Path) -> None:
    folder = tmp_path / "vanishing"
    folder.mkdir()
    count = 400
    data = pictures.jpeg(1600, 1200)
    for number in range(count):
        (folder / f"{number:03}.jpg").write_bytes(data)
    process = subprocess.Popen(
        [*TELLTALE, "scan", "--jobs", "1", "--format", "jsonl", str(folder)],
        cwd=ROOT,
        env=os.environ | {"TELLTALE_HOME": str(own_home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        with process.stdout as stdout:
            first = stdout.readline()
            shutil.rmtree(folder)
            lines = [json.loads(line) for line in (first, *stdout)]
        assert process.wait(_HARD_LIMIT) == 1
    finally:
        processes.end(process)
    ends = Counter(map(_end_of, lines))
    assert set(ends) == {"done", "missing_file"}
    assert sum(ends.values()) == count, "an item was dropped silently"


def test_a_scan_that_is_interrupted_stops_within_two_seconds(tmp_path: Path, own_home: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    data = pictures.jpeg(2400, 1800)
    for number in range(300):
        (folder / f"{number}.jpg").write_bytes(data)
    process = subprocess.Popen(
        [*TELLTALE, "scan", "--format", "jsonl", str(folder)],
        cwd=ROOT,
        env=os.environ | {"TELLTALE_HOME": str(own_home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(2)
        asked = time.monotonic()
        _, stderr = process.communicate(timeout=10)
        assert time.monotonic() - asked < 2.0
    finally:
        processes.end(process)
    assert process.returncode == 130
    assert b"stopped" in stderr
    assert b"Traceback" not in stderr
    assert not started_with(str(own_home))
