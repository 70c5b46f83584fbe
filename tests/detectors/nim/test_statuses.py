"""Every row of the contract's status table, counted at the server."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import (
    AnswerError,
    CloudError,
    CreditsError,
    KeyForbiddenError,
    KeyRejectedError,
    ModelMissingError,
    ModelRetiredError,
    PictureRejectedError,
    ServiceFaultError,
    ServiceTimeoutError,
    ServiceUnreachableError,
    TooFastError,
)
from tests.detectors.nim.conftest import Bench, ask, grey
from tests.support.nim import FAULTS, Fault, StandIn
from tests.support.nim.faults import STATUSES

_ROWS: dict[str, tuple[type[CloudError], int, str]] = {
    # fault: (error, requests until it is given up, a word of the service's that must be seen)
    "degraded": (ServiceFaultError, 3, "DEGRADED"),
    "bad-request": (PictureRejectedError, 1, "field required"),
    "bad-key": (KeyRejectedError, 1, "Authentication failed"),
    "no-credits": (CreditsError, 1, "credits expired"),
    "forbidden": (KeyForbiddenError, 1, "Authorization failed"),
    "not-found": (ModelMissingError, 1, "Not found for account"),
    "not-allowed": (ModelMissingError, 1, "status 405"),
    "proxy-login": (ServiceUnreachableError, 1, "proxy login"),
    "request-timeout": (ServiceTimeoutError, 1, "status 408"),
    "retired": (ModelRetiredError, 1, "end of life"),
    "too-large": (PictureRejectedError, 1, "Payload Too Large"),
    "unprocessable": (PictureRejectedError, 1, "Inference error"),
    "unprocessable-list": (PictureRejectedError, 1, "input"),
    "too-fast": (TooFastError, 7, "Too Many Requests"),
    "too-fast-hour": (TooFastError, 1, "asked less often"),
    "fault": (ServiceFaultError, 3, "Inference error"),
    "bare-fault": (ServiceFaultError, 3, "status 500"),
    "bad-gateway": (ServiceFaultError, 3, "502 Bad Gateway"),
    "overloaded": (ServiceFaultError, 3, "no healthy upstream"),
    "gateway-timeout": (ServiceFaultError, 3, "upstream request timeout"),
    "no-content": (AnswerError, 1, "status 204"),
    "elsewhere": (ServiceUnreachableError, 1, "leads to 127.0.0.1"),
}
_PAUSING = {KeyRejectedError, CreditsError, KeyForbiddenError, ModelMissingError, ModelRetiredError}


def test_the_table_is_complete() -> None:
    assert set(_ROWS) == set(STATUSES) - {"too-fast-wait"}  # which has a test of its own


@pytest.mark.parametrize("name", _ROWS)
def test_a_status_ends_with_its_own_error(standin: StandIn, bench: Bench, name: str) -> None:
    kind, requests, words = _ROWS[name]
    standin.always(name)
    error = ask(bench.detector(standin.url), grey(128)).exception(10)
    assert type(error) is kind
    assert isinstance(error, CloudError)
    assert words in error.message
    assert error.hint
    assert error.pauses_queue is (kind in _PAUSING)
    assert len(standin.at("infer")) == requests
    assert len(bench.uploads) == requests  # every time it left is noted


@pytest.mark.parametrize("name", ["fault", "overloaded", "degraded", "bare-fault"])
def test_two_faults_in_a_row_are_survived(standin: StandIn, bench: Bench, name: str) -> None:
    standin.plan(name, name)
    assert ask(bench.detector(standin.url), grey(255)).result(10).p_ai == 1.0
    assert len(standin.at("infer")) == 3


def test_a_failed_picture_holds_no_frame_with_the_picture_in_it(standin: StandIn, bench: Bench) -> None:
    standin.always("cut-after-reading")
    error = ask(bench.detector(standin.url), grey(1)).exception(10)
    assert error is not None
    assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)


def test_the_services_words_are_made_harmless(standin: StandIn, bench: Bench) -> None:
    standin.always(Fault(status=422, body=b'{"detail":"\\u202egpj.exe\\u0007' + b"a" * 5000 + b'"}'))
    error = ask(bench.detector(standin.url), grey(1)).exception(10)
    assert isinstance(error, PictureRejectedError)
    assert "\u202e" not in error.message
    assert "\x07" not in error.message
    assert len(error.message) < 300


def test_every_named_fault_can_be_started_by_hand() -> None:
    assert len(FAULTS) > 60
