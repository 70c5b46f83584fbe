from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import Words
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.order import Arrangement, SortBy
from desktop_app.ui.listing.store import ItemStore
from tests.ui.fakes import done, failed, waiting


def names(store: ItemStore) -> list[str]:
    return [item.name for item in map(store.get, store.order) if item is not None]


def filled(*items: Item, arrangement: Arrangement | None = None) -> ItemStore:
    store = ItemStore()
    store.put(items)
    store.settle()
    if arrangement:
        store.arrange(arrangement)
    return store


def test_removing_unknown_items_changes_nothing() -> None:
    store = filled(done(1))
    assert store.remove([7]) == []
    assert list(store.order) == [1]


def test_an_item_removed_before_it_settled_never_appears() -> None:
    store = filled(done(1))
    store.put([done(2)])
    store.remove([2])
    store.settle()
    assert list(store.order) == [1]
    assert store.counts[Group.OUT_OF_RANGE] == 1


def test_items_without_a_number_come_last_whichever_way_the_numbers_run() -> None:
    items = [waiting(1), done(2, 0.2, Words.FEW), failed(3), done(4, 0.9, Words.STRONG)]
    up = filled(*items, arrangement=Arrangement(SortBy.SCORE))
    down = filled(*items, arrangement=Arrangement(SortBy.SCORE, descending=True))
    assert list(up.order) == [2, 4, 1, 3]
    assert list(down.order) == [4, 2, 1, 3]


def test_numbers_from_outside_the_range_never_rank_among_those_from_inside() -> None:
    items = [done(1, 0.99), done(2, 0.3, Words.CANT_TELL), done(3, 0.01)]
    assert list(filled(*items, arrangement=Arrangement(SortBy.SCORE)).order) == [2, 3, 1]
    assert list(filled(*items, arrangement=Arrangement(SortBy.SCORE, descending=True)).order) == [2, 1, 3]


def test_the_most_uncertain_come_first() -> None:
    items = [done(1, 0.97, Words.STRONG), done(2, 0.52, Words.CANT_TELL), done(3, 0.2, Words.SOME)]
    assert list(filled(*items, arrangement=Arrangement(SortBy.UNCERTAIN)).order) == [2, 3, 1]


def test_names_sort_as_people_count() -> None:
    items = [waiting(n, name) for n, name in enumerate(["img10.png", "IMG9.png", "img1.png", "²³.png", "ab.png"])]
    assert names(filled(*items, arrangement=Arrangement(SortBy.NAME))) == [
        "ab.png",
        "img1.png",
        "IMG9.png",
        "img10.png",
        "²³.png",
    ]


@pytest.mark.parametrize("sort_by", list(SortBy))
@pytest.mark.parametrize("descending", [False, True])
def test_equal_items_stay_in_the_order_of_adding(sort_by: SortBy, *, descending: bool) -> None:
    items = [done(n, name="same.jpg", size=5) for n in range(1, 6)]
    order = list(filled(*items, arrangement=Arrangement(sort_by, descending)).order)
    assert order == [1, 2, 3, 4, 5]


def test_a_filter_shows_what_changed_into_it_and_hides_what_changed_out_of_it() -> None:
    store = filled(waiting(1), waiting(2), arrangement=Arrangement(wanted=frozenset({Group.FAILED})))
    assert list(store.order) == []
    store.put([failed(2)])
    store.settle()
    assert list(store.order) == [2]
    store.put([waiting(2)])
    store.settle()
    assert list(store.order) == []


def test_text_finds_part_of_a_name_in_any_case() -> None:
    store = filled(waiting(1, "Straße.png"), waiting(2, "cat.png"), arrangement=Arrangement(text="STRASSE"))
    assert names(store) == ["Straße.png"]


def test_a_change_that_moves_nothing_does_not_unsettle_the_order() -> None:
    store = filled(waiting(1))
    store.put([replace(waiting(1), state=ItemState.READING)])
    assert not store.unsettled


def test_heaps_are_counted_as_items_change() -> None:
    store = filled(waiting(1), waiting(2))
    store.put([done(1), failed(2)])
    assert (store.counts[Group.WAITING], store.counts[Group.OUT_OF_RANGE], store.counts[Group.FAILED]) == (0, 1, 1)
    assert store.ids_in(Group.FAILED) == [2]


@given(st.data())
def test_settling_step_by_step_gives_the_order_of_sorting_everything(data: st.DataObject) -> None:
    arrangement = Arrangement(
        data.draw(st.sampled_from(list(SortBy))),
        data.draw(st.booleans()),
        data.draw(st.sampled_from([frozenset(), frozenset({Group.FEW, Group.FAILED})])),
    )
    store = ItemStore()
    store.arrange(arrangement)
    for _ in range(data.draw(st.integers(1, 6))):
        for item_id in data.draw(st.lists(st.integers(1, 12), max_size=8)):
            store.put([_any_item(item_id, data.draw(st.integers(0, 4)))])
        if data.draw(st.booleans()):
            store.remove(data.draw(st.lists(st.integers(1, 12), max_size=3)))
        store.settle()
    again = ItemStore()
    again.put(item for item in map(store.get, store.all_ids()) if item is not None)
    again.arrange(arrangement)
    assert list(store.order) == list(again.order)


def _any_item(item_id: int, kind: int) -> Item:
    makers = (
        lambda: waiting(item_id),
        lambda: failed(item_id),
        lambda: done(item_id, 0.1, Words.FEW),
        lambda: done(item_id, 0.7),
        lambda: done(item_id, 0.9, Words.STRONG, name=f"z{item_id % 3}.png"),
    )
    return makers[kind]()


def test_a_large_list_settles_in_a_blink() -> None:
    """Generous: the shared test machine is slow; the numbers are in ``measure_window``."""
    from time import perf_counter

    numbers = random.Random(7)
    store = ItemStore()
    store.arrange(Arrangement(SortBy.SCORE))
    store.put(done(n, numbers.random(), Words.SOME) for n in range(40_000))
    store.settle()
    store.put(done(n, numbers.random(), Words.SOME) for n in range(50))
    start = perf_counter()
    store.settle()
    assert perf_counter() - start < 0.25
