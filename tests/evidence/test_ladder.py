"""The ladder: facts above the estimate, and neither changes the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import Estimate, Words
from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.ladder import ladder, strongest_first
from tests.evidence.makers import estimate, evidence

AI = (Says.MADE_BY_AI, Says.EDITED_WITH_AI)
some_evidence = st.builds(
    evidence, st.sampled_from(Says), st.sampled_from(Strength), st.sampled_from(EvidenceKind)
)
evidences = st.lists(some_evidence, max_size=6)
estimates = st.none() | st.sampled_from(Words).map(estimate)


def top(*items: Evidence) -> Evidence | None:
    return ladder(items, None).fact


def test_nothing_found_leaves_line_1_empty() -> None:
    steps = ladder((), estimate(Words.STRONG))
    assert (steps.fact, steps.disagree, steps.mutes_estimate) == (None, False, False)


ORDER = [
    evidence(Says.MADE_BY_AI, Strength.SIGNED),
    evidence(Says.EDITED_WITH_AI, Strength.SIGNED),
    evidence(Says.CAPTURED, Strength.SIGNED),
    evidence(Says.MADE_BY_AI),
    evidence(Says.CAPTURED),
    evidence(Says.NOTHING, Strength.SIGNED),
    evidence(Says.NOTHING),
    evidence(Says.CAPTURED, Strength.CAMERA),
    evidence(Says.NOTHING, Strength.CAMERA),
]


@pytest.mark.parametrize("at", range(len(ORDER) - 1))
def test_the_stronger_fact_is_above_the_weaker(at: int) -> None:
    strong, weak = ORDER[at : at + 2]
    assert top(weak, strong) == top(strong, weak) == strong


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (evidence(Says.CAPTURED, Strength.SIGNED), Words.STRONG),
        (evidence(Says.CAPTURED, Strength.CAMERA), Words.STRONG),
        (evidence(Says.MADE_BY_AI), Words.FEW),
        (evidence(Says.MADE_BY_AI, Strength.SIGNED), Words.FEW),
    ],
)
def test_signals_that_point_in_opposite_directions_disagree(fact: Evidence, words: Words) -> None:
    assert ladder([fact], estimate(words)).disagree


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (evidence(Says.CAPTURED, Strength.SIGNED), Words.SOME),
        (evidence(Says.CAPTURED, Strength.SIGNED), Words.FEW),
        (evidence(Says.MADE_BY_AI), Words.STRONG),
        (evidence(Says.MADE_BY_AI), Words.CANT_TELL),
        (evidence(Says.MADE_BY_AI), Words.OUT_OF_RANGE),
        (evidence(Says.EDITED_WITH_AI), Words.FEW),
        (evidence(Says.SOFTWARE), Words.STRONG),
        (evidence(Says.NOTHING, Strength.SIGNED), Words.STRONG),
    ],
)
def test_others_do_not(fact: Evidence, words: Words) -> None:
    assert not ladder([fact], estimate(words)).disagree


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("says", Says)
def test_only_a_verified_statement_of_ai_mutes_the_estimate(says: Says, verified: bool) -> None:  # noqa: FBT001  # a case
    fact = evidence(says, Strength.SIGNED, EvidenceKind.C2PA, verified=verified)
    assert ladder([fact], estimate(Words.FEW)).mutes_estimate == (verified and says in AI)


def test_a_label_mutes_nothing() -> None:
    assert not ladder([evidence(Says.MADE_BY_AI)], estimate(Words.FEW)).mutes_estimate


def test_of_two_signed_statements_alike_the_verified_one_is_above() -> None:
    verified = evidence(Says.MADE_BY_AI, Strength.SIGNED, verified=True)
    assert top(evidence(Says.MADE_BY_AI, Strength.SIGNED), verified) is verified


@given(evidences)
def test_contradictions_come_last(found: list[Evidence]) -> None:
    contradict = [item.strength is Strength.CONTRADICTION for item in strongest_first(found)]
    assert contradict == sorted(contradict)
    assert len(contradict) == len(found)


@given(evidences, estimates)
def test_the_estimate_is_passed_on_untouched(found: list[Evidence], given_estimate: Estimate | None) -> None:
    assert ladder(found, given_estimate).estimate is given_estimate


@given(evidences, estimates)
def test_nothing_is_lost_and_contradictions_stand_apart(
    found: list[Evidence], given_estimate: Estimate | None
) -> None:
    steps = ladder(found, given_estimate)
    facts = ([steps.fact] if steps.fact else []) + list(steps.others)
    assert sorted(map(id, [*facts, *steps.contradictions])) == sorted(map(id, found))
    assert all(item.strength is not Strength.CONTRADICTION for item in facts)


@given(evidences, estimates, estimates)
def test_the_estimate_never_decides_which_fact_is_first(
    found: list[Evidence], one: Estimate | None, other: Estimate | None
) -> None:
    assert ladder(found, one).fact is ladder(found, other).fact
    assert ladder(found, one).mutes_estimate == ladder(found, other).mutes_estimate


@given(evidences, st.randoms(use_true_random=False))
def test_the_order_of_finding_changes_no_strength(found: list[Evidence], shuffler: object) -> None:
    first = ladder(found, None).fact
    shuffled = list(found)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    second = ladder(shuffled, None).fact
    assert (first and (first.strength, first.says)) == (second and (second.strength, second.says))


@given(evidences)
def test_an_unsigned_mark_never_stands_above_a_signed_statement(found: list[Evidence]) -> None:
    fact = ladder(found, None).fact
    if any(item.strength is Strength.SIGNED and item.says is not Says.NOTHING for item in found):
        assert fact is not None
        assert fact.strength is Strength.SIGNED
