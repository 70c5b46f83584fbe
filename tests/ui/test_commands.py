from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop_app.core.estimates import Mode, Words
from desktop_app.core.events import FolderScanned, ItemChanged, ItemRepeated, PauseChanged, Warned
from desktop_app.core.items import ItemState
from desktop_app.core.sources import FileSource
from desktop_app.ui.actions import Do
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.order import SortBy
from desktop_app.ui.views.table_model import Column
from desktop_app.ui.window import Window
from tests.ui.fakes import FakeWorld, done, failed, waiting
from tests.ui.showing import show, shown_names


def trigger(window: Window, do: Do) -> None:
    window.actions_of[do].trigger()


def test_without_a_selection_nothing_can_be_done_to_it(window: Window) -> None:
    show(window, [done(1)])
    for do in (Do.COPY, Do.REMOVE, Do.RECHECK, Do.CANCEL, Do.COPY_PATH, Do.SHOW_IN_FOLDER, Do.WHY):
        assert not window.actions_of[do].isEnabled(), do


def test_news_of_a_removed_item_does_not_bring_it_back(window: Window, world: FakeWorld) -> None:
    show(window, [waiting(1), waiting(2)])
    window.desk.remove([1])
    window.desk.take([ItemChanged(done(1))])
    window.desk.listing.settle()
    assert shown_names(window) == ["IMG_0002.jpg"]
    assert world.queue.named("forget") == [("forget", (1,))]


def test_removing_can_be_undone_in_place_and_the_next_card_becomes_current(
    window: Window, world: FakeWorld
) -> None:
    show(window, [done(n) for n in range(1, 6)])
    window.desk.listing.select([2, 3])
    window.desk.listing.selection.current = 2
    trigger(window, Do.REMOVE)
    assert [item.id for item in window.desk.listing.selected_items()] == [4]
    assert len(shown_names(window)) == 3
    trigger(window, Do.UNDO)
    assert list(window.desk.listing.store.order) == [1, 2, 3, 4, 5]
    assert window.desk.listing.selected_ids() == [2, 3]
    assert world.queue.named("restore") == [("restore", (2, 3))]
    assert not window.actions_of[Do.UNDO].isEnabled()


def test_the_delete_key_in_a_text_field_deletes_text_and_not_pictures(window: Window) -> None:
    show(window, [done(1)])
    window.desk.listing.select([1])
    field = window.filters.search
    field.setFocus()
    field.setText("ab")
    field.setCursorPosition(0)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.text() == "b"
    assert len(window.desk.listing.store) == 1


def test_commands_reach_the_pipeline_for_the_selected_items_only(window: Window, world: FakeWorld) -> None:
    show(window, [done(1), failed(2), waiting(3)])
    window.desk.listing.select([1, 3])
    trigger(window, Do.RECHECK)
    trigger(window, Do.CANCEL)
    trigger(window, Do.RETRY_FAILED)
    trigger(window, Do.CANCEL_ALL)
    assert world.queue.calls[-4:] == [
        ("retry", (1, 3), Mode.OFFLINE),
        ("cancel", (1, 3)),
        ("retry", (2,)),
        ("cancel_all",),
    ]


def test_pausing_is_shown_when_the_pipeline_says_so(window: Window, world: FakeWorld) -> None:
    show(window, [waiting(1), waiting(2)])
    trigger(window, Do.PAUSE)
    assert world.queue.named("pause")
    window.desk.take([PauseChanged(paused=True)])
    assert window.strip.text.startswith("Paused · 0 of 2")
    assert window.actions_of[Do.PAUSE].isChecked()
    trigger(window, Do.PAUSE)
    assert world.queue.named("resume")


def test_what_is_copied_is_hedged(window: Window) -> None:
    show(window, [done(1, 0.97, Words.STRONG, "a.jpg"), done(2, 0.64, name="b.jpg"), failed(3, "c.jpg")])
    trigger(window, Do.SELECT_ALL)
    trigger(window, Do.COPY)
    first, second, third = QGuiApplication.clipboard().text().splitlines()
    assert first.startswith("a.jpg: Strong signs of AI, says the CIFAKE model (97\u00a0% AI, offline).")
    assert "can be wrong" in first
    assert "can't be relied on" in second
    assert third == "c.jpg: This picture is damaged or cut off."


def test_paths_are_copied_whole(window: Window) -> None:
    show(window, [done(1), done(2)])
    trigger(window, Do.SELECT_ALL)
    trigger(window, Do.COPY_PATH)
    assert QGuiApplication.clipboard().text() == "/pictures/IMG_0001.jpg\n/pictures/IMG_0002.jpg"


