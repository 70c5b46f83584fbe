import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from desktop_app.core.errors import InferenceError
from desktop_app.detectors.answers import MOST_CELLS
from desktop_app.detectors.card import ModelCard, OutputCard, SourceCard
from desktop_app.detectors.outputs import view_answers
from tests.support.onnx_files import card_for

TWO = (SourceCard("Camera", ai=False), SourceCard("Machine", ai=True))
THREE = (SourceCard("Camera", False, 1), SourceCard("One", True, 0), SourceCard("Two", True, 2))  # noqa: FBT003  # in the order of the card
CLASSES = OutputCard("y", "softmax")
SCORES = OutputCard("y", "class_scores")


def card(output: OutputCard, sources: tuple[SourceCard, ...] = TWO) -> ModelCard:
    made = msgspec.convert(card_for(b""), ModelCard)
    return msgspec.structs.replace(made, output=output, sources=sources)


def array(*numbers: object) -> np.ndarray:
    return np.array(numbers, np.float32)


def logit(p: float) -> float:
    return math.log(p / (1 - p))


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_refused(wrong: float) -> None:
    with pytest.raises(InferenceError, match="not a number"):
        view_answers(card(OutputCard("y", "logit")), 1, array(wrong), None)


def test_words_are_refused() -> None:
    with pytest.raises(InferenceError, match="not a number"):
        view_answers(card(OutputCard("y", "logit")), 1, np.array(["AI"]), None)


@pytest.mark.parametrize("numbers", [[], [0.1, 0.2], [[0.1], [0.2], [0.3]]])
def test_more_or_fewer_numbers_than_views_are_refused(numbers: list[object]) -> None:
    with pytest.raises(InferenceError, match="another number of answers"):
        view_answers(card(OutputCard("y", "logit")), 1, array(*numbers), None)


def test_an_index_beyond_the_output_is_refused() -> None:
    with pytest.raises(InferenceError, match="fewer numbers"):
        view_answers(card(OutputCard("y", "logit", index=2)), 1, array([1, 2]), None)


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_a_probability_outside_0_to_1_is_refused(wrong: float) -> None:
    with pytest.raises(InferenceError, match="not a probability"):
        view_answers(card(OutputCard("y", "probability")), 1, array(wrong), None)


@pytest.mark.parametrize("wrong", [[0.4, 0.4, 0.1], [0.6, 0.6, 0.6], [0.0, 0.0, 0.0]])
def test_classes_that_do_not_add_up_are_refused(wrong: list[float]) -> None:
    with pytest.raises(InferenceError, match="add up"):
        view_answers(card(CLASSES, THREE), 1, array(wrong), None)


@pytest.mark.parametrize("wrong", [[0.5, 0.5], [0.25, 0.25, 0.25, 0.25], [1.0]])
def test_another_number_of_classes_than_of_sources_is_refused(wrong: list[float]) -> None:
    with pytest.raises(InferenceError, match="number of classes"):
        view_answers(card(CLASSES, THREE), 1, array(wrong), None)


@pytest.mark.parametrize("shape", [(1,), (2, 3, 3), (1, 2, 3, 3), (1, 65, 64), (1, 0, 3)])
def test_a_map_of_another_shape_or_too_fine_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InferenceError, match="map of another size"):
        view_answers(card(OutputCard("y", "logit", map="m")), 1, array(0.5), np.zeros(shape, np.float32))


def test_a_map_of_nothing_is_refused() -> None:
    with pytest.raises(InferenceError, match="not a number"):
        view_answers(card(OutputCard("y", "logit", map="m")), 1, array(0.5), np.full((1, 2, 2), np.nan))


def test_the_cells_of_all_views_are_bounded_together() -> None:
    maps = np.zeros((2, 64, 64), np.float32)
    assert maps.size > MOST_CELLS
    with pytest.raises(InferenceError, match="map of another size"):
        view_answers(card(OutputCard("y", "logit", map="m")), 2, array(0.5, 0.5), maps)


def test_a_logit_is_taken_as_it_is() -> None:
    answers = view_answers(card(OutputCard("y", "logit")), 2, array([0.5], [-2]), None)
    assert [answer.logit for answer in answers] == [0.5, -2]


def test_a_probability_becomes_its_log_odds_and_never_endless_ones() -> None:
    answers = view_answers(card(OutputCard("y", "probability")), 3, array(0, 0.9, 1), None)
    assert answers[1].logit == pytest.approx(logit(0.9), abs=1e-5)
    assert answers[0].logit == pytest.approx(-answers[2].logit)
    assert 15 < answers[2].logit < 20


def test_an_index_picks_one_of_several_numbers() -> None:
    (answer,) = view_answers(card(OutputCard("y", "logit", index=1)), 1, array([5, 7]), None)
    assert answer.logit == 7


def test_the_classes_of_all_ai_sources_count_together() -> None:
    (answer,) = view_answers(card(CLASSES, THREE), 1, array([0.5, 0.2, 0.3]), None)
    assert answer.logit == pytest.approx(logit(0.8), abs=1e-5)
    assert answer.classes == pytest.approx((0.5, 0.2, 0.3))


def test_raw_class_scores_go_through_softmax_however_large() -> None:
    (answer,) = view_answers(card(SCORES, THREE), 1, array([1000, 1000 + math.log(2), 1000]), None)
    assert answer.classes == pytest.approx((0.25, 0.5, 0.25), abs=1e-4)
    assert answer.logit == pytest.approx(0, abs=1e-3)


def test_one_index_is_enough_where_there_are_two_sources() -> None:
    (answer,) = view_answers(card(OutputCard("y", "softmax", index=0)), 1, array([0.9, 0.05, 0.05]), None)
    assert answer.logit == pytest.approx(logit(0.9), abs=1e-5)


@pytest.mark.parametrize("shape", [(1, 2, 3), (1, 1, 2, 3)])
def test_a_map_comes_row_by_row_from_the_top(shape: tuple[int, ...]) -> None:
    cells = np.arange(6, dtype=np.float32).reshape(shape)
    (answer,) = view_answers(card(OutputCard("y", "logit", map="m")), 1, array(2.5), cells)
    assert answer.rows == ((0, 1, 2), (3, 4, 5))


@given(
    arrays.arrays(np.float32, st.tuples(st.integers(1, 4), st.integers(1, 4))), st.sampled_from([CLASSES, SCORES])
)
def test_whatever_comes_is_finite_or_refused(output: np.ndarray, kind: OutputCard) -> None:
    try:
        answers = view_answers(card(kind, THREE), len(output), output, None)
    except InferenceError:
        return
    assert all(math.isfinite(answer.logit) for answer in answers)
    assert all(math.isclose(sum(answer.classes), 1, abs_tol=1e-6) for answer in answers)
