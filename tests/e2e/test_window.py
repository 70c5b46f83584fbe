"""The real program on a real X server: pictures named on the command line become cards."""

from __future__ import annotations

import json
from pathlib import Path

from desktop_app.ui.theme import LIGHT
from tests.e2e.conftest import MakePicture
from tests.e2e.waiting import card_of, settled, wait_painted
from tests.support.processes import TELLTALE, run, wait_until
from tests.support.program import telltale
from tests.support.screen import CYAN, LIME, MAGENTA, area, hexadecimal
from tests.support.xserver import Desktop

_MARK_PIXELS = 15
_WARNING = hexadecimal(LIGHT.warning.name())


def test_pictures_named_as_arguments_become_cards_with_their_thumbnails_and_states(
    desktop: Desktop, painted: MakePicture, tmp_path: Path, own_home: Path
) -> None:
    inside = painted("inside.png", MAGENTA, (32, 32))
    outside = painted("outside.png", CYAN)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    with telltale(desktop, own_home, [inside, outside, broken], theme="light", detail_open=False) as program:
        program.place(100, 60, 1200, 800)
        cards = settled(program, 3)
        wait_painted(program, CYAN)
        picture = program.picture()
        log = program.log()
    assert area(picture, MAGENTA).apart_from(area(picture, CYAN))
    assert area(picture, _WARNING).pixels > _MARK_PIXELS, "the failed card shows no mark"
    assert "failed" in card_of(cards, "broken.jpg")
    assert "not a picture" in card_of(cards, "broken.jpg")
    assert "outside this model's range" in card_of(cards, "outside.png")
    assert "outside this model's range" not in card_of(cards, "inside.png")
    assert log == ""


def test_the_window_and_the_command_line_say_the_same(
    desktop: Desktop, painted: MakePicture, own_home: Path
) -> None:
    pictures = [painted(f"{name}.png", colour, (32, 32)) for name, colour in (("m", MAGENTA), ("l", LIME))]
    done = run([*TELLTALE, "scan", "--format", "jsonl", *map(str, pictures)], 60, TELLTALE_HOME=str(own_home))
    told = {Path(line["source"]).name: line for line in map(json.loads, done.stdout.splitlines())}
    with telltale(desktop, own_home, pictures) as program:
        cards = settled(program, len(pictures))
    for picture in pictures:
        words = told[picture.name]["estimate"]["words"]
        assert words[1:] in card_of(cards, picture.name)


def test_a_window_without_failures_shows_no_failure_mark(
    desktop: Desktop, painted: MakePicture, own_home: Path
) -> None:
    pictures = [painted("one.png", MAGENTA), painted("two.png", LIME)]
    with telltale(desktop, own_home, pictures, theme="light", detail_open=False) as program:
        program.place(100, 60, 1200, 800)
        settled(program, 2)
        wait_painted(program, MAGENTA, LIME)
        assert area(program.picture(), _WARNING, 4).pixels <= _MARK_PIXELS


def test_size_and_place_of_the_window_are_remembered(desktop: Desktop, own_home: Path) -> None:
    boxes = []
    for first in (True, False):
        with telltale(desktop, own_home) as program:
            if first:
                program.place(210, 130, 1111, 777)
            assert wait_until(lambda: program.box()[2] - program.box()[0] == 1111, 5), program.box()
            boxes.append(program.box())
            program.close_by_window_manager()
    assert boxes[0] == boxes[1]
