"""Finding and ordering by what the files say."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import Words
from desktop_app.core.events import ItemChanged
from desktop_app.core.items import Item
from desktop_app.ui.actions import Do
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.marks import Mark, marks_of
from desktop_app.ui.listing.order import Arrangement, SortBy
from desktop_app.ui.listing.store import ItemStore
from desktop_app.ui.views.table_model import Column
from desktop_app.ui.window import Window
from tests.ui.conftest import MakeWindow
from tests.ui.fakes import FakeWorld, done, failed, waiting
from tests.ui.findings import (
    BROKEN,
    CAMERA,
    CONTRADICTION,
    LABEL_AI,
    SIGNED_AI,
    SIGNED_CAPTURE,
    UNCONFIRMED,
    saying,
    silent,
)
from tests.ui.showing import show


def pictures() -> list[Item]:
    return [
        waiting(1),
        silent(done(2)),
        saying(done(3), CAMERA),
        saying(done(4), LABEL_AI, CAMERA, CONTRADICTION),
        saying(failed(5), SIGNED_AI),
        saying(done(6), SIGNED_CAPTURE),
    ]


def filled(*items: Item, arrangement: Arrangement) -> list[int]:
    store = ItemStore()
    store.arrange(arrangement)
    store.put(items)
    store.settle()
    return list(store.order)


def test_a_file_that_was_not_read_has_no_marks_at_all() -> None:
    assert marks_of(waiting(1)) == frozenset()
    assert marks_of(silent(done(1))) == {Mark.NONE}


def test_an_item_has_every_mark_that_applies() -> None:
    assert marks_of(pictures()[3]) == {Mark.AI, Mark.LABEL, Mark.CAMERA, Mark.CONTRADICTION}
    assert marks_of(saying(done(1), UNCONFIRMED)) == {Mark.AI, Mark.SIGNED}
    assert marks_of(saying(done(1), BROKEN)) == {Mark.LABEL}


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        (Mark.AI, [4, 5]),
        (Mark.SIGNED, [5, 6]),
        (Mark.LABEL, [4]),
        (Mark.CAMERA, [3, 4]),
        (Mark.CONTRADICTION, [4]),
        (Mark.NONE, [2]),
    ],
)
def test_each_mark_finds_its_items(mark: Mark, shown: list[int]) -> None:
    assert filled(*pictures(), arrangement=Arrangement(marks=frozenset({mark}))) == shown


def test_several_marks_find_items_with_any_and_the_other_filters_hold_too() -> None:
    wanted = frozenset({Mark.SIGNED, Mark.NONE})
    assert filled(*pictures(), arrangement=Arrangement(marks=wanted)) == [2, 5, 6]
    both = Arrangement(marks=wanted, wanted=frozenset({Group.FAILED}))
    assert filled(*pictures(), arrangement=both) == [5]


def test_the_weight_of_evidence_orders_the_strongest_first_and_unread_files_last_both_ways() -> None:
    up = filled(*pictures(), arrangement=Arrangement(SortBy.EVIDENCE))
    assert up == [5, 6, 4, 3, 2, 1]
    down = filled(*pictures(), arrangement=Arrangement(SortBy.EVIDENCE, descending=True))
    assert down == [3, 4, 6, 5, 2, 1]


def test_a_contradiction_alone_still_has_a_weight() -> None:
    items = [saying(done(1), CONTRADICTION), saying(done(2), CAMERA), silent(done(3))]
    assert filled(*items, arrangement=Arrangement(SortBy.EVIDENCE)) == [2, 1, 3]


def test_counts_follow_the_items() -> None:
    store = ItemStore()
    store.put(pictures())
    assert store.marks[Mark.AI] == 2
    store.put([saying(done(2), LABEL_AI)])
    assert (store.marks[Mark.AI], store.marks[Mark.NONE]) == (3, 0)
    store.put([done(2)])
    store.remove([4, 5])
    assert {mark: count for mark, count in store.marks.items() if count} == {Mark.CAMERA: 1, Mark.SIGNED: 1}


# ---------------------------------------------------------------- in the window


def test_there_is_nothing_to_filter_by_before_a_file_was_read(window: Window, qtbot: QtBot) -> None:
    show(window, [done(1)])
    assert not window.filters.evidence.isVisible()
    window.desk.take([ItemChanged(saying(done(1), CAMERA))])
    qtbot.waitUntil(window.filters.evidence.isVisible, timeout=2000)


def test_the_menu_filters_counts_and_is_cleared(window: Window, qtbot: QtBot) -> None:
    show(window, pictures())
    menu = window.filters.evidence
    qtbot.waitUntil(lambda: menu.action_of(Mark.AI).text() == "Says AI 2", timeout=2000)
    assert menu.accessibleName() == "Filter by evidence: any"
    menu.action_of(Mark.CONTRADICTION).trigger()
    menu.action_of(Mark.NONE).trigger()
    assert list(window.desk.listing.store.order) == [2, 4]
    assert menu.text() == "Evidence: contradiction, nothing found"
    assert window.filters.banner_text() == "Showing 2 of 6"
    window.actions_of[Do.ESCAPE].trigger()
    assert len(window.desk.listing.store.order) == 6
    assert not menu.action_of(Mark.NONE).isChecked()


def test_a_mark_that_nothing_has_is_not_offered_unless_it_is_chosen(window: Window) -> None:
    show(window, [saying(done(1), CAMERA)])
    menu = window.filters.evidence
    assert [mark for mark in Mark if menu.action_of(mark).isVisible()] == [Mark.CAMERA]
    window.arrange(Arrangement(marks=frozenset({Mark.SIGNED})))
    assert menu.action_of(Mark.SIGNED).isVisible()
    assert window.work.no_match.isVisible()


def test_sorting_by_a_title_keeps_the_filter(window: Window) -> None:
    show(window, pictures())
    window.actions_of[Do.TABLE].trigger()
    window.filters.evidence.action_of(Mark.CAMERA).trigger()
    window.work.table.horizontalHeader().sectionClicked.emit(Column.EVIDENCE)
    assert list(window.desk.listing.store.order) == [4, 3]
    assert window.work.table.horizontalHeader().sortIndicatorSection() == Column.EVIDENCE


def test_the_order_by_evidence_is_remembered_and_the_filter_is_not(
    make_window: MakeWindow, world: FakeWorld
) -> None:
    first = make_window()
    first.arrange(Arrangement(SortBy.EVIDENCE, descending=True, marks=frozenset({Mark.AI})))
    first.close()
    second = make_window(world.saved[-1])
    assert second.desk.listing.store.arrangement == Arrangement(SortBy.EVIDENCE, descending=True)


def test_an_estimate_set_aside_still_lies_on_its_heap(window: Window) -> None:
    show(window, [saying(done(1, 0.97, Words.STRONG), SIGNED_AI)])
    assert window.desk.listing.count(Group.STRONG) == 1
