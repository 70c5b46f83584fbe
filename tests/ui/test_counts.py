from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import ScoreCounts, Words
from desktop_app.ui.detail.counts import counts_sentence, counts_source
from desktop_app.ui.window import Window
from tests.ui.fakes import done, tried, with_counts
from tests.ui.showing import show


def counts(photographs: int, ai: int, low: float = 0.9, high: float = 1.0) -> ScoreCounts:
    return ScoreCounts(low, high, photographs, ai, "cifake-test-dev")


@pytest.mark.parametrize(
    ("photographs", "ai", "sentence"),
    [
        (0, 0, "No test picture got a score like this (90–100\u00a0%)."),
        (0, 1, "The one test picture with a score like this (90–100\u00a0%) was AI."),
        (1, 0, "The one test picture with a score like this (90–100\u00a0%) was a photograph."),
        (4, 3, "Of the 7 test pictures with a score like this (90–100\u00a0%), 3 were AI."),
        (7, 0, "Of the 7 test pictures with a score like this (90–100\u00a0%), none were AI."),
        (1, 98, "Of the 99 test pictures with a score like this (90–100\u00a0%), 98 were AI."),
        (12, 988, "Of 100 test pictures with a score like this (90–100\u00a0%), 99 were AI."),
        (3, 4497, "Of 100 test pictures with a score like this (90–100\u00a0%), more than 99 were AI."),
        (4500, 2, "Of 100 test pictures with a score like this (90–100\u00a0%), fewer than 1 were AI."),
    ],
)
def test_few_pictures_are_counted_and_many_are_said_of_a_hundred(photographs: int, ai: int, sentence: str) -> None:
    assert counts_sentence(counts(photographs, ai)) == sentence


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_no_count_claims_all_or_none_of_a_hundred(photographs: int, ai: int) -> None:
    said = counts_sentence(counts(photographs, ai))
    assert "), 100 were" not in said
    assert "), 0 were" not in said


@pytest.mark.parametrize(("low", "high", "span"), [(0.0, 0.05, "0–5\u00a0%"), (0.995, 1.0, "99.5–100\u00a0%")])
def test_the_span_has_the_digits_that_it_needs(low: float, high: float, span: str) -> None:
    assert f"({span})" in counts_sentence(counts(50, 50, low, high))


def test_the_share_of_ai_in_the_test_set_is_not_kept_secret() -> None:
    assert (
        counts_source(counts(12, 988))
        == "Counted on 1,000 pictures of cifake-test-dev, a test set that is half AI."
    )


def test_the_name_of_a_strangers_test_set_is_made_plain() -> None:
    said = counts_source(ScoreCounts(0, 1, 1, 1, "a\u202eb\nc"))
    assert "ab\N{REPLACEMENT CHARACTER}c" in said


def test_outside_the_range_nothing_is_counted(window: Window) -> None:
    show(window, [with_counts(done(1), 12, 988), done(2, 0.97, Words.STRONG)])
    for item_id in (1, 2):
        window.desk.listing.select([item_id])
        assert window.work.detail.one.answer.counts_text() == ""


def test_an_answer_that_flips_is_not_backed_by_counts(window: Window) -> None:
    show(window, [tried(with_counts(done(1, 0.97, Words.STRONG), 12, 988), 0.2)])
    window.desk.listing.select([1])
    assert window.work.detail.one.answer.counts_text() == ""


def test_in_range_the_counts_stand_under_the_meaning(window: Window) -> None:
    show(window, [with_counts(done(1, 0.97, Words.STRONG), 12, 988)])
    window.desk.listing.select([1])
    assert window.work.detail.one.answer.counts_text() == (
        "Of 100 test pictures with a score like this (90–100\u00a0%), 99 were AI. "
        "Counted on 1,000 pictures of cifake-test-dev, a test set that is half AI."
    )
