from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import HeatCell, Mode, Words
from desktop_app.core.events import PreviewReady
from desktop_app.core.picture import Raster
from desktop_app.ui.detail.heat import Heat, tint
from desktop_app.ui.detail.heat_grid import as_grid, as_parts
from desktop_app.ui.detail.heat_words import heat_sentence
from desktop_app.ui.theme import DARK, LIGHT, Colours
from desktop_app.ui.window import Window
from tests.ui.fakes import done, failed, heat_cells, raster, with_heat
from tests.ui.showing import show

HALVES = (HeatCell(0.0, 0.0, 0.5, 1.0, 1.0), HeatCell(0.5, 0.0, 1.0, 1.0, 0.0))


def grey(width: int = 320, height: int = 240) -> Raster:
    return Raster(width, height, bytes((128, 128, 128)) * (width * height))


def colour_at(window: Window, across: float, down: float) -> QColor:
    """What the larger picture shows at a place in it, in parts of its width and height."""
    view = window.work.detail.one.picture
    place = view.place()
    image = view.grab().toImage()
    ratio = image.devicePixelRatio()
    x, y = place.left() + across * place.width(), place.top() + down * place.height()
    return image.pixelColor(QPoint(round(x * ratio), round(y * ratio)))


def leaning(colour: QColor) -> str:
    difference = colour.red() - colour.blue()
    return "orange" if difference > 20 else "blue" if difference < -20 else "grey"


def over_grey(cells: tuple[HeatCell, ...]) -> QImage:
    """A grey picture of 100 × 100 pixels, tinted."""
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    Heat(cells).draw(painter, QRectF(image.rect()), LIGHT)
    painter.end()
    return image


def show_with_heat(window: Window, words: Words = Words.STRONG, cells: tuple[HeatCell, ...] = HALVES) -> None:
    show(window, [with_heat(done(1, 0.97, words), cells), done(2, 0.97, Words.STRONG)])
    window.desk.listing.select([1])
    window.desk.take([PreviewReady(1, grey())])


def test_a_model_that_does_not_say_where_is_not_asked(window: Window) -> None:
    show(window, [done(1, 0.97, Words.STRONG), failed(2), done(3, mode=Mode.CLOUD)])
    for item_id in (1, 2, 3):
        window.desk.listing.select([item_id])
        assert window.work.detail.one.heat.isHidden()
        assert window.work.detail.one.heat.words() == ""


def test_without_cells_nothing_is_painted() -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    Heat(()).draw(painter, QRectF(0, 0, 20, 20), LIGHT)
    painter.end()
    assert image.pixelColor(10, 10).alpha() == 0


def test_nothing_is_tinted_before_somebody_asks(window: Window) -> None:
    show_with_heat(window)
    assert leaning(colour_at(window, 0.1, 0.5)) == "grey"
    assert window.work.detail.one.heat.words() == ""


def test_orange_lies_where_it_speaks_for_ai_and_blue_where_against(window: Window) -> None:
    show_with_heat(window)
    window.work.detail.one.heat.button.click()
    assert leaning(colour_at(window, 0.1, 0.5)) == "orange"
    assert leaning(colour_at(window, 0.5, 0.5)) == "grey"
    assert leaning(colour_at(window, 0.9, 0.5)) == "blue"
    window.work.detail.one.heat.button.click()
    assert leaning(colour_at(window, 0.1, 0.5)) == "grey"


def test_the_tint_keeps_to_a_letterboxed_picture(window: Window, qtbot: QtBot) -> None:
    show_with_heat(window)
    window.desk.take([PreviewReady(1, grey(400, 100))])
    window.work.detail.one.heat.button.click()
    picture = window.work.detail.one.picture
    qtbot.waitUntil(lambda: picture.place().top() > 30, timeout=1000)
    place = picture.place()
    above = -0.5 * place.top() / place.height()
    assert leaning(colour_at(window, 0.1, above)) == "grey"
    assert leaning(colour_at(window, 0.1, 0.5)) == "orange"


def test_the_picture_loses_its_own_colours_while_it_is_tinted(window: Window) -> None:
    show_with_heat(window, cells=(HeatCell(0, 0, 0.5, 1, 0.5), HeatCell(0.5, 0, 1, 1, 0.5)))
    window.desk.take([PreviewReady(1, Raster(4, 3, bytes((250, 120, 0)) * 12))])
    assert leaning(colour_at(window, 0.5, 0.5)) == "orange"
    window.work.detail.one.heat.button.click()
    assert leaning(colour_at(window, 0.5, 0.5)) == "grey"


