import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app import cli
from desktop_app.__main__ import main

HEAVY = ("PySide6", "onnxruntime", "keyring", "httpx", "numpy")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        Image.new("RGB", (32, 32), (number * 60, 80, 120)).save(folder / f"{number}.png")
    Image.new("RGB", (64, 48), "green").save(folder / "large.jpg")
    return folder


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, desktop_app.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [["scan"], ["scan", "--jobs", "0", "x"], ["scan", "--format", "xml", "x"], ["scan", "--mode", "moon", "x"]],
)
def test_wrong_usage_ends_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_folder_gives_one_json_line_a_picture(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scan", "--format", "jsonl", "--jobs", "2", str(pictures)]) == 0
    captured = capsys.readouterr()
    found = lines(captured.out)
    assert len(found) == 5
    assert {line["state"] for line in found} == {"done"}
    large = next(line for line in found if line["source"].endswith("large.jpg"))
    assert large["estimate"]["words"] == "Outside this model's range"
    assert large["estimate"]["in_range"] is False
    assert all(line["estimate"]["in_range"] for line in found if line is not large)
    assert "5 checked" in captured.err


def test_one_bad_file_makes_status_1_and_spoils_nothing_else(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pictures / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    assert cli.main(["scan", "--format", "csv", str(pictures)]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert sorted(row["state"] for row in rows) == ["done"] * 5 + ["failed"]


def test_a_picture_named_twice_is_one_result(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(pictures / "0.png")
    assert cli.main(["scan", "--format", "jsonl", name, name]) == 0
    assert len(lines(capsys.readouterr().out)) == 1


def test_the_table_is_the_default(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["scan", str(pictures / "0.png")])
    assert capsys.readouterr().out.startswith("WORDS")


def test_without_a_display_the_window_command_prints_a_table(
    pictures: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([str(pictures)]) == 0
    captured = capsys.readouterr()
    assert "no display" in captured.err.splitlines()[0]
    assert len(captured.out.splitlines()) == 6


def test_without_a_display_and_without_pictures_it_says_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 2
    assert "name pictures" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(pictures: Path) -> None:
    command = f"{sys.executable} -m desktop_app scan --format jsonl {pictures} | head -n 1"
    ended = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)  # noqa: S602  # a pipe is what is tested
    assert len(ended.stdout.splitlines()) == 1
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr


def test_version_and_help_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as ended:
            main([option])
        assert ended.value.code == 0
    assert "telltale" in capsys.readouterr().out


def test_the_help_says_what_holds_when_nothing_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["scan", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    for default in (
        "(default: offline)",
        "(default: table)",
        "or one a processor",
        "or NVIDIA's)",
        "in Settings)",
    ):
        assert default in said


def test_the_same_picture_gives_the_same_number_to_the_last_digit(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = []
    for jobs in ("1", "3"):
        cli.main(["scan", "--format", "jsonl", "--jobs", jobs, str(pictures)])
        found = lines(capsys.readouterr().out)
        numbers.append({line["source"]: line["estimate"]["p_ai"] for line in found})
    assert numbers[0] == numbers[1]


def test_a_name_that_is_not_utf8_can_come_from_stdin(pictures: Path, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9 .png"
    with open(name, "wb") as file:  # noqa: PTH123  # a name in bytes
        file.write((pictures / "0.png").read_bytes())
    command = [sys.executable, "-m", "desktop_app", "scan", "--format", "jsonl", "-"]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8:strict"}
    ended = subprocess.run(command, input=name + b"\n", capture_output=True, env=environment, check=True)
    assert [line["state"] for line in lines(ended.stdout.decode())] == ["done"]


def test_csv_holds_every_name_whatever_the_terminal_can_show(pictures: Path) -> None:
    (pictures / "0.png").rename(pictures / "日本.png")
    command = [sys.executable, "-m", "desktop_app", "scan", "--format", "csv", str(pictures / "日本.png")]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(command, capture_output=True, env=environment, check=True)
    (row,) = csv.DictReader(io.StringIO(ended.stdout.decode()))
    assert Path(row["source"]).name == "日本.png"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_one_sentence(pictures: Path) -> None:
    command = f"{sys.executable} -m desktop_app scan --format jsonl {pictures} > /dev/full"
    ended = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602  # a pipe is what is tested
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == ["telltale: the results can't be written: No space left on device."]


def test_an_empty_name_is_not_the_current_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scan", "--format", "jsonl", ""]) == 1
    (line,) = lines(capsys.readouterr().out)
    assert line["error"]["code"] == "missing_file"


def test_a_name_that_looks_like_an_option_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["scan", "a.png", "--\x1b]0;gotcha\x07.png"])
    assert ended.value.code == 2
    assert not {"\x1b", "\x07"} & set(capsys.readouterr().err)


def test_a_misspelt_option_is_no_picture(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["a.png", "--fromat", "csv"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--fromat" in captured.err


def test_an_address_of_a_service_without_cloud_mode_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--nim-url", "http://127.0.0.1:1", "a.png"]) == 2
    assert "--mode cloud" in capsys.readouterr().err
