"""What the service says: malformed, odd, and as it should be."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import AnswerError
from desktop_app.core.estimates import Face, Mode, SourceScore, Words
from desktop_app.core.text import plain
from desktop_app.detectors.nim.answers import Answer, parse_answer, words_for
from desktop_app.detectors.nim.faces import parse_faces
from tests.detectors.nim.conftest import Bench, ask, grey
from tests.support.nim import KEY, StandIn
from tests.support.nim.faults import ANSWERS


@pytest.mark.parametrize("name", ANSWERS)
def test_a_malformed_answer_is_a_failed_item_and_never_a_made_up_number(
    standin: StandIn, bench: Bench, name: str
) -> None:
    standin.always(name)
    error = ask(bench.detector(standin.url), grey(200)).exception(10)
    assert type(error) is AnswerError
    assert len(standin.at("infer")) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not-json", "Welcome to the hotel"),
        ("no-data", "try later"),
        ("error-item", "face too blurred"),
        ("failure-with-score", "FAILURE"),
        ("filtered", "CONTENT_FILTERED"),
    ],
)
def test_a_failed_item_says_the_services_words(standin: StandIn, bench: Bench, name: str, words: str) -> None:
    standin.always(name)
    error = ask(bench.detector(standin.url), grey(200)).exception(10)
    assert isinstance(error, AnswerError)
    assert words in error.message


def test_a_good_answer_is_an_estimate_in_words(standin: StandIn, bench: Bench) -> None:
    estimate = ask(bench.detector(standin.url), grey(204)).result(10)
    assert (estimate.detector, estimate.title) == ("nim-hive", "Hive on NVIDIA NIM")
    assert estimate.mode is Mode.CLOUD
    assert estimate.p_ai == 0.8
    assert estimate.words is Words.SOME
    assert estimate.in_range
    names = [source.name for source in estimate.sources]
    assert names == ["Stable Diffusion XL", "No source named", "DALL·E", "Midjourney", "FLUX"]
    assert estimate.sources[1] == SourceScore("No source named", 0.2, ai=False)


def test_unknown_sources_are_kept_as_they_come(standin: StandIn, bench: Bench) -> None:
    standin.always("unknown-source")
    sources = ask(bench.detector(standin.url), grey(204)).result(10).sources
    assert sources == (SourceScore("brand_new-generator", 0.8), SourceScore("No source named", 0.2, ai=False))


@pytest.mark.parametrize("name", ["no-sources", "null-sources"])
def test_missing_sources_are_fine(standin: StandIn, bench: Bench, name: str) -> None:
    standin.always(name)
    assert ask(bench.detector(standin.url), grey(204)).result(10).sources == ()


@pytest.mark.parametrize("name", ["no-status", "odd-status", "whole-number", "more-fields"])
def test_what_is_odd_but_clear_is_taken(standin: StandIn, bench: Bench, name: str) -> None:
    standin.always(name)
    assert 0 < ask(bench.detector(standin.url), grey(204)).result(10).p_ai <= 1


@pytest.mark.parametrize(
    ("p_ai", "words"),
    [
        (0.0, Words.FEW),
        (0.1, Words.FEW),
        (0.11, Words.CANT_TELL),
        (0.69, Words.CANT_TELL),
        (0.7, Words.SOME),
        (0.89, Words.SOME),
        (0.9, Words.STRONG),
        (1.0, Words.STRONG),
    ],
)
def test_the_words_begin_where_the_module_says(p_ai: float, words: Words) -> None:
    assert words_for(p_ai) is words


def test_two_spellings_of_a_source_are_one() -> None:
    sources = '{"Stable_Diffusion-XL":0.3,"stablediffusionxl":0.3}'
    body = b'{"data":[{"is_ai_generated":0.5,"possible_sources":%s}]}' % sources.encode()
    assert parse_answer(body).sources == (SourceScore("Stable Diffusion XL", 0.6),)


def test_a_number_that_rounding_put_just_outside_is_taken() -> None:
    assert parse_answer(b'{"data":[{"is_ai_generated":1.0000001}]}').p_ai == 1.0
    assert parse_answer(b'{"data":[{"is_ai_generated":-1e-9}]}').p_ai == 0.0


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
_NAMES = st.sampled_from(["status", "is_ai_generated", "possible_sources", "bounding_boxes", "detail", "x"])
_ITEMS = st.dictionaries(_NAMES, _JSON, max_size=5)


@given(st.one_of(st.binary(max_size=200), _JSON, _ITEMS.map(lambda item: {"data": [item]})))
def test_whatever_comes_is_a_number_or_an_error_in_words(answer: Any) -> None:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode("utf-8", "surrogatepass")
    parsed: Answer | None = None
    faces: tuple[Face, ...] = ()
    words = ""
    try:
        parsed = parse_answer(body, KEY)
        faces = parse_faces(body, 10, 10, KEY)
    except AnswerError as error:
        words = error.message
    assert plain(words) == words
    assert words or parsed
    assert parsed is None or 0 <= parsed.p_ai <= 1
    assert all(0 <= source.p <= 1 and source.name for source in (parsed.sources if parsed else ()))
    assert all(0 <= face.score <= 1 and math.isfinite(face.x0) for face in faces)
