"""Wishes to stop, at every stage."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled
from desktop_app.core.estimates import Estimate
from desktop_app.system.network import NetworkThread
from tests.detectors.nim.conftest import Bench, ask, grey, noise, wait_for
from tests.support.nim import StandIn


def _cancelled_in(token: CancelToken, future: Future[Estimate]) -> float:
    began = time.monotonic()
    token.cancel()
    assert isinstance(future.exception(5), Cancelled)
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("fault", "kind"), [("hangs", "infer"), ("hangs-unread", "infer"), ("pending-for-ever", "status")]
)
def test_cancelling_mid_upload_mid_wait_and_mid_poll_takes_no_second(
    standin: StandIn, bench: Bench, fault: str, kind: str
) -> None:
    standin.always(fault)
    token = CancelToken()
    future = ask(bench.detector(standin.url), noise(200, 200), token)
    wait_for(standin, kind)
    assert _cancelled_in(token, future) < 1


def test_cancelling_while_the_pool_pauses_takes_no_second(standin: StandIn, bench: Bench) -> None:
    standin.always("too-fast")
    token = CancelToken()
    future = ask(bench.detector(standin.url, backoff_seconds=30), grey(9), token)
    wait_for(standin, "infer")
    assert _cancelled_in(token, future) < 1


def test_work_that_was_withdrawn_before_never_starts(standin: StandIn, bench: Bench) -> None:
    token = CancelToken()
    token.cancel()
    assert isinstance(ask(bench.detector(standin.url), grey(9), token).exception(1), Cancelled)
    assert standin.requests == []


def test_closing_in_mid_flight_ends_everything_within_a_second(
    standin: StandIn, bench: Bench, network: NetworkThread
) -> None:
    standin.always("hangs")
    detector = bench.detector(standin.url)
    futures = [ask(detector, grey(level)) for level in range(10)]
    wait_for(standin, "infer")
    began = time.monotonic()
    detector.close()
    network.close()
    assert time.monotonic() - began < 1
    assert all(isinstance(future.exception(1), Cancelled) for future in futures)
    assert isinstance(ask(detector, grey(1)).exception(1), Cancelled)


def test_a_detector_that_was_never_asked_starts_no_thread(bench: Bench) -> None:
    before = threading.active_count()
    bench.detector("https://nim.example").close()
    assert threading.active_count() == before
