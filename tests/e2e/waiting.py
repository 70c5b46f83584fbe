"""Waiting for what a running window shows."""

from __future__ import annotations

from tests.support.processes import wait_until
from tests.support.program import Program
from tests.support.screen import Rgb, area

_CHECKED_SECONDS = 30.0
_SHOWN_SECONDS = 8.0
_THUMBNAIL_PIXELS = 3000
_UNFINISHED = (", waiting", ", reading", ", checking")


def settled(program: Program, count: int) -> list[str]:
    """Wait until ``count`` cards are announced and none is on its way; return what is announced."""

    def finished() -> bool:
        cards = program.cards()
        return len(cards) == count and not any(word in card for card in cards for word in _UNFINISHED)

    assert wait_until(finished, _CHECKED_SECONDS, 0.2), f"cards: {program.cards()}; stderr: {program.stderr()}"
    return program.cards()


def card_of(cards: list[str], name: str) -> str:
    """Return what is announced about the one card of that name."""
    (card,) = (card for card in cards if card.startswith(name))
    return card


def wait_painted(program: Program, *colours: Rgb) -> None:
    """Wait until the screen shows a thumbnail of each colour."""

    def painted() -> bool:
        picture = program.picture()
        return all(area(picture, colour).pixels > _THUMBNAIL_PIXELS for colour in colours)

    assert wait_until(painted, _SHOWN_SECONDS, 0.1), f"the screen lacks one of {colours}"
