"""Cloud mode and links on the command line, against the stand-in NIM."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app import cli
from tests.support.keyring_session import AVAILABLE, keyring_session
from tests.support.nim import KEY, StandIn
from tests.support.nim.faults import ANSWERS, CUTS, GOOD, STATUSES, Fault
from tests.support.processes import ROOT

FINISHED = {"done", "failed", "cancelled"}


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NVIDIA_API_KEY", "TELLTALE_NIM_URL", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(key=None) as started:
        yield started
    assert not started.complaints


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        Image.new("RGB", (40, 30), (number * 60, 80, 120)).save(folder / f"{number}.png")
    return folder


def scanned(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    status = cli.main(["scan", "--mode", "cloud", "--format", "jsonl", *arguments])
    captured = capsys.readouterr()
    return status, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_nothing_is_sent_before_somebody_agreed(
    standin: StandIn, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines, said = scanned(capsys, "--nim-url", standin.url, str(pictures))
    assert (status, lines) == (2, [])
    assert "--accept-upload" in said
    assert not standin.requests


def test_an_address_that_is_none_is_refused(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = scanned(capsys, "--nim-url", "ftp://host", "--accept-upload", str(pictures))
    assert status == 2
    assert "address" in said


def test_pictures_get_the_service_s_answer_and_say_what_was_sent(
    standin: StandIn, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines, _ = scanned(capsys, "--nim-url", standin.url, "--accept-upload", str(pictures))
    assert status == 0
    assert len(lines) == 3
    for line in lines:
        assert line["estimate"]["detector"] == "nim-hive"
        assert 1 <= len(line["estimate"]["sources"]) <= 5
        assert line["estimate"]["sent"]["format"] == "PNG"
        assert line["estimate"]["sent"]["reencoded"] is False


def test_the_address_can_come_from_the_environment(
    standin: StandIn, pictures: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLTALE_NIM_URL", standin.url)
    status, lines, _ = scanned(capsys, "--accept-upload", str(pictures))
    assert (status, len(lines)) == (0, 3)


@pytest.mark.parametrize("name", sorted({**STATUSES, **ANSWERS, **CUTS, **GOOD}))
def test_whatever_the_service_does_every_picture_gets_its_one_line(
    standin: StandIn, pictures: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    standin.plan(name)
    status, lines, _ = scanned(capsys, "--nim-url", standin.url, "--accept-upload", str(pictures))
    assert sorted(Path(line["source"]).name for line in lines) == ["0.png", "1.png", "2.png"]
    assert {line["state"] for line in lines} <= FINISHED
    for line in lines:
        assert (line["error"] is not None) == (line["state"] == "failed")
        if line["error"]:
            assert line["error"]["message"].endswith((".", "…", "”"))
            assert line["error"]["hint"]
    assert status == (0 if all(line["state"] == "done" for line in lines) else 1)


def test_a_thousand_pictures_with_mixed_faults_are_all_accounted_for(
    standin: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1000):
        Image.new("RGB", (8, 8), (number % 256, number // 256, 50)).save(folder / f"{number:04}.png")
    dice = random.Random(7)
    # Not those that pause the queue, nor those that slow the whole pool: they have tests of their own.
    kinds = ["unprocessable", "fault", *sorted(CUTS), *sorted(ANSWERS)]
    standin.plan(*(dice.choice(kinds) if dice.random() < 0.1 else Fault() for _ in range(1000)))
    status, lines, _ = scanned(capsys, "--nim-url", standin.url, "--accept-upload", str(folder))
    assert len(lines) == 1000
    assert len({line["source"] for line in lines}) == 1000
    states = [line["state"] for line in lines]
    assert set(states) == {"done", "failed"}
    assert 1 <= states.count("failed") <= 150
    assert status == 1


def test_a_refused_key_stops_the_run_with_one_sentence(
    standin: StandIn, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    standin.always("bad-key")
    status, lines, said = scanned(capsys, "--nim-url", standin.url, "--accept-upload", str(pictures))
    assert status == 1
    assert {line["state"] for line in lines} == {"cancelled"}
    assert said.count("does not accept this key") == 1


def test_a_list_of_names_can_come_from_stdin(pictures: Path) -> None:
    names = "\n".join(str(path) for path in pictures.iterdir())
    command = [sys.executable, "-m", "desktop_app", "scan", "--format", "jsonl", "-"]
    ended = subprocess.run(command, input=names, capture_output=True, text=True, cwd=ROOT, check=True)
    assert len(ended.stdout.splitlines()) == 3


def test_a_link_into_a_private_network_is_refused_in_both_modes(
    standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    link = f"{standin.url}/picture.png"
    for mode in (["--mode", "offline"], ["--mode", "cloud", "--nim-url", standin.url, "--accept-upload"]):
        assert cli.main(["scan", "--format", "jsonl", *mode, link]) == 1
        (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
        assert line["error"]["code"] == "link_private"
    assert not standin.requests


@pytest.mark.skipif(not AVAILABLE, reason="needs gnome-keyring and dbus-run-session")
def test_the_key_goes_into_a_real_keyring_and_out_again_and_shows_nowhere() -> None:
    program = "import sys; from desktop_app.__main__ import main; sys.exit(main(['key', {!r}]))"
    with keyring_session() as session:
        kept = session.run(program.format("set"), stdin=KEY + "\n")
        shown = session.run(program.format("status"))
        removed = session.run(program.format("remove"))
        gone = session.run(program.format("status"))
    for ended in (kept, shown, removed, gone):
        assert KEY not in ended.stdout + ended.stderr
    assert [ended.returncode for ended in (kept, shown, removed, gone)] == [0, 0, 0, 1]
    assert KEY[-4:] in shown.stdout
    assert KEY[-4:] not in gone.stdout


@pytest.mark.skipif(not AVAILABLE, reason="needs gnome-keyring and dbus-run-session")
def test_without_a_keyring_the_command_says_that_the_key_was_not_kept() -> None:
    program = "import sys; from desktop_app.__main__ import main; sys.exit(main(['key', 'set']))"
    with keyring_session() as session:
        ended = session.run(program, keyring="absent", stdin=KEY + "\n")
    assert ended.returncode == 1
    assert "not kept" in ended.stderr
    assert KEY not in ended.stdout + ended.stderr


def test_the_key_is_in_no_request_to_a_service_of_ones_own_and_in_no_file(
    standin: StandIn,
    pictures: Path,
    own_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NVIDIA_API_KEY", KEY)
    standin.plan("bad-key", "fault", "elsewhere", "unprocessable")
    for _ in range(2):
        _, lines, said = scanned(capsys, "--nim-url", standin.url, "--accept-upload", str(pictures))
        assert KEY not in json.dumps(lines) + said
    assert not any(KEY in str(request.headers) or KEY.encode() in request.body for request in standin.requests)
    written = [path for path in own_home.rglob("*") if path.is_file()]
    assert any(path.name == "uploads.jsonl" for path in written)
    assert not any(KEY.encode() in path.read_bytes() for path in written)
