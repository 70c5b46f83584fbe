import asyncio
import gc
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError

import pytest

from desktop_app.system.network import NetworkThread
from tests.support.processes import ROOT


async def answer(value: int) -> int:
    await asyncio.sleep(0)
    return value


async def wait(seconds: float = 60) -> None:
    await asyncio.sleep(seconds)


def test_after_closing_nothing_runs_and_nobody_waits() -> None:
    network = NetworkThread()
    network.close()
    future = network.submit(answer(1))
    assert future.cancelled()
    with pytest.raises(CancelledError):
        future.result(0)


def test_closing_cancels_what_runs_and_lets_it_tidy_up() -> None:
    network = NetworkThread()
    tidied = threading.Event()

    async def stoppable() -> None:
        try:
            await wait()
        finally:
            await asyncio.sleep(0.05)
            tidied.set()

    futures = [network.submit(stoppable()) for _ in range(20)]
    network.submit(answer(0)).result(5)
    started = time.monotonic()
    network.close()
    assert time.monotonic() - started < 1
    assert tidied.is_set()
    assert all(future.cancelled() for future in futures)


def test_a_task_that_would_not_end_holds_up_nobody(caplog: pytest.LogCaptureFixture) -> None:
    network = NetworkThread()

    async def stubborn() -> None:
        while True:
            try:
                await wait()
            except asyncio.CancelledError:
                continue

    future = network.submit(stubborn())
    network.submit(answer(0)).result(5)
    started = time.monotonic()
    network.close(0.3)
    assert time.monotonic() - started < 1
    assert future.cancelled()
    gc.collect()
    assert "destroyed" not in caplog.text


def test_a_loop_that_is_blocked_holds_up_nobody() -> None:
    network, go_on = NetworkThread(), threading.Event()

    async def block() -> None:
        go_on.wait(10)  # exactly what nobody should do

    network.submit(block())
    started = time.monotonic()
    network.close(0.2)
    assert time.monotonic() - started < 2
    go_on.set()


def test_closers_run_after_the_tasks_and_one_fault_does_not_keep_the_others_open() -> None:
    network = NetworkThread()
    order: list[str] = []

    async def task() -> None:
        try:
            await wait()
        finally:
            order.append("task")

    async def broken() -> None:
        order.append("broken")
        raise OSError("connection reset")

    async def closer() -> None:
        order.append("closer")

    network.on_close(broken)
    network.on_close(closer)
    network.submit(task())
    network.submit(answer(0)).result(5)
    network.close()
    assert order == ["task", "broken", "closer"]


def test_a_closer_that_hangs_is_left_behind() -> None:
    network = NetworkThread()
    network.on_close(wait)
    network.submit(answer(0)).result(5)
    started = time.monotonic()
    network.close(0.5)
    assert time.monotonic() - started < 1.5


def test_closing_twice_or_unused_does_nothing() -> None:
    network = NetworkThread()
    network.submit(answer(1)).result(5)
    network.close()
    network.close()
    assert network.closed
    NetworkThread().close()


def test_a_name_server_that_hangs_does_not_hold_up_the_end_of_the_program() -> None:
    program = """
import asyncio, socket, time
from desktop_app.system.network import NetworkThread
socket.getaddrinfo = lambda *a, **k: time.sleep(30)
network = NetworkThread()
async def look_up():
    await asyncio.get_running_loop().getaddrinfo("host.example", 80)
network.submit(look_up())
time.sleep(0.1)
network.close()
"""
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-c", program], cwd=ROOT, capture_output=True, timeout=20, check=True
    )
    assert time.monotonic() - started < 8
    assert ended.stderr == b""
