from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.estimates import Words
from desktop_app.ui.actions import Do
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.order import Arrangement, SortBy
from desktop_app.ui.window import Window
from tests.ui.fakes import done, failed
from tests.ui.showing import index_of, show, shown_names

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier


def click(window: Window, item_id: int, modifier: Qt.KeyboardModifier = _NONE) -> None:
    view = window.work.view
    where = view.visualRect(index_of(view, item_id)).topLeft() + QPoint(30, 30)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, where)


def chosen(window: Window) -> list[int]:
    return window.desk.listing.selected_ids()


def test_a_click_beside_the_cards_selects_nothing(window: Window) -> None:
    show(window, [done(1)])
    click(window, 1)
    assert chosen(window) == [1]
    corner = QPoint(window.work.grid.viewport().width() - 3, window.work.grid.viewport().height() - 3)
    QTest.mouseClick(window.work.grid.viewport(), Qt.MouseButton.LeftButton, _NONE, corner)
    assert chosen(window) == []


def test_clicks_with_control_and_shift_select_as_everywhere(window: Window) -> None:
    show(window, [done(n) for n in range(1, 7)])
    click(window, 2)
    click(window, 4, _CONTROL)
    assert chosen(window) == [2, 4]
    click(window, 6, _SHIFT)
    assert chosen(window) == [4, 5, 6]
    click(window, 5, _CONTROL)
    assert chosen(window) == [4, 6]
    click(window, 1)
    assert chosen(window) == [1]


def test_the_selection_follows_the_items_through_sorting(window: Window) -> None:
    show(window, [done(n, n / 10, Words.SOME) for n in range(1, 6)])
    click(window, 2)
    window.arrange(Arrangement(SortBy.SCORE, descending=True))
    assert shown_names(window)[0] == "IMG_0005.jpg"
    assert chosen(window) == [2]
    assert window.work.grid.items.id_at(window.work.grid.currentIndex()) == 2


def test_a_filter_hides_selected_items_from_commands_and_gives_them_back(window: Window) -> None:
    show(window, [done(1), failed(2), done(3)])
    window.actions_of[Do.SELECT_ALL].trigger()
    window.filters.only(Group.FAILED)
    assert chosen(window) == [2]
    window.filters.clear()
    assert chosen(window) == [1, 2, 3]


def test_both_views_share_the_selection(window: Window) -> None:
    show(window, [done(n) for n in range(1, 5)])
    click(window, 3)
    window.actions_of[Do.TABLE].trigger()
    assert window.work.table.currentIndex().row() == 2
    click(window, 4, _CONTROL)
    window.actions_of[Do.GRID].trigger()
    assert chosen(window) == [3, 4]


def test_arrow_keys_walk_through_the_rows_of_cards(window: Window) -> None:
    show(window, [done(n) for n in range(1, 30)])
    grid = window.work.grid
    columns = grid.grid.columnCount()
    assert columns > 1
    grid.setFocus()
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)
    walked = []
    for key in keys:
        QTest.keyClick(grid, key)
        walked.append(chosen(window)[0])
    assert walked == [1, 2, 2 + columns, 1 + columns]
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert chosen(window) == [columns], "left of the first card lies the last one of the row above"
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert chosen(window) == [29]
    QTest.keyClick(grid, Qt.Key.Key_Home, _SHIFT)
    assert len(chosen(window)) == 29


def test_control_and_arrows_move_without_selecting_and_control_space_selects(window: Window) -> None:
    show(window, [done(n) for n in range(1, 5)])
    click(window, 1)
    grid = window.work.grid
    QTest.keyClick(grid, Qt.Key.Key_Right, _CONTROL)
    QTest.keyClick(grid, Qt.Key.Key_Right, _CONTROL)
    assert chosen(window) == [1]
    QTest.keyClick(grid, Qt.Key.Key_Space, _CONTROL)
    assert chosen(window) == [1, 3]


def test_space_and_enter_open_the_detail(window: Window) -> None:
    show(window, [done(1)])
    window.actions_of[Do.DETAIL].setChecked(False)
    assert not window.work.detail.isVisible()
    click(window, 1)
    QTest.keyClick(window.work.grid, Qt.Key.Key_Space)
    assert window.work.detail.isVisible()


def test_the_first_card_in_sight_stays_in_sight_when_the_window_gets_narrower(
    window: Window,
) -> None:
    show(window, [done(n) for n in range(1, 200)])
    grid = window.work.grid
    grid.scrollTo(index_of(grid, 120), grid.ScrollHint.PositionAtTop)
    columns = grid.grid.columnCount()
    first = grid.items.id_at(grid.indexAt(QPoint(40, 40)))
    window.resize(window.width() - 300, window.height())
    QApplication.processEvents()
    assert grid.grid.columnCount() < columns
    assert first is not None
    assert grid.viewport().rect().intersects(grid.visualRect(index_of(grid, first)))
