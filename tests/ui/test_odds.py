from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.core.estimates import ScoreCounts
from desktop_app.ui.detail.odds import AiShare, ai_share


def counts(photographs: int, ai: int, all_photographs: int | None = 255, all_ai: int | None = 163) -> ScoreCounts:
    return ScoreCounts(0.9, 1.0, photographs, ai, "ordinary", all_photographs, all_ai)


def share(told: ScoreCounts, prior: float) -> AiShare:
    found = ai_share(told, prior)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "told", [counts(2, 2), counts(0, 0), counts(3, 77, None, None), counts(9, 0, 9, 0), counts(0, 9, 0, 9)]
)
def test_too_few_counts_say_nothing(told: ScoreCounts) -> None:
    assert ai_share(told, 0.05) is None


def test_the_share_is_bayes_rule_where_many_were_counted() -> None:
    # Of 1,000 pictures, 50 are AI and 25 of these get the score; of 950 photographs, 9.5 do.
    assert share(counts(10_000, 500_000, 1_000_000, 1_000_000), 0.05).likely == pytest.approx(
        25 / (25 + 9.5), abs=1e-4
    )


def test_a_kind_that_never_got_the_score_is_not_ruled_out() -> None:
    found = share(counts(0, 77), 0.01)
    assert 0.5 < found.likely < 0.9
    assert found.low < 0.35
    assert found.high == 1


@given(
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(1, 300),
    st.integers(1, 300),
    st.sampled_from((0.5, 0.05, 0.01)),
)
def test_the_likely_share_lies_between_its_ends(
    photographs: int, ai: int, more_photographs: int, more_ai: int, prior: float
) -> None:
    assume(photographs + ai >= 5)
    found = share(counts(photographs, ai, photographs + more_photographs, ai + more_ai), prior)
    assert 0 <= found.low <= found.likely <= found.high <= 1


@given(st.integers(5, 200), st.integers(5, 150))
def test_the_rarer_ai_is_the_fewer_of_such_pictures_are(photographs: int, ai: int) -> None:
    told = counts(photographs, ai)
    assert share(told, 0.5).likely > share(told, 0.05).likely > share(told, 0.01).likely
