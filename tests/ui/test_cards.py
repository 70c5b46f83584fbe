from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Mode, Words
from desktop_app.core.items import Item
from desktop_app.ui.actions import Do
from desktop_app.ui.cards.face import face_of
from desktop_app.ui.theme import LIGHT
from desktop_app.ui.window import Window
from tests.ui.fakes import REASON, done, failed, waiting
from tests.ui.showing import card, colours_in, index_of, show

_DATA_COLOURS = {LIGHT.strong.name(), LIGHT.some.name(), LIGHT.few.name()}
_FORBIDDEN = ("real", "fake", "authentic")


def test_a_card_out_of_range_shows_its_bars_without_any_colour_that_answers(window: Window) -> None:
    show(window, [done(1, 0.97)])
    window.desk.thumbnails.forget([1])
    colours = colours_in(card(window, 1))
    assert not _DATA_COLOURS & colours.keys()
    assert colours.get(LIGHT.idle.name(), 0) > 40, "the muted bar is missing"
    # The lines of the hatching are softened at their edges; their middle keeps the colour or comes close to it.
    assert sum(count for name, count in colours.items() if name < LIGHT.idle.name()) > 100


@pytest.mark.parametrize(
    ("p_ai", "words", "colour"),
    [
        (0.97, Words.STRONG, LIGHT.strong),
        (0.8, Words.SOME, LIGHT.some),
        (0.5, Words.CANT_TELL, LIGHT.neutral),
        (0.04, Words.FEW, LIGHT.few),
    ],
)
def test_a_card_in_range_shows_its_words_in_their_own_colour(
    window: Window, p_ai: float, words: Words, colour: object
) -> None:
    show(window, [done(1, p_ai, words)])
    window.desk.thumbnails.forget([1])
    colours = colours_in(card(window, 1))
    assert colours.get(getattr(colour, "name")(), 0) > 30  # noqa: B009  # a QColor
    assert LIGHT.idle.name() not in colours


def test_no_card_ever_says_real_fake_or_authentic() -> None:
    items: list[Item] = [done(n, 0.5, words) for n, words in enumerate(Words)]
    for item in [*items, failed(9), waiting(10)]:
        face = face_of(item)
        said = f"{face.headline} {face.number} {face.badge} {face.message}".lower()
        assert not [word for word in _FORBIDDEN if word in said.split()]


def test_the_words_come_before_the_number_and_the_number_is_whole() -> None:
    face = face_of(done(1, 0.8149, Words.SOME))
    assert (face.headline, face.number) == ("Some signs of AI", "81\u00a0%")
    assert face_of(done(1, 0.004, Words.FEW)).number == "<1\u00a0%"
    assert face_of(done(1, 0.9999, Words.STRONG)).number == ">99\u00a0%"


def test_an_estimate_that_contradicts_its_range_is_still_out_of_range() -> None:
    from dataclasses import replace

    item = done(1, 0.97, Words.STRONG)
    assert item.estimate is not None
    face = face_of(replace(item, estimate=replace(item.estimate, in_range=False)))
    assert (face.headline, face.muted) == ("Outside this model's range", True)


def test_a_card_says_which_detector_gave_the_number() -> None:
    assert face_of(done(1)).badge == "Offline · CIFAKE model"
    assert face_of(done(1, mode=Mode.CLOUD)).badge == "Cloud · Hive"
    assert face_of(waiting(1)).badge == "Offline"


def test_a_failed_card_carries_its_sentence() -> None:
    face = face_of(failed(1, error=TelltaleError("This is what happened.")))
    assert (face.headline, face.message) == ("Failed", "This is what happened.")


def test_why_is_one_click_away(window: Window) -> None:
    show(window, [done(1), done(2, 0.97, Words.STRONG)])
    window.actions_of[Do.DETAIL].setChecked(False)
    grid = window.work.grid
    box = grid.visualRect(index_of(grid, 1))
    where = grid.cards.why_box(QRectF(box)).center().toPoint()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert window.work.detail.isVisible()
    assert window.work.detail.one.answer.range_text() == REASON


def test_a_card_in_range_has_no_why(window: Window) -> None:
    show(window, [done(1, 0.97, Words.STRONG)])
    window.actions_of[Do.DETAIL].setChecked(False)
    grid = window.work.grid
    box = grid.visualRect(index_of(grid, 1))
    where: QPoint = grid.cards.why_box(QRectF(box)).center().toPoint()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert not window.work.detail.isVisible()


def test_the_picture_is_sharp_on_a_dense_screen() -> None:
    from PySide6.QtCore import QSize

    from desktop_app.ui.listing.thumbnails import fitted
    from tests.ui.fakes import raster

    pixmap = fitted(raster(1, 256, 192), QSize(100, 100), 2.0)
    assert (pixmap.width(), pixmap.height()) == (200, 150)
    assert pixmap.deviceIndependentSize().width() == 100


def test_missing_thumbnails_in_sight_are_asked_for_again_and_others_are_not(
    window: Window, qtbot: QtBot, world: object
) -> None:
    from desktop_app.core.events import ItemsAdded
    from tests.ui.fakes import FakeWorld

    assert isinstance(world, FakeWorld)
    window.desk.take([ItemsAdded(tuple(done(n) for n in range(1, 400)))])
    qtbot.waitUntil(lambda: bool(world.queue.named("thumbnail")), timeout=2000)
    qtbot.wait(80)
    asked = {call[1] for call in world.queue.named("thumbnail")}
    assert 1 in asked
    assert 399 not in asked
    assert len(asked) == len(world.queue.named("thumbnail")), "no wish twice"
