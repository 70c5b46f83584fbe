"""Real drops: another process offers files by XDND, the mouse carries them over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import MakePicture
from tests.e2e.waiting import card_of, settled, wait_painted
from tests.support.program import DragSource, Program, drag_source, telltale
from tests.support.screen import CYAN, LIME, MAGENTA, VIOLET
from tests.support.xserver import Desktop


@pytest.fixture
def source(desktop: Desktop) -> Iterator[DragSource]:
    with drag_source(desktop) as started:
        yield started


@pytest.fixture
def window(desktop: Desktop, own_home: Path) -> Iterator[Program]:
    with telltale(desktop, own_home, theme="light", detail_open=False) as program:
        program.place(250, 100, 1200, 800)
        yield program


def _drop(source: DragSource, window: Program, **offer: object) -> str:
    left, top, right, bottom = window.box()
    return source.drag_to((left + right) // 2, (top + bottom) // 2, **offer)


def test_files_then_a_folder_then_junk_dropped_from_another_process_all_become_cards(
    source: DragSource, window: Program, painted: MakePicture
) -> None:
    files = [painted("first picture.png", MAGENTA), painted("zweites Bild – größer.png", LIME)]
    assert _drop(source, window, urls=[path.as_uri() for path in files]) == "CopyAction"
    cards = settled(window, 2)
    assert "outside this model's range" in card_of(cards, "first picture.png")
    assert card_of(cards, "zweites Bild – größer.png")
    wait_painted(window, MAGENTA, LIME)

    folder = painted("album/a.png", CYAN).parent
    painted("album/deeper/b.png", VIOLET)
    assert _drop(source, window, urls=[folder.as_uri()]) == "CopyAction"
    settled(window, 4)
    wait_painted(window, MAGENTA, LIME, CYAN, VIOLET)

    assert _drop(source, window, text="neither a picture nor a path") == "CopyAction"
    cards = settled(window, 5)
    junk = card_of(cards, "neither a picture")
    assert "failed" in junk
    assert "no picture, file or link" in junk
    assert all(path.exists() for path in files), "a drop must never move"
    assert window.log() == ""


def test_the_same_file_dropped_twice_stays_one_card(
    source: DragSource, window: Program, painted: MakePicture
) -> None:
    path = painted("same.png", MAGENTA)
    for _ in range(2):
        assert _drop(source, window, urls=[path.as_uri()]) == "CopyAction"
        settled(window, 1)
    other = painted("other.png", LIME)
    _drop(source, window, urls=[path.as_uri(), other.as_uri()])
    settled(window, 2)
