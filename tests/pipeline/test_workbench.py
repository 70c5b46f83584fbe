import threading

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Mode
from desktop_app.core.items import Item
from desktop_app.core.sources import LinkSource
from desktop_app.pipeline import workbench
from desktop_app.pipeline.workbench import Loaded, Wish, Workbench


def loaded(number: int, data: bytes = b"") -> Loaded:
    return Loaded(Item(number, LinkSource("a"), "a", Mode.OFFLINE), CancelToken(), data, 0.0)


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
    for expected in (1, 2):
        assert bench.next_queued() == expected
        bench.put_loaded(loaded(expected))
    third = list[int | None]()
    reader = threading.Thread(target=lambda: third.append(bench.next_queued()))
    reader.start()
    reader.join(0.1)
    assert not third
    assert isinstance(bench.next_work(), Loaded)
    reader.join(5)
    assert third == [3]


def test_wishes_come_before_work_the_newest_first() -> None:
    bench = Workbench(2)
    bench.queue([1])
    bench.next_queued()
    bench.put_loaded(loaded(1))
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
    for number in (1, 2):
        bench.next_queued()
        bench.put_loaded(loaded(number))
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
    bench.next_queued()
    bench.put_loaded(loaded(1, bytes(10)))
    second = list[int | None]()
    reader = threading.Thread(target=lambda: second.append(bench.next_queued()))
    reader.start()
    work = bench.next_work()
    assert isinstance(work, Loaded)
    reader.join(0.1)
    assert not second
    bench.finished(work)
    reader.join(5)
    assert second == [2]
