"""However the program is asked to end, it does so at once and takes everything with it."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.support import pictures
from tests.support.processes import wait_until
from tests.support.program import Program, telltale
from tests.support.xserver import Desktop

_COUNT = 500
_MOST_SECONDS = 2.0
_START_SECONDS = 20.0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """500 pictures that take some seconds to check; hard links, so that they cost no disk."""
    folder = tmp_path_factory.mktemp("many")
    first = folder / "000.jpg"
    first.write_bytes(pictures.jpeg(3000, 2000, progressive=True))
    for number in range(1, _COUNT):
        (folder / f"{number:03}.jpg").hardlink_to(first)
    return folder


def _wait_at_work(program: Program) -> None:
    assert wait_until(program.decoders, _START_SECONDS), f"nothing is decoded; stderr: {program.stderr()}"
    time.sleep(0.5)
    assert program.decoders(), "all was over before the end was asked for: too few pictures"


def _assert_clean(program: Program) -> None:
    assert program.alive() == set(), "a process outlived the window"
    assert program.stderr() == ""
    assert program.log() == ""


def test_closing_the_window_ends_everything_within_two_seconds_while_500_pictures_are_checked(
    desktop: Desktop, many: Path, own_home: Path
) -> None:
    with telltale(desktop, own_home, [many]) as program:
        _wait_at_work(program)
        seconds = program.close_by_window_manager()
        assert program.process.returncode == 0
        assert seconds < _MOST_SECONDS
        _assert_clean(program)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_within_two_seconds(
    desktop: Desktop, many: Path, own_home: Path, number: signal.Signals
) -> None:
    with telltale(desktop, own_home, [many]) as program:
        _wait_at_work(program)
        asked = time.monotonic()
        program.process.send_signal(number)
        status = program.process.wait(10)
        assert time.monotonic() - asked < _MOST_SECONDS
        # 0: it ended as if closed; 128 + n: it says which signal. Killed by the signal (negative) is not clean.
        assert status in {0, 128 + number}
        _assert_clean(program)


def test_a_killed_window_leaves_no_decoder_behind(desktop: Desktop, many: Path, own_home: Path) -> None:
    with telltale(desktop, own_home, [many]) as program:
        _wait_at_work(program)
        program.process.kill()
        program.process.wait(10)
        assert wait_until(lambda: not program.alive(), 5.0), "an orphan goes on decoding"
