"""The pace of the pool."""

from __future__ import annotations

import asyncio
import math
import time

import pytest

from desktop_app.core.errors import TooFastError
from desktop_app.detectors.nim.rate import Pacer
from tests.detectors.nim.conftest import QUICK, Bench, ask, grey
from tests.support.nim import StandIn


def _pacer(rate: float, waits: list[float] | None = None, burst: int = 1) -> Pacer:
    return Pacer(rate, burst, QUICK, (waits if waits is not None else []).append)


async def _turns(pacer: Pacer, count: int) -> list[float]:
    return [await pacer.turn() for _ in range(count)]


def test_a_pause_that_nobody_would_wait_for_is_refused_at_once() -> None:
    async def run() -> None:
        waits: list[float] = []
        pacer = _pacer(6000, waits)
        pacer.slow_down(await pacer.turn(), 0, 3600)
        with pytest.raises(TooFastError) as caught:
            await pacer.turn()
        assert int(caught.value.hint.split("retry in ")[1][:2]) in range(60, 67)
        assert waits == []

    asyncio.run(run())


def test_turns_come_at_the_pace() -> None:
    starts = asyncio.run(_turns(_pacer(60 / 0.03), 5))
    assert 0.119 <= starts[-1] - starts[0] < 1


def test_a_rest_allows_a_burst_and_no_more() -> None:
    starts = asyncio.run(_turns(_pacer(60 / 0.3, burst=3), 4))
    assert starts[2] - starts[0] < 0.25
    assert starts[3] - starts[0] >= 0.299


def test_no_limit_is_no_limit() -> None:
    starts = asyncio.run(_turns(_pacer(math.inf), 200))
    assert starts[-1] - starts[0] < 0.5


def test_a_429_halves_the_pace_once_for_all_that_were_under_way() -> None:
    async def run() -> None:
        pacer = _pacer(6000, burst=3)
        started = await _turns(pacer, 3)
        for start in started:
            pacer.slow_down(start, 0, None)
        assert pacer.rate_per_minute == 3000
        pacer.slow_down(await pacer.turn(), 1, None)
        assert pacer.rate_per_minute == 1500

    asyncio.run(run())


def test_the_pace_never_falls_below_four_a_minute_and_recovers_slowly() -> None:
    async def run() -> None:
        pacer = _pacer(6)
        start = await pacer.turn()
        pacer.slow_down(start, 0, None)
        assert pacer.rate_per_minute == 4
        for _ in range(8):
            pacer.went_well()
        assert pacer.rate_per_minute == 6  # where it was refused; from here on it grows slower still
        pacer.went_well()
        assert pacer.rate_per_minute == pytest.approx(6.02)

    asyncio.run(run())


def test_a_pool_without_a_pace_gets_one_from_what_it_did_lately() -> None:
    async def run() -> None:
        pacer = _pacer(math.inf)
        starts = await _turns(pacer, 10)
        pacer.slow_down(starts[-1], 0, None)
        assert pacer.rate_per_minute == pytest.approx(300, rel=0.2)  # ten in (at least) a second, halved

    asyncio.run(run())


def test_the_pause_is_told_and_so_is_its_end() -> None:
    async def run() -> list[float]:
        waits: list[float] = []
        pacer = _pacer(60_000, waits)
        pacer.slow_down(await pacer.turn(), 2, None)
        began = time.monotonic()
        await pacer.turn()
        assert time.monotonic() - began >= 0.02
        await asyncio.sleep(0.01)
        return waits

    waits = asyncio.run(run())
    assert waits[0] == pytest.approx(4 * QUICK, rel=0.3)
    assert waits[1:] == [0]


# ---------------------------------------------------------------- with a server


def test_a_few_429_are_survived_and_the_wait_is_shown(standin: StandIn, bench: Bench) -> None:
    standin.plan("too-fast", "too-fast", "too-fast")
    assert ask(bench.detector(standin.url), grey(255)).result(10).p_ai == 1.0
    assert len(standin.at("infer")) == 4
    assert next(wait for wait in bench.waits if wait) == pytest.approx(QUICK, rel=0.3)
    assert bench.waits[-1] == 0


def test_retry_after_is_honoured(standin: StandIn, bench: Bench) -> None:
    standin.plan("too-fast-wait")
    began = time.monotonic()
    ask(bench.detector(standin.url), grey(255)).result(10)
    assert 1 <= time.monotonic() - began < 5
    assert 1 <= bench.waits[0] <= 1.1


def test_a_429_slows_the_whole_pool(standin: StandIn, bench: Bench) -> None:
    standin.plan("too-fast")
    detector = bench.detector(standin.url, backoff_seconds=0.4, concurrency=3)
    first = ask(detector, grey(1))
    while not bench.waits:
        time.sleep(0.005)
    others = [ask(detector, grey(level)) for level in (2, 3)]
    time.sleep(0.15)
    assert len(standin.at("infer")) == 1
    for future in (first, *others):
        future.result(10)
    assert len(standin.at("infer")) == 4


def test_a_hosted_service_is_asked_at_its_pace(standin: StandIn, bench: Bench) -> None:
    detector = bench.detector(standin.url, start_rate_per_minute=600.0, concurrency=1)
    began = time.monotonic()
    for future in [ask(detector, grey(level)) for level in range(4)]:
        future.result(10)
    assert time.monotonic() - began >= 0.28
