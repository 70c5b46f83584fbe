"""Connections that fail at every stage, answers that don't come, and wishes to stop."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
import trustme

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    AnswerError,
    Cancelled,
    DetectorUnavailableError,
    KeyMissingError,
    KeyRejectedError,
    PictureTooLargeError,
    ServiceFaultError,
    ServiceTimeoutError,
    ServiceUnreachableError,
    UploadNotAcceptedError,
)
from desktop_app.core.estimates import Estimate
from desktop_app.system.network import NetworkThread
from tests.detectors.nim.conftest import Bench, ask, examined, grey, noise
from tests.support.nim import Cut, StandIn
from tests.support.nim.faults import CUTS
from tests.support.pictures import encode, photo

# ---------------------------------------------------------------- nothing leaves


def test_nothing_leaves_before_the_user_agreed(standin: StandIn, bench: Bench) -> None:
    bench.accepted = False
    assert isinstance(ask(bench.detector(standin.url), grey(9)).exception(5), UploadNotAcceptedError)
    assert (standin.requests, bench.uploads, bench.key_calls) == ([], [], 0)


@pytest.mark.parametrize("key", [None, "", "  "])
def test_nothing_leaves_without_a_key(standin: StandIn, bench: Bench, key: str | None) -> None:
    bench.key = key
    assert isinstance(ask(bench.detector(standin.url), grey(9)).exception(5), KeyMissingError)
    assert standin.requests == []


@pytest.mark.parametrize("key", ["nvapi-a b", "nvapi-a\nb", "nvapi-ä"])
def test_a_key_that_no_header_can_carry_is_rejected_here(standin: StandIn, bench: Bench, key: str) -> None:
    bench.key = key
    error = ask(bench.detector(standin.url), grey(9)).exception(5)
    assert isinstance(error, KeyRejectedError)
    assert key not in repr(error)
    assert standin.requests == []


def test_an_address_that_would_show_the_key_is_not_used(bench: Bench) -> None:
    detector = bench.detector("http://nim.example")
    assert not detector.availability().ready
    assert isinstance(ask(detector, grey(9)).exception(5), DetectorUnavailableError)


def test_a_picture_that_cannot_be_sent_and_has_no_smaller_one_fails(standin: StandIn, bench: Bench) -> None:
    detector = bench.detector(standin.url)
    examination = replace(examined(detector, encode(photo(), "WEBP")), larger=None)
    assert isinstance(detector.submit(examination, CancelToken()).exception(5), PictureTooLargeError)
    assert standin.requests == []


# ---------------------------------------------------------------- cut and slow


@pytest.mark.parametrize("name", CUTS)
def test_a_connection_that_is_always_cut_is_tried_three_times(standin: StandIn, bench: Bench, name: str) -> None:
    standin.always(name)
    error = ask(bench.detector(standin.url), grey(9)).exception(10)
    assert type(error) is ServiceUnreachableError
    assert len(standin.at("infer")) == 3


@pytest.mark.parametrize("cut", Cut)
def test_two_cuts_are_survived(standin: StandIn, bench: Bench, cut: Cut) -> None:
    name = f"cut-{cut.value.replace(' ', '-')}"
    standin.plan(name, name)
    assert ask(bench.detector(standin.url), noise(200, 200)).result(10).p_ai > 0
    assert len(standin.at("infer")) == 3


def test_nobody_listening_is_unreachable_and_nothing_is_noted_as_sent(bench: Bench) -> None:
    with socket.socket() as taken:  # bound and not listening: refuses
        taken.bind(("127.0.0.1", 0))
        error = ask(bench.detector(f"http://127.0.0.1:{taken.getsockname()[1]}"), grey(9)).exception(10)
    assert type(error) is ServiceUnreachableError
    assert bench.uploads == []


@pytest.mark.parametrize("name", ["hangs", "hangs-unread", "dribbles"])
def test_an_answer_that_does_not_come_in_time_is_a_timeout(standin: StandIn, bench: Bench, name: str) -> None:
    standin.always(name)
    limits: dict[str, Any] = {"read_seconds": 0.3, "write_seconds": 0.1, "connect_seconds": 0.2}
    error = ask(bench.detector(standin.url, **limits), grey(9)).exception(5)
    assert type(error) is ServiceTimeoutError
    assert len(standin.at("infer")) == 1


def test_a_slow_answer_is_waited_for(standin: StandIn, bench: Bench) -> None:
    standin.always("slow")
    assert ask(bench.detector(standin.url), grey(255)).result(5).p_ai == 1.0


def test_a_proxy_that_cannot_be_used_is_said(
    standin: StandIn, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://proxy.example")
    error = ask(bench.detector(standin.url), grey(9)).exception(5)
    assert type(error) is ServiceUnreachableError
    assert "proxy" in error.message.lower()


# ---------------------------------------------------------------- pending answers


def test_a_pending_answer_is_asked_for_until_it_is_there(standin: StandIn, bench: Bench) -> None:
    standin.plan("pending")
    assert ask(bench.detector(standin.url), grey(255)).result(5).p_ai == 1.0
    assert len(standin.at("infer")) == 1
    assert len(standin.at("status")) == 2
    assert all(request.headers["authorization"] for request in standin.at("status"))


def test_faults_while_an_answer_is_pending_send_no_picture_again(standin: StandIn, bench: Bench) -> None:
    standin.plan("pending")
    standin.plan("fault", "cut-after-reading", "too-fast", at="status")
    assert ask(bench.detector(standin.url), grey(255)).result(5).p_ai == 1.0
    assert len(standin.at("infer")) == 1


def test_a_pending_answer_that_was_lost_is_asked_for_afresh(standin: StandIn, bench: Bench) -> None:
    standin.plan("pending-lost")
    assert ask(bench.detector(standin.url), grey(255)).result(5).p_ai == 1.0
    assert len(standin.at("infer")) == 2


def test_answers_that_are_lost_every_time_are_a_fault_and_not_a_missing_model(
    standin: StandIn, bench: Bench
) -> None:
    standin.always("pending-lost")
    assert type(ask(bench.detector(standin.url), grey(255)).exception(5)) is ServiceFaultError


def test_an_answer_that_stays_pending_is_a_timeout(standin: StandIn, bench: Bench) -> None:
    standin.always("pending-for-ever")
    error = ask(bench.detector(standin.url, pending_seconds=0.2), grey(9)).exception(5)
    assert type(error) is ServiceTimeoutError


def test_a_pending_answer_without_a_number_cannot_be_used(standin: StandIn, bench: Bench) -> None:
    standin.always("pending-unnumbered")
    assert type(ask(bench.detector(standin.url), grey(9)).exception(5)) is AnswerError


def test_a_key_that_is_rejected_while_polling_says_so(standin: StandIn, bench: Bench) -> None:
    standin.plan("pending")
    standin.always("bad-key", at="status")
    assert type(ask(bench.detector(standin.url), grey(9)).exception(5)) is KeyRejectedError


# ---------------------------------------------------------------- wishes to stop


def _wait_for(standin: StandIn, kind: str) -> None:
    deadline = time.monotonic() + 5
    while not standin.at(kind) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert standin.at(kind)


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
    _wait_for(standin, kind)
    assert _cancelled_in(token, future) < 1


def test_cancelling_while_the_pool_pauses_takes_no_second(standin: StandIn, bench: Bench) -> None:
    standin.always("too-fast")
    token = CancelToken()
    future = ask(bench.detector(standin.url, backoff_seconds=30), grey(9), token)
    _wait_for(standin, "infer")
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
    _wait_for(standin, "infer")
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


# ---------------------------------------------------------------- TLS, self-hosted, load


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_a_certificate_that_is_not_trusted_is_said_in_words(bench: Bench, server_tls: ssl.SSLContext) -> None:
    with StandIn(tls=server_tls) as standin:
        error = ask(bench.detector(standin.url), grey(9)).exception(10)
        assert type(error) is ServiceUnreachableError
        assert "certificate" in error.message
        assert standin.requests == []


def test_a_trusted_certificate_is_fine(bench: Bench, server_tls: ssl.SSLContext, authority: trustme.CA) -> None:
    verify = ssl.create_default_context()
    authority.configure_trust(verify)
    with StandIn(tls=server_tls) as standin:
        assert ask(bench.detector(standin.url, verify), grey(255)).result(10).p_ai == 1.0
        bench.made.pop().close()


def test_a_self_hosted_service_gets_no_key_and_nobody_is_asked_for_one(standin: StandIn, bench: Bench) -> None:
    estimate = ask(bench.detector(f"{standin.url}/", self_hosted=True), grey(255)).result(5)
    assert estimate.p_ai == 1.0
    assert [request.path for request in standin.requests] == ["/v1/infer"]
    assert "authorization" not in standin.requests[0].headers
    assert bench.key_calls == 0


def test_no_more_than_the_chosen_number_is_under_way_at_once(standin: StandIn, bench: Bench) -> None:
    standin.always("hangs")
    detector = bench.detector(standin.url, concurrency=2)
    futures = [ask(detector, grey(level)) for level in range(8)]
    _wait_for(standin, "infer")
    time.sleep(0.2)
    assert len(standin.at("infer")) == 2
    assert not any(future.done() for future in futures)


def test_a_hundred_pictures_with_mixed_faults_all_end(standin: StandIn, bench: Bench) -> None:
    standin.plan(
        "fault", "cut-mid-answer", "unprocessable", "not-json", "too-fast", "cut-after-headers", "pending"
    )
    detector = bench.detector(standin.url)
    futures = [ask(detector, grey(level)) for level in range(100)]
    ended = [future.exception(20) for future in futures]
    assert sum(error is not None for error in ended) == 2  # the unprocessable one and the one that is no JSON
    scores = [future.result().p_ai for future, error in zip(futures, ended, strict=True) if error is None]
    assert len(set(scores)) == len(scores)  # none got another's answer
