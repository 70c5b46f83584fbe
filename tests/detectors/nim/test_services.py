"""Certificates, self-hosted services, and many pictures at once."""

from __future__ import annotations

import ssl
import time

import pytest
import trustme

from desktop_app.core.errors import ServiceUnreachableError
from tests.detectors.nim.conftest import Bench, ask, grey, wait_for
from tests.support.nim import StandIn


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
    wait_for(standin, "infer")
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
