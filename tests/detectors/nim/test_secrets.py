"""The key goes to the service alone, and appears nowhere else."""

from __future__ import annotations

import gc
import json
import logging
import traceback

import pytest

from desktop_app.core.errors import TelltaleError
from desktop_app.detectors.nim.client import Question
from desktop_app.detectors.nim.words import harmless, words_of
from tests.detectors.nim.conftest import Bench, ask, grey, noise
from tests.support.nim import FAULTS, KEY, Fault, StandIn
from tests.support.nim.faults import ANSWERS, CUTS, STATUSES

ECHO = Fault(status=403, body=json.dumps({"detail": f"Authorization failed for Bearer {KEY}"}).encode())
ECHO_ITEM = Fault(body=json.dumps({"data": [{"status": "ERROR", "message": f"bad key {KEY}"}]}).encode())
HIDDEN = Fault(status=403, body="\u200b".join(KEY).encode())
IN_LOCATION = Fault(status=302, headers={"Location": f"http://{KEY.lower()}.example/?key={KEY}"})
_ECHOES = {"echo": ECHO, "echo-item": ECHO_ITEM, "hidden": HIDDEN, "in-location": IN_LOCATION}
_FAULTS = {name: FAULTS[name] for name in (*STATUSES, *ANSWERS, *CUTS) if not name.startswith("too-fast")}


@pytest.mark.parametrize("name", _ECHOES)
def test_a_service_that_repeats_the_key_does_not_get_it_into_an_error(
    standin: StandIn, bench: Bench, name: str
) -> None:
    standin.always(_ECHOES[name])
    error = ask(bench.detector(standin.url), grey(9)).exception(10)
    assert isinstance(error, TelltaleError)
    told = f"{error!r} {error} {error.message} {error.hint} {error.args}".lower()
    assert KEY.lower() not in told
    assert KEY.removeprefix("nvapi-").lower() not in told


def test_the_key_shows_in_no_error_no_log_and_at_no_other_host(
    standin: StandIn, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    standin.plan(*_FAULTS.values(), "pending", ECHO)
    detector = bench.detector(standin.url, asset_upload=True, deepfake=True)
    pictures = [grey(level) for level in range(12)] + [noise(400, 400)] * 2
    told: list[str] = []
    for future in [ask(detector, picture) for picture in pictures * 5]:
        error = future.exception(20)
        if error is not None:
            told += [repr(error), *traceback.format_exception(error)]
    detector.close()
    text = "\n".join((*told, caplog.text, repr(bench.uploads), repr(detector), repr(vars(detector))))
    assert len(told) > 20
    assert KEY not in text
    assert KEY.removeprefix("nvapi-") not in text
    for request in standin.requests:
        carries = KEY.encode() in request.all_bytes
        assert carries is (request.place == "service")
        if carries:
            assert request.headers["authorization"] == f"Bearer {KEY}"
            assert KEY.encode() not in request.body
            assert KEY not in request.path


def test_a_redirect_is_never_followed(standin: StandIn, bench: Bench) -> None:
    standin.always("elsewhere")
    ask(bench.detector(standin.url), grey(9)).exception(10)
    assert {request.place for request in standin.requests} == {"service"}


def test_nothing_that_holds_the_key_outlives_a_failed_picture(standin: StandIn, bench: Bench) -> None:
    standin.always("cut-after-reading")
    errors = [ask(bench.detector(standin.url), grey(level)).exception(10) for level in range(3)]
    assert all(errors)
    gc.collect()
    assert not [thing for thing in gc.get_objects() if isinstance(thing, Question)]


def test_a_question_shows_neither_key_nor_picture_when_it_is_printed() -> None:
    question = Question("https://nim.example", b'{"input":["data:image/png;base64,AAAA"]}', KEY)
    assert KEY not in repr(question)
    assert "AAAA" not in repr(question)


@pytest.mark.parametrize("text", [KEY, f"x{KEY}y", "nvapi-" + "A" * 64, "\u2066".join(KEY)])
def test_words_never_hold_a_key(text: str) -> None:
    assert "nvapi" not in harmless(text, KEY)
    assert KEY not in words_of(json.dumps({"title": [text]}).encode(), KEY)
