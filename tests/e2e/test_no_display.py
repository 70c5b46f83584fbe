"""Without a display the same command says so in one sentence and answers in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import MakePicture
from tests.support.processes import TELLTALE, Finished, run
from tests.support.screen import LIME, MAGENTA

_LIMIT = 60.0
_NOWHERE = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


def _start(home: Path, *paths: Path, **variables: str) -> Finished:
    words = [*TELLTALE, *map(str, paths)]
    return run(words, _LIMIT, **(_NOWHERE | {"TELLTALE_HOME": str(home)} | variables))


def test_pictures_are_answered_in_a_table_after_one_sentence(painted: MakePicture, own_home: Path) -> None:
    done = _start(own_home, painted("a.png", MAGENTA), painted("b.png", LIME, (32, 32)))
    first, *others = done.stderr.splitlines()
    assert first.startswith("telltale: there is no display")
    assert others == ["telltale: 2 checked"]
    headings, *rows = done.stdout.splitlines()
    assert headings.split() == ["WORDS", "AI", "PICTURE"]
    assert sorted(row.rsplit("/", 1)[1] for row in rows) == ["a.png", "b.png"]
    assert done.status == 0


def test_a_failed_picture_is_in_the_table_and_in_the_exit_status(painted: MakePicture, own_home: Path) -> None:
    picture = painted("a.png", MAGENTA)
    broken = picture.with_name("broken.jpg")
    broken.write_bytes(b"")
    done = _start(own_home, picture, broken)
    assert done.status == 1
    assert "empty" in done.stdout
    assert "Outside this model's range" in done.stdout


@pytest.mark.parametrize("display", [":987", "localhost:987.0", "[::1]:987", "nonsense", ":1:2:3"])
def test_a_display_that_nobody_answers_on_is_none(display: str, painted: MakePicture, own_home: Path) -> None:
    done = _start(own_home, painted("a.png", MAGENTA), DISPLAY=display)
    assert done.status == 0, done.stderr
    assert done.stderr.startswith("telltale: ")
    assert len(done.stdout.splitlines()) == 2


def test_without_pictures_the_sentence_says_what_to_do(own_home: Path) -> None:
    done = _start(own_home)
    assert done.status == 2
    assert done.stdout == ""
    assert "name pictures" in done.stderr
