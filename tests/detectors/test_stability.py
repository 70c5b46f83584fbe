"""What harmless changes do to a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import Estimate, SourceScore, VariantScore, Words
from desktop_app.detectors.stability import with_stability

BASE = Estimate(
    "m", "M", "ab", 0.9, Words.STRONG, in_range=True, range_reason="", sources=(SourceScore("a", 0.9),)
)
PROBABILITIES = st.floats(0, 1)
ESTIMATES = st.builds(
    lambda p_ai, words, in_range, model: replace(
        BASE, p_ai=p_ai, words=words if in_range else Words.OUT_OF_RANGE, in_range=in_range, model_sha256=model
    ),
    PROBABILITIES,
    st.sampled_from([Words.STRONG, Words.SOME, Words.CANT_TELL, Words.FEW]),
    st.booleans(),
    st.sampled_from(["ab", "ab", "ab", "cd"]),
)
VARIANTS = st.lists(st.tuples(st.text(max_size=3), ESTIMATES), max_size=8)


def tried(estimate: Estimate, *probabilities: float, in_range: bool = True, model: str = "ab") -> Estimate:
    changed = [replace(BASE, p_ai=p_ai, in_range=in_range, model_sha256=model) for p_ai in probabilities]
    return with_stability(estimate, [(f"change {number}", one) for number, one in enumerate(changed)])


def test_an_answer_that_flips_reads_cant_tell() -> None:
    estimate = tried(BASE, 0.8, 0.4)
    assert estimate.words is Words.CANT_TELL
    assert estimate.stability is not None
    assert (estimate.stability.low, estimate.stability.high, estimate.stability.flips) == (0.4, 0.9, True)


def test_a_change_that_leads_out_of_the_range_decides_nothing() -> None:
    estimate = tried(BASE, 0.1, in_range=False)
    assert estimate.words is Words.STRONG
    assert estimate.stability is not None
    assert (estimate.stability.low, estimate.stability.flips) == (0.9, False)
    assert estimate.stability.variants == (VariantScore("change 0", 0.1, counted=False),)


def test_another_model_s_answer_decides_nothing() -> None:
    estimate = tried(BASE, 0.1, model="cd")
    assert estimate.words is Words.STRONG
    assert estimate.stability is not None
    assert not estimate.stability.variants[0].counted


def test_outside_the_range_all_count_and_the_words_stay() -> None:
    outside = replace(BASE, in_range=False, words=Words.OUT_OF_RANGE)
    estimate = tried(outside, 0.2, 0.7, in_range=False)
    assert estimate.words is Words.OUT_OF_RANGE
    assert estimate.stability is not None
    assert (estimate.stability.low, estimate.stability.high, estimate.stability.flips) == (0.2, 0.9, True)


@pytest.mark.parametrize("pair", [(0.5, 0.9), (0.5, 0.1), (0.9, 0.5), (0.5, 0.5)])
def test_one_half_is_on_neither_side(pair: tuple[float, float]) -> None:
    estimate = tried(replace(BASE, p_ai=pair[0]), pair[1])
    assert estimate.stability is not None
    assert not estimate.stability.flips


def test_a_picture_that_could_not_be_changed_at_all_holds() -> None:
    stability = tried(BASE).stability
    assert stability is not None
    assert (stability.low, stability.high, stability.flips, stability.variants) == (0.9, 0.9, False, ())


@given(ESTIMATES, VARIANTS)
def test_the_span_holds_the_score_and_every_counted_one(
    estimate: Estimate, variants: list[tuple[str, Estimate]]
) -> None:
    stability = with_stability(estimate, variants).stability
    assert stability is not None
    counted = [score.p_ai for score in stability.variants if score.counted]
    assert stability.low == min([estimate.p_ai, *counted])
    assert stability.high == max([estimate.p_ai, *counted])
    assert [score.name for score in stability.variants] == [name for name, _ in variants]


@given(ESTIMATES, VARIANTS)
def test_it_flips_just_when_the_span_reaches_over_one_half_from_the_score(
    estimate: Estimate, variants: list[tuple[str, Estimate]]
) -> None:
    stability = with_stability(estimate, variants).stability
    assert stability is not None
    reaches = stability.low < 0.5 if estimate.p_ai > 0.5 else stability.high > 0.5
    assert stability.flips is (reaches and estimate.p_ai != 0.5)


@given(ESTIMATES, VARIANTS)
def test_nothing_but_the_words_and_the_stability_changes(
    estimate: Estimate, variants: list[tuple[str, Estimate]]
) -> None:
    after = with_stability(estimate, variants)
    assert after.stability is not None
    expected = Words.CANT_TELL if after.stability.flips and estimate.in_range else estimate.words
    assert after == replace(estimate, words=expected, stability=after.stability)


@given(ESTIMATES, VARIANTS)
def test_trying_twice_says_the_same_as_trying_once(
    estimate: Estimate, variants: list[tuple[str, Estimate]]
) -> None:
    once = with_stability(estimate, variants)
    assert with_stability(once, variants) == once