def test_what_the_model_never_saw_is_framed_off_and_not_tinted(window: Window) -> None:
    middle = tuple(HeatCell(0.25 + part / 4, 0.0, 0.5 + part / 4, 1.0, 1.0) for part in (0, 1))
    show_with_heat(window, cells=middle)
    window.work.detail.one.heat.button.click()
    assert leaning(colour_at(window, 0.1, 0.5)) == "grey"
    assert leaning(colour_at(window, 0.5, 0.5)) == "orange"


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_tint_fits_on_every_screen(ratio: float, colours: Colours) -> None:
    image = QImage(round(80 * ratio), round(60 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    Heat(HALVES).draw(painter, QRectF(0, 0, 80, 60), colours)
    painter.end()
    sides = [leaning(image.pixelColor(round(x * ratio), round(30 * ratio))) for x in (5, 74)]
    assert sides == ["orange", "blue"]


def test_cells_of_many_sizes_are_rectangles() -> None:
    uneven = (HeatCell(0, 0, 0.3, 0.3, 1.0), HeatCell(0.6, 0.6, 1.0, 0.9, 0.0))
    assert as_grid(uneven) is None
    image = over_grey(uneven)
    places = [leaning(image.pixelColor(x, y)) for x, y in ((10, 10), (50, 50), (80, 75))]
    assert places == ["orange", "grey", "blue"]


def test_a_small_cell_takes_the_place_of_what_lies_under_it() -> None:
    large, small = HeatCell(0, 0, 1, 1, 1.0), HeatCell(0.4, 0.4, 0.6, 0.6, 0.9)
    neither, against = HeatCell(0.1, 0.1, 0.2, 0.2, 0.5), HeatCell(0.8, 0.8, 0.9, 0.9, 0.0)
    together, alone = over_grey((large, small, neither, against)), over_grey((small, neither))
    assert together.pixelColor(50, 50) == alone.pixelColor(50, 50)
    places = [leaning(together.pixelColor(x, x)) for x in (5, 15, 85)]
    assert places == ["orange", "grey", "blue"]


def test_what_lies_between_two_views_is_framed_off_too() -> None:
    image = over_grey((HeatCell(0, 0, 0.4, 1, 0.5), HeatCell(0.6, 0, 1, 1, 0.5)))
    lightness = [image.pixelColor(x, 50).lightness() for x in (20, 40, 50, 60, 80)]
    assert [abs(found - 128) > 50 for found in lightness] == [False, True, False, True, False]


def test_the_maps_of_several_views_are_told_apart() -> None:
    def view(left: float, top: float, side: float) -> list[HeatCell]:
        ends = [side * step / 3 for step in range(4)]
        rows = list(itertools.pairwise(top + end for end in ends))
        columns = list(itertools.pairwise(left + end for end in ends))
        return [HeatCell(a, c, b, d, 0.9) for c, d in rows for a, b in columns]

    views = [(0.0, 0.1, 0.6), (0.4, 0.1, 0.6), (0.15, 0.15, 0.2), (0.65, 0.15, 0.2), (0.15, 0.65, 0.2)]
    parts = as_parts([cell for place in views for cell in view(*place)])
    assert [(part.columns, part.rows) for part in parts] == [(3, 3)] * 5
    assert [(round(part.box.left(), 2), round(part.box.top(), 2)) for part in parts] == [
        view[:2] for view in views
    ]


def test_a_map_with_a_gap_is_left_in_single_cells() -> None:
    assert [(part.columns, part.rows) for part in as_parts(heat_cells(3)[:-1])] == [(1, 1)] * 8


@pytest.mark.parametrize(("columns", "rows"), [(4096, 1), (1, 4096), (2048, 2)])
def test_the_finest_map_is_one_grid(columns: int, rows: int) -> None:
    cells = [
        HeatCell(column / columns, row / rows, (column + 1) / columns, (row + 1) / rows, 0.9)
        for row in range(rows)
        for column in range(columns)
    ]
    (part,) = as_parts(cells)
    assert (part.columns, part.rows) == (columns, rows)


def test_views_that_overlap_are_no_grid() -> None:
    halves = (HeatCell(0, 0.1, 0.6, 0.9, 0.9), HeatCell(0.4, 0.1, 1, 0.9, 0.8))
    quarters = tuple(
        HeatCell(left, top, left + 0.2, top + 0.2, 0.3) for top in (0.15, 0.65) for left in (0.15, 0.65)
    )
    assert as_grid((*halves, *quarters)) is None
    assert heat_sentence((*halves, *quarters)) == "Most for AI: the left. Most against: the upper left."


@given(st.integers(1, 9), st.integers(1, 9), st.randoms())
def test_a_grid_is_found_whatever_the_order_of_its_cells(columns: int, rows: int, chance: object) -> None:
    cells = [
        HeatCell(x / columns, y / rows, (x + 1) / columns, (y + 1) / rows, (y * columns + x) / (columns * rows))
        for y in range(rows)
        for x in range(columns)
    ]
    wanted = as_grid(cells)
    chance.shuffle(cells)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert wanted is not None
    assert (wanted.columns, wanted.rows) == (columns, rows)
    assert as_grid(cells) == wanted


@pytest.mark.parametrize("p", [-0.5, 0.0, 0.5, 1.0, 1.5])
def test_a_cell_that_says_nothing_has_no_colour_and_no_cell_is_solid(p: float) -> None:
    alpha = tint(p, LIGHT).alphaF()
    assert alpha < 0.7
    assert (alpha == 0) is (p == 0.5)


def test_the_keyboard_reaches_the_switch(window: Window) -> None:
    show_with_heat(window)
    key = window.work.detail.one.heat
    assert key.button.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(key.button, Qt.Key.Key_Space)
    assert key.on
    assert leaning(colour_at(window, 0.1, 0.5)) == "orange"


def test_the_words_stand_there_as_long_as_the_tint_and_reach_a_screen_reader(window: Window) -> None:
    show_with_heat(window)
    one = window.work.detail.one
    one.heat.button.click()
    assert one.heat.words() == (
        "Where the score came from, not proof. Most for AI: the left. Most against: the right."
    )
    assert one.picture.accessibleDescription() == one.heat.words()
    one.heat.button.click()
    assert one.picture.accessibleDescription() == ""


def test_what_was_not_looked_at_is_said_to_be(window: Window) -> None:
    show_with_heat(window, cells=(HeatCell(0.25, 0.0, 0.5, 1.0, 1.0), HeatCell(0.5, 0.0, 0.75, 1.0, 0.0)))
    key = window.work.detail.one.heat
    key.button.click()
    assert key.words().endswith("What lies outside the broken line was not looked at.")


def test_outside_the_range_the_words_disown_it(window: Window) -> None:
    show_with_heat(window, Words.OUT_OF_RANGE)
    window.work.detail.one.heat.button.click()
    assert "outside the model's range, so this says even less" in window.work.detail.one.heat.words()


def test_the_switch_stays_on_from_picture_to_picture(window: Window) -> None:
    show_with_heat(window)
    one = window.work.detail.one
    one.heat.button.click()
    window.desk.listing.select([2])
    assert one.heat.isHidden()
    window.desk.take([PreviewReady(2, grey())])
    assert leaning(colour_at(window, 0.1, 0.5)) == "grey"
    window.desk.listing.select([1])
    assert one.heat.on
    window.desk.take([PreviewReady(1, raster(1))])
    assert leaning(colour_at(window, 0.1, 0.5)) == "orange"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ((), ""),
        ((HeatCell(0, 0, 1, 1, 0.5),), "No part speaks either way."),
        (heat_cells(9, (4, 4)), "Most for AI: the middle. Most against: the upper left."),
        (
            (HeatCell(0, 0, 1, 0.5, 0.9), HeatCell(0, 0.5, 1, 1, 0.7)),
            "Every part speaks for AI, the top most.",
        ),
        (
            (HeatCell(0, 0, 0.5, 1, 0.4), HeatCell(0.5, 0, 1, 1, 0.2)),
            "Every part speaks against AI, the right most.",
        ),
    ],
)
def test_where_it_came_from_is_said_in_words(cells: tuple[HeatCell, ...], sentence: str) -> None:
    assert heat_sentence(cells) == sentence
