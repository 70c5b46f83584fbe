import threading

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Mode
from desktop_app.core.items import Item
from desktop_app.core.sources import LinkSource
from desktop_app.pipeline import workbench
from desktop_app.pipeline.trials import Trial
from desktop_app.pipeline.workbench import Loaded, Wish, Workbench


def loaded(number: int, data: bytes = b"", mode: Mode = Mode.OFFLINE, started: float = 0.0) -> Loaded:
    return Loaded(Item(number, LinkSource("a"), "a", mode), CancelToken(), data, started)


def read(bench: Workbench, data: bytes = b"") -> int:
    """Do what a reading thread does with the next item, and return its id."""
    place = bench.next_queued()
    assert place is not None
    bench.put_loaded(loaded(place.item_id, data, place.mode), place)
    return place.item_id


def test_a_closed_bench_sends_everybody_home() -> None:
    bench, results = Workbench(1), list[object]()
    workers = [
        threading.Thread(target=lambda take=take: results.append(take()))
        for take in (bench.next_queued, bench.next_work)
    ]
    for worker in workers:
        worker.start()
    bench.close()
    for worker in workers:
        worker.join(5)
    assert results == [None, None]


def test_no_more_is_read_than_there_is_room_for() -> None:
    bench = Workbench(2)
    bench.queue([1, 2, 3])
    assert [read(bench), read(bench)] == [1, 2]
    third = list[int]()
    reader = threading.Thread(target=lambda: third.append(read(bench)))
    reader.start()
    reader.join(0.1)
    assert not third
    assert isinstance(bench.next_work(), Loaded)
    reader.join(5)
    assert third == [3]


def test_wishes_come_before_work_the_newest_first() -> None:
    bench = Workbench(2)
    bench.queue([1])
    read(bench)
    bench.wish(Wish(7, 256, preview=False))
    bench.wish(Wish(8, 256, preview=False))
    bench.wish(Wish(7, 256, preview=False))
    assert bench.next_work() == Wish(7, 256, preview=False)
    assert bench.next_work() == Wish(8, 256, preview=False)
    assert isinstance(bench.next_work(), Loaded)


def test_only_the_last_preview_is_made() -> None:
    bench = Workbench(1)
    for number in (1, 2, 3):
        bench.wish(Wish(number, 1000, preview=True))
    assert bench.next_work() == Wish(3, 1000, preview=True)
    bench.close()
    assert bench.next_work() is None


def test_wishes_that_were_scrolled_past_are_dropped() -> None:
    bench = Workbench(1)
    for number in range(500):
        bench.wish(Wish(number, 256, preview=False))
    wishes = 0
    while bench._wishes:
        bench.next_work()
        wishes += 1
    assert wishes == 120


def test_a_slow_detector_holds_up_other_items_and_no_wish() -> None:
    bench = Workbench(4, handed_out=1)
    bench.queue([1, 2])
    assert [read(bench), read(bench)] == [1, 2]
    first = bench.next_work()
    assert isinstance(first, Loaded)
    taken = list[object]()
    worker = threading.Thread(target=lambda: taken.extend([bench.next_work(), bench.next_work()]))
    worker.start()
    bench.wish(Wish(7, 256, preview=True))
    worker.join(0.1)
    assert worker.is_alive()
    bench.finished(first)
    worker.join(5)
    assert [type(work) for work in taken] == [Wish, Loaded]


def test_large_files_are_read_only_when_there_is_memory_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "_MOST_BYTES", 10)
    bench = Workbench(8)
    bench.queue([1, 2])
    read(bench, bytes(10))
    second = list[int]()
    reader = threading.Thread(target=lambda: second.append(read(bench)))
    reader.start()
    work = bench.next_work()
    assert isinstance(work, Loaded)
    reader.join(0.1)
    assert not second
    bench.finished(work)
    reader.join(5)
    assert second == [2]


def test_a_slow_detector_of_one_mode_does_not_hold_up_the_other() -> None:
    bench = Workbench(2, handed_out=1)
    bench.queue([1, 2, 3, 4, 5], mode=Mode.CLOUD)
    bench.queue([6, 7], mode=Mode.OFFLINE)
    assert [read(bench) for _ in range(4)] == [1, 2, 6, 7]
    work = [bench.next_work(), bench.next_work()]
    assert {taken.item.id for taken in work if isinstance(taken, Loaded)} == {1, 6}


def test_between_the_modes_the_order_of_queueing_holds() -> None:
    bench = Workbench(8)
    bench.queue([1], mode=Mode.CLOUD)
    bench.queue([2], mode=Mode.OFFLINE)
    bench.queue([3], mode=Mode.CLOUD)
    bench.queue([4, 5], mode=Mode.OFFLINE, first=True)
    assert [read(bench) for _ in range(5)] == [4, 5, 1, 2, 3]


def test_of_two_modes_the_longest_waiting_picture_is_decoded_first() -> None:
    bench = Workbench(8)
    for number, mode in ((1, Mode.CLOUD), (2, Mode.OFFLINE), (3, Mode.CLOUD)):
        bench.queue([number], mode=mode)
        place = bench.next_queued()
        assert place is not None
        bench.put_loaded(loaded(number, mode=mode, started=float(number)), place)
    taken = [bench.next_work() for _ in range(3)]
    assert [work.item.id for work in taken if isinstance(work, Loaded)] == [1, 2, 3]


def test_trials_come_after_wishes_and_before_items_one_at_a_time() -> None:
    bench = Workbench(2)
    bench.queue([1])
    read(bench)
    assert bench.ask_trial(7)
    assert bench.ask_trial(8)
    bench.wish(Wish(9, 256, preview=True))
    work = [bench.next_work() for _ in range(3)]
    assert [type(taken) for taken in work] == [Wish, Trial, Loaded]
    bench.tried()
    second = bench.next_work()
    assert isinstance(second, Trial)
    assert second.item_id == 8


def test_an_item_waits_for_one_trial_only_unless_that_was_withdrawn() -> None:
    bench = Workbench(1)
    assert bench.ask_trial(7)
    assert not bench.ask_trial(7)
    bench.withdraw_trials([7])
    assert bench.ask_trial(7)
    first, second = bench.close()
    assert first.token.cancelled
    assert not second.token.cancelled
    assert not bench.ask_trial(7)
