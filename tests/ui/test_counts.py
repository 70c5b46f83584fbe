from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import ScoreCounts, Words
from desktop_app.ui.detail.counts import counts_sentence, counts_source
from desktop_app.ui.window import Window
from tests.ui.fakes import done, tried, with_counts
from tests.ui.showing import show


def counts(
    photographs: int, ai: int, all_photographs: int | None = 255, all_ai: int | None = 163, high: float = 1.0
) -> ScoreCounts:
    return ScoreCounts(0.9, high, photographs, ai, "ordinary", all_photographs, all_ai)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (counts(0, 0), "No test picture got a score like this (90–100\u00a0%)."),
        (
            counts(3, 77),
            "Of 100 photographs in the test, 1 got a score like this (90–100\u00a0%); of 100 AI pictures, 47 did.",
        ),
        (
            counts(0, 163),
            (
                "Of 100 photographs in the test, fewer than 1 got a score like this (90–100\u00a0%); of 100 AI "
                "pictures, more than 99 did."
            ),
        ),
        (
            counts(0, 7, 99, 40),
            (
                "Of the 99 photographs in the test, none got a score like this (90–100\u00a0%); of the 40 AI "
                "pictures, 7 did."
            ),
        ),
        (
            counts(12, 0, None, None),
            "Photographs in the test with a score like this (90–100\u00a0%): 12. AI pictures: none.",
        ),
    ],
)
def test_each_kind_is_counted_by_itself_and_said_of_a_hundred(told: ScoreCounts, sentence: str) -> None:
    assert counts_sentence(told) == sentence


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_no_count_claims_all_or_none_of_a_hundred(photographs: int, ai: int) -> None:
    said = counts_sentence(counts(photographs, ai, 5000, 5000))
    assert "test, 100 got" not in said
    assert "test, 0 got" not in said
    assert "pictures, 100 did" not in said
    assert "pictures, 0 did" not in said


@pytest.mark.parametrize(("low", "high", "span"), [(0.0, 0.05, "0–5\u00a0%"), (0.995, 1.0, "99.5–100\u00a0%")])
def test_the_span_has_the_digits_that_it_needs(low: float, high: float, span: str) -> None:
    assert f"({span})" in counts_sentence(ScoreCounts(low, high, 50, 50, "ordinary", 100, 100))


def test_the_size_of_the_test_set_is_not_kept_secret() -> None:
    said = counts_source(counts(12, 98))
    assert said == "Counted on 255 photographs and 163 AI pictures of ordinary. Yours may differ."
    assert counts_source(counts(1, 1, None, None)) == "Counted on ordinary. Your pictures may differ."


def test_the_name_of_a_strangers_test_set_is_made_plain() -> None:
    said = counts_source(ScoreCounts(0, 1, 1, 1, "a\u202eb\nc"))
    assert "ab\N{REPLACEMENT CHARACTER}c" in said


def test_outside_the_range_nothing_is_counted(window: Window) -> None:
    show(window, [with_counts(done(1), 12, 988), done(2, 0.97, Words.STRONG)])
    for item_id in (1, 2):
        window.desk.listing.select([item_id])
        answer = window.work.detail.one.answer
        assert answer.counts_text() == ""
        assert answer.base_rate.text() == ""


def test_an_answer_that_flips_is_not_backed_by_counts(window: Window) -> None:
    show(window, [tried(with_counts(done(1, 0.97, Words.STRONG), 12, 988), 0.2)])
    window.desk.listing.select([1])
    answer = window.work.detail.one.answer
    assert answer.counts_text() == ""
    assert answer.base_rate.text() == ""


def test_in_range_the_counts_stand_under_the_meaning(window: Window) -> None:
    show(window, [with_counts(done(1, 0.97, Words.STRONG), 60, 4500)])
    window.desk.listing.select([1])
    assert window.work.detail.one.answer.counts_text() == (
        "Of 100 photographs in the test, 1 got a score like this (90–100\u00a0%); of 100 AI pictures, 90 did. "
        "Counted on 5,000 photographs and 5,000 AI pictures of cifake-test-dev. Yours may differ."
    )
