"""Answers that are not there yet (202)."""

from __future__ import annotations

from desktop_app.core.errors import (
    AnswerError,
    KeyRejectedError,
    ServiceFaultError,
    ServiceTimeoutError,
)
from tests.detectors.nim.conftest import Bench, ask, grey
from tests.support.nim import StandIn


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
