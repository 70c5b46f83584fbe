import itertools

import pytest

from desktop_app.core.items import ItemState, may_follow


@pytest.mark.parametrize("state", list(ItemState))
def test_a_finished_item_can_only_be_queued_again(state: ItemState) -> None:
    for done in (ItemState.DONE, ItemState.FAILED, ItemState.CANCELLED):
        assert may_follow(done, state) == (state is ItemState.QUEUED)


def test_every_unfinished_state_can_fail_and_be_cancelled() -> None:
    unfinished = [state for state in ItemState if not state.finished]
    for state, end in itertools.product(unfinished, (ItemState.FAILED, ItemState.CANCELLED)):
        assert may_follow(state, end)


def test_an_item_is_never_done_without_having_been_checked() -> None:
    assert not may_follow(ItemState.QUEUED, ItemState.DONE)
    assert not may_follow(ItemState.READING, ItemState.DONE)


def test_an_item_that_met_a_closed_door_can_go_back_to_the_queue() -> None:
    assert may_follow(ItemState.READING, ItemState.QUEUED)
    assert may_follow(ItemState.CHECKING, ItemState.QUEUED)
