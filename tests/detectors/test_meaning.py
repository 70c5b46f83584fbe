import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import Words
from desktop_app.detectors.card import BandsCard, load_card
from desktop_app.detectors.meaning import make_estimate, probability, words_for
from desktop_app.system.paths import models_dir

BANDS = BandsCard(few=0.1, some=0.6, strong=0.9)


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
    card = load_card(models_dir() / "cifake.json")
    for logit in (-50.0, 0.0, 50.0):
        estimate = make_estimate(card, logit, 640, 480)
        assert estimate.words is Words.OUT_OF_RANGE
        assert not estimate.in_range
        assert "640×480" in estimate.range_reason


def test_both_origins_are_named_and_add_up() -> None:
    estimate = make_estimate(load_card(models_dir() / "cifake.json"), 2.0, 32, 32)
    assert estimate.in_range
    assert [source.name for source in estimate.sources] == ["Stable Diffusion 1.4", "Camera photo (CIFAR-10)"]
    assert math.isclose(sum(source.p for source in estimate.sources), 1)
    assert estimate.sources[0].p == estimate.p_ai


def test_no_word_is_a_verdict() -> None:
    for words in Words:
        assert not {"real", "fake", "authentic"} & set(words.value.casefold().split())