def test_several_files_are_opened_at_once(
    window: Window, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/p/a.jpg", "/p/b.jpg"], ""))
    trigger(window, Do.OPEN)
    assert world.queue.named("add")[0][1] == tuple(
        FileSource(path) for path in map(_path, ("/p/a.jpg", "/p/b.jpg"))
    )
    assert window.commands.last_folder == "/p"


def test_a_folder_is_opened_and_cancelling_the_dialog_adds_nothing(
    window: Window, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    trigger(window, Do.OPEN_FOLDER)
    assert world.queue.named("add") == []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/p")
    trigger(window, Do.OPEN_FOLDER)
    assert world.queue.named("add")[0][1] == (FileSource(_path("/p")),)


def test_the_context_menu_offers_what_fits_the_cards(window: Window) -> None:
    show(window, [done(1), waiting(2)])
    assert window.commands.context_menu(QPoint(0, 0)) is None
    window.desk.listing.select([1])
    offered = _offered(window)
    assert "Why outside the range?" in offered
    assert "Cancel" not in offered
    window.desk.listing.select([2])
    offered = _offered(window)
    assert "Cancel" in offered
    assert "Re-check" not in offered


def test_escape_clears_the_filter_first_and_the_selection_then(window: Window) -> None:
    show(window, [done(1), failed(2)])
    window.desk.listing.select([2])
    window.filters.only(Group.FAILED)
    trigger(window, Do.ESCAPE)
    assert window.filters.banner_text() == ""
    assert window.desk.listing.selected_ids() == [2]
    trigger(window, Do.ESCAPE)
    assert window.desk.listing.selected_ids() == []


def test_a_click_on_a_title_of_the_table_sorts_and_a_second_one_turns_around(window: Window) -> None:
    show(window, [done(1, 0.2, Words.FEW), done(2, 0.9, Words.STRONG)])
    trigger(window, Do.TABLE)
    header = window.work.table.horizontalHeader()
    header.sectionClicked.emit(Column.PROBABILITY)
    assert window.desk.listing.store.arrangement.sort_by is SortBy.SCORE
    assert list(window.desk.listing.store.order) == [1, 2]
    header.sectionClicked.emit(Column.PROBABILITY)
    assert list(window.desk.listing.store.order) == [2, 1]
    assert header.sortIndicatorSection() == Column.PROBABILITY


def test_nothing_that_matches_is_said_and_can_be_cleared(window: Window) -> None:
    show(window, [done(1)])
    window.filters.only(Group.FAILED)
    assert window.work.no_match.isVisible()
    assert window.filters.banner_text() == "Showing 0 of 1"
    window.work.no_match.clear_asked.emit()
    assert window.work.grid.isVisible()


def test_notices_are_shown_once_and_can_be_put_away(window: Window) -> None:
    window.desk.take(
        [Warned("The model gives other numbers here."), Warned("The model gives other numbers here.")]
    )
    window.desk.take([FolderScanned("Holiday", 9, 2), FolderScanned("Empty", 3, 0), ItemRepeated(1)])
    assert window.notices.messages() == [
        "The model gives other numbers here.",
        "2 hidden system files in “Holiday” were skipped.",
        "This picture is already in the list; it is checked again.",
    ]
    for message in window.notices.messages():
        window.notices.dismiss(message)
    assert not window.notices.isVisible()


def test_larger_pictures_make_fewer_columns(window: Window) -> None:
    show(window, [done(n) for n in range(1, 30)])
    before = window.work.grid.grid.columnCount()
    for _ in range(5):
        trigger(window, Do.LARGER)
    assert window.work.grid.grid.columnCount() < before
    assert window.tools.slider.value() == window.work.grid.thumbnail_px


@pytest.mark.parametrize("do", [Do.LEARN, Do.SHORTCUTS, Do.ABOUT, Do.SETTINGS])
def test_every_dialog_opens_without_blocking_and_closes(window: Window, do: Do) -> None:
    trigger(window, do)
    (dialog,) = window.findChildren(QDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle()
    dialog.reject()


def test_a_card_that_runs_anew_shows_that_it_waits(window: Window) -> None:
    show(window, [done(1)])
    again = replace(waiting(1), state=ItemState.QUEUED)
    window.desk.take([ItemChanged(again)])
    assert window.desk.listing.count(Group.WAITING) == 1


def _path(text: str) -> Path:

    return Path(text)


def _offered(window: Window) -> list[str]:
    menu = window.commands.context_menu(QPoint(0, 0))
    assert menu is not None
    words = [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]
    menu.close()
    return words
