import asyncio
import gc
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from desktop_app.system.network import NetworkThread


@pytest.fixture
def network() -> Iterator[NetworkThread]:
    thread = NetworkThread()
    yield thread
    thread.close()


async def answer(value: int) -> int:
    await asyncio.sleep(0)
    return value


async def wait(seconds: float = 60) -> None:
    await asyncio.sleep(seconds)


def test_an_exception_travels_to_whoever_waits(network: NetworkThread) -> None:
    async def fail() -> None:
        raise KeyError("no such thing")

    with pytest.raises(KeyError, match="no such thing"):
        network.submit(fail()).result(5)


def test_cancelling_the_future_cancels_the_task_while_it_runs(network: NetworkThread) -> None:
    running, cancelled = threading.Event(), threading.Event()

    async def stoppable() -> None:
        running.set()
        try:
            await wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    future = network.submit(stoppable())
    assert running.wait(5)
    assert future.cancel()
    assert cancelled.wait(5)


def test_what_a_task_raises_after_it_was_cancelled_is_nobodys_noise(network: NetworkThread) -> None:
    running = threading.Event()

    async def untidy() -> None:
        running.set()
        try:
            await wait()
        finally:
            raise OSError("the clean-up failed")

    future = network.submit(untidy())
    assert running.wait(5)
    future.cancel()
    network.submit(answer(0)).result(5)
    network.close()
    gc.collect()  # the test fails when anything is logged


def test_a_future_cancelled_before_its_turn_never_runs(network: NetworkThread) -> None:
    ran, blocking, go_on = threading.Event(), threading.Event(), threading.Event()

    async def block() -> None:
        blocking.set()
        go_on.wait(5)

    async def note() -> None:
        ran.set()

    network.submit(block())
    assert blocking.wait(5)
    future = network.submit(note())
    assert future.cancel()
    go_on.set()
    network.submit(answer(0)).result(5)
    assert not ran.is_set()


def test_no_thread_exists_before_the_first_task(network: NetworkThread) -> None:
    before = threading.active_count()
    assert threading.active_count() == before
    network.submit(answer(1)).result(5)
    assert threading.active_count() == before + 1


def test_many_threads_may_submit_and_close_at_once() -> None:
    network = NetworkThread()
    ended: list[bool] = []

    def work() -> None:
        for number in range(50):
            future = network.submit(answer(number))
            try:
                ended.append(future.result(5) == number)
            except CancelledError:
                ended.append(True)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    network.close()
    for thread in threads:
        thread.join(10)
    assert ended == [True] * 200
