from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QPainter
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import Mode
from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import Raster
from desktop_app.core.sources import FileSource
from desktop_app.ui.cards import painted
from desktop_app.ui.cards.metrics import CardMetrics
from desktop_app.ui.cards.painted import Appearance, PaintedCards
from desktop_app.ui.cards.painter import CardLook, CardPainter
from desktop_app.ui.theme import Theme

GROUND = QColor("#102030")
SIZE = QSize(40, 30)


class Shop:
    """Cards that count how often they are painted."""

    def __init__(self) -> None:
        self.kept = PaintedCards()
        self.painter = CardPainter(CardMetrics.measure(QFont(), 160, 2), Theme("light").colours)
        self.painted: list[int] = []

    def wanted(self, item: Item, *, selected: bool = False, raster: Raster | None = None) -> Appearance:
        return Appearance(item, raster, self.painter, CardLook(selected=selected), SIZE, 1.0)

    def ask(self, wanted: Appearance, then: Callable[[], None] = lambda: None) -> tuple[bool, bool]:
        def paint(painter: QPainter) -> None:
            painter.fillRect(0, 0, 20, 30, QColor("#ff0000"))
            self.painted.append(wanted.item.id)
            then()

        card, done = self.kept.get(wanted, GROUND, paint)
        return card is not None, done


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that pass only when a test says so."""
    now = [100.0]
    monkeypatch.setattr(painted, "perf_counter", lambda: now[0])
    return now


@pytest.fixture
def shop(qapp: object, clock: list[float]) -> Shop:
    del qapp, clock
    return Shop()


def item(number: int = 1, state: ItemState = ItemState.QUEUED) -> Item:
    return Item(number, FileSource(Path(f"{number}.png")), f"{number}.png", Mode.OFFLINE, state=state)


def test_a_card_that_looks_the_same_is_painted_once(shop: Shop) -> None:
    wanted = shop.wanted(item())
    assert shop.ask(wanted) == (True, True)
    assert shop.ask(shop.wanted(wanted.item)) == (True, True)
    assert shop.painted == [1]


def test_a_new_snapshot_picture_or_look_is_painted_anew(shop: Shop) -> None:
    one = item()
    for wanted in (
        shop.wanted(one),
        shop.wanted(one, selected=True),
        shop.wanted(one, raster=Raster(1, 1, b"\0\0\0")),
        shop.wanted(item()),
    ):
        shop.ask(wanted)
    assert shop.painted == [1, 1, 1, 1]


def test_past_the_frames_time_cards_wait_for_the_next_frame(shop: Shop, qtbot: QtBot, clock: list[float]) -> None:
    def take_long() -> None:
        clock[0] += 1.0

    old = item(2)
    shop.ask(shop.wanted(old), take_long)
    assert shop.ask(shop.wanted(item(3))) == (False, False)  # never painted: nothing to show
    assert shop.ask(shop.wanted(item(2))) == (True, False)  # painted before: shown as it was
    qtbot.wait(20)
    assert shop.ask(shop.wanted(item(3))) == (True, True)
    assert shop.painted == [2, 3]


def test_a_card_is_opaque_with_the_windows_ground(shop: Shop) -> None:
    wanted = shop.wanted(item())
    card, _ = shop.kept.get(wanted, GROUND, lambda painter: painter.fillRect(0, 0, 20, 30, QColor("#ff0000")))
    assert card is not None
    image = card.toImage()
    assert image.pixelColor(5, 5) == QColor("#ff0000")
    assert image.pixelColor(30, 5) == GROUND
