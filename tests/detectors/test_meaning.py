import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import ScoreCounts, Words
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.detectors.calibration import probability
from desktop_app.detectors.card import BandsCard, ModelCard, load_card
from desktop_app.detectors.meaning import counts_for, make_estimate, words_for
from desktop_app.system.paths import models_dir
from tests.support.onnx_files import card_for

BANDS = BandsCard(few=0.1, some=0.6, strong=0.9)
SPANS = [
    {"low": 0, "high": 0.1, "photographs": 95, "ai": 5},
    {"low": 0.1, "high": 0.9, "photographs": 4, "ai": 4},
    {"low": 0.9, "high": 1, "photographs": 1, "ai": 91},
]
THREE = [
    {"name": "Camera", "ai": False, "index": 1},
    {"name": "One", "ai": True, "index": 0},
    {"name": "Two", "ai": True, "index": 2},
]


def card(**fields: Any) -> ModelCard:
    return msgspec.convert(card_for(b"", **fields), ModelCard)


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0, Words.FEW),
        (0.1, Words.FEW),
        (0.11, Words.CANT_TELL),
        (0.59, Words.CANT_TELL),
        (0.6, Words.SOME),
        (0.9, Words.STRONG),
        (1.0, Words.STRONG),
    ],
)
def test_words_follow_the_measured_bands(p: float, words: Words) -> None:
    assert words_for(p, BANDS) is words


@given(st.floats(-1e6, 1e6), st.floats(0.01, 100))
def test_any_logit_gives_a_probability(logit: float, temperature: float) -> None:
    p = probability(logit, temperature)
    assert 0 <= p <= 1
    assert (p > 0.5) == (logit > 0) or math.isclose(p, 0.5, abs_tol=1e-6)


def test_a_picture_of_another_size_is_outside_the_range_whatever_the_score() -> None:
    bundled = load_card(models_dir() / "cifake.json")
    for logit in (-50.0, 0.0, 50.0):
        estimate = make_estimate(bundled, [ViewAnswer(logit)], 640, 480)
        assert estimate.words is Words.OUT_OF_RANGE
        assert not estimate.in_range
        assert "640×480" in estimate.range_reason
        assert estimate.counts is None


def test_a_flat_picture_is_outside_the_range_whatever_the_score() -> None:
    bounded = card(range={"shorter_side_min": 24, "reason": "none", "flat_share_max": 0.4})
    for logit in (-50.0, 0.0, 50.0):
        estimate = make_estimate(bounded, [ViewAnswer(logit)], 32, 32, 0.41)
        assert estimate.words is Words.OUT_OF_RANGE
        assert not estimate.in_range
        assert estimate.range_reason.startswith("What was looked at is flat colours and sharp edges")


def test_the_size_is_the_first_reason_for_being_outside() -> None:
    bounded = card(range={"shorter_side_min": 24, "reason": "Too small.", "flat_share_max": 0.4})
    estimate = make_estimate(bounded, [ViewAnswer(9.0)], 20, 90, 1.0)
    assert estimate.range_reason == "This picture has 20×90 pixels. Too small."


@pytest.mark.parametrize(("most", "flat"), [(None, 1.0), (0.4, 0.4), (0.4, 0.0), (1, 1.0)])
def test_a_picture_as_flat_as_the_range_bears_is_in_it(most: float | None, flat: float) -> None:
    bounded = card(range={"shorter_side_min": 24, "reason": "none", "flat_share_max": most})
    estimate = make_estimate(bounded, [ViewAnswer(9.0)], 32, 32, flat)
    assert estimate.in_range
    assert not estimate.range_reason


def test_both_origins_are_named_and_add_up() -> None:
    estimate = make_estimate(load_card(models_dir() / "cifake.json"), [ViewAnswer(2.0)], 32, 32)
    assert estimate.in_range
    assert [source.name for source in estimate.sources] == ["Stable Diffusion 1.4", "Camera photo (CIFAR-10)"]
    assert math.isclose(sum(source.p for source in estimate.sources), 1)
    assert estimate.sources[0].p == estimate.p_ai


def test_several_views_are_averaged_by_their_logits() -> None:
    view = card().input.views[0]
    two = msgspec.structs.replace(card(), input=msgspec.structs.replace(card().input, views=(view, view)))
    estimate = make_estimate(two, [ViewAnswer(3.0), ViewAnswer(-1.0)], 32, 32)
    assert estimate.p_ai == probability(1.0, 1.0)
    assert estimate.heat is not None
    assert len(estimate.heat) == 2


def test_a_rule_that_gives_several_views_is_averaged_over_all_of_them() -> None:
    view = msgspec.structs.replace(card().input.views[0], crop="quarters")
    four = msgspec.structs.replace(card(), input=msgspec.structs.replace(card().input, views=(view,)))
    estimate = make_estimate(four, [ViewAnswer(logit) for logit in (3.0, -1.0, 0.0, 2.0)], 32, 32)
    assert estimate.p_ai == probability(1.0, 1.0)
    assert estimate.heat is not None
    assert len(estimate.heat) == 4


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.floats(-20, 20), st.floats(0.2, 5))
def test_origins_share_their_side_of_the_calibrated_number(
    classes: list[float], logit: float, temperature: float
) -> None:
    three = card(sources=THREE, output={"name": "y", "kind": "softmax"}, calibration={"temperature": temperature})
    estimate = make_estimate(three, [ViewAnswer(logit, tuple(classes))], 32, 32)
    assert math.isclose(sum(source.p for source in estimate.sources), 1, abs_tol=1e-9)
    assert math.isclose(sum(source.p for source in estimate.sources if source.ai), estimate.p_ai, abs_tol=1e-9)
    by_name = {source.name: source.p for source in estimate.sources}
    assert (by_name["One"] > by_name["Two"]) <= (classes[0] >= classes[2])


@pytest.mark.parametrize(
    ("p", "low", "ai"), [(0.0, 0, 5), (0.0999, 0, 5), (0.1, 0.1, 4), (0.9, 0.9, 91), (1.0, 0.9, 91)]
)
def test_a_score_is_told_how_test_pictures_with_it_turned_out(p: float, low: float, ai: int) -> None:
    counts = counts_for(p, card(counts=SPANS, counts_test="test set"))
    assert counts is not None
    assert (counts.low, counts.ai, counts.test) == (low, ai, "test set")


def test_a_card_without_counts_says_nothing_of_them() -> None:
    assert counts_for(0.5, card()) is None


def test_an_estimate_in_range_carries_its_counts() -> None:
    estimate = make_estimate(card(counts=SPANS, counts_test="test set"), [ViewAnswer(9.0)], 32, 32)
    assert estimate.counts == ScoreCounts(0.9, 1, 1, 91, "test set", 100, 100)


def test_no_word_is_a_verdict() -> None:
    for words in Words:
        assert not {"real", "fake", "authentic"} & set(words.value.casefold().split())
