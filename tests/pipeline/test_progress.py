import math

from desktop_app.core.estimates import Mode
from desktop_app.core.events import ItemChanged, ItemsAdded, PauseChanged
from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import LinkSource
from desktop_app.pipeline.progress import ProgressMeter


def item(number: int, state: ItemState = ItemState.QUEUED) -> Item:
    return Item(number, LinkSource("https://host/a"), "a", Mode.OFFLINE, state)


def test_nothing_added_is_nothing_running() -> None:
    progress = ProgressMeter().progress(0)
    assert (progress.total, progress.running, progress.rate) == (0, False, 0)


def test_counts_rate_and_time_left_follow_the_events() -> None:
    meter = ProgressMeter()
    meter.observe(ItemsAdded(tuple(item(number) for number in range(10))), 100.0)
    meter.observe(PauseChanged(paused=False), 100.0)
    for number, state in enumerate((ItemState.DONE, ItemState.DONE, ItemState.FAILED, ItemState.CANCELLED)):
        meter.observe(ItemChanged(item(number, state)), 101.0)
    progress = meter.progress(102.0)
    assert (progress.total, progress.done, progress.failed, progress.cancelled) == (10, 2, 1, 1)
    assert progress.finished == 4
    assert progress.running
    assert math.isclose(progress.rate, 1.5)
    assert math.isclose(progress.seconds_left or 0, 4.0)


def test_a_new_batch_counts_from_nothing() -> None:
    meter = ProgressMeter()
    meter.observe(ItemsAdded((item(1),)), 0)
    meter.observe(ItemChanged(item(1, ItemState.DONE)), 1)
    meter.observe(ItemsAdded((item(2), item(3))), 50)
    progress = meter.progress(51)
    assert (progress.total, progress.finished) == (2, 0)


def test_removed_items_no_longer_count() -> None:
    meter = ProgressMeter()
    meter.observe(ItemsAdded((item(1), item(2))), 0)
    meter.forget([1, 99])
    meter.observe(ItemChanged(item(2, ItemState.DONE)), 1)
    progress = meter.progress(1)
    assert (progress.total, progress.done, progress.running) == (1, 1, False)


def test_late_news_of_removed_items_is_ignored_but_a_re_run_counts() -> None:
    meter = ProgressMeter()
    meter.observe(ItemsAdded((item(1),)), 0)
    meter.forget([1])
    meter.observe(ItemChanged(item(1, ItemState.CHECKING)), 1)
    assert not meter.progress(1).running
    meter.observe(ItemChanged(item(1, ItemState.QUEUED)), 2)
    assert meter.progress(2).running


def test_old_finishes_no_longer_make_the_rate() -> None:
    meter = ProgressMeter()
    meter.observe(ItemsAdded((item(1), item(2))), 0)
    meter.observe(ItemChanged(item(1, ItemState.DONE)), 1)
    assert meter.progress(30).rate == 0
    assert meter.progress(30).seconds_left is None
