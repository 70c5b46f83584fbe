"""Nothing leaves that may not; connections that fail at every stage; answers that don't come."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    DetectorUnavailableError,
    KeyMissingError,
    KeyRejectedError,
    PictureTooLargeError,
    ServiceTimeoutError,
    ServiceUnreachableError,
    UploadNotAcceptedError,
)
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
