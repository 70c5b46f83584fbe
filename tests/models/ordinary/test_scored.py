import numpy as np
import pytest

from desktop_app.core.estimates import Words
from models.training.ordinary.scored import RECENT, Scored, eras, figures, threshold

BANDS = ((0.9, Words.STRONG), (0.6, Words.SOME), (0.1, Words.CANT_TELL), (0.0, Words.FEW))


def scored(count: int = 400) -> Scored:
    """Two overlapping normals, squeezed into probabilities, with the words of some bands."""
    rng = np.random.default_rng(0)
    ai = np.arange(count) % 2 == 1
    p = 1 / (1 + np.exp(-rng.normal(size=count) * 1.5 - np.where(ai, 2.5, -2.5)))
    words = np.array([next(word.value for low, word in BANDS if value >= low) for value in p])
    origin = np.where(ai, np.char.add("maker-", (np.arange(count) % 3).astype(str)), "real-camera")
    return Scored(p, words, ai, origin)


def test_at_five_percent_accused_no_more_photographs_are_over_the_threshold() -> None:
    made = scored()
    assert (made.p[~made.ai] >= threshold(made)).sum() == 10


def test_figures_count_the_programs_words_with_intervals() -> None:
    made = scored()
    result = figures(made)
    assert result["photographs"] == result["ai"] == 200
    low, high = result["auroc_95"]
    assert 0.9 < low < result["auroc"] < high <= 1
    said = result["words"]
    for side in ("photographs", "ai"):
        assert sum(said[side][word.value]["share"] for word in Words) == pytest.approx(1, abs=1e-3)
        together = said[side][Words.STRONG.value]["share"] + said[side][Words.SOME.value]["share"]
        assert said[side]["accused"]["share"] == pytest.approx(together, abs=1e-3)
    assert said["ai"]["accused"]["share"] > 0.8
    assert said["photographs"]["accused"]["share"] < 0.1
    assert result["answered"]["n"] == 400


def test_what_is_out_of_range_keeps_its_score_and_is_not_answered() -> None:
    made = scored()
    outside = Scored(made.p, np.full(400, Words.OUT_OF_RANGE.value), made.ai, made.origin)
    result = figures(outside)
    assert result["auroc"] == figures(made)["auroc"]
    assert result["answered"]["share"] == result["words"]["ai"]["accused"]["share"] == 0


def test_origins_are_told_apart_with_intervals() -> None:
    result = figures(scored())["origins"]
    assert [row["name"] for row in result] == ["real-camera", "maker-0", "maker-1", "maker-2"]
    assert all(row["low"] <= row["share"] <= row["high"] for row in result)
    assert [row["auroc"] is None for row in result] == [True, False, False, False]


def test_recent_generators_are_told_from_older_ones() -> None:
    made = scored()
    assert set(eras(made)) == {"before 2024"}
    origin = np.where(made.origin == "maker-1", RECENT[0], made.origin)
    result = eras(Scored(made.p, made.words, made.ai, origin))
    recent = int((made.origin == "maker-1").sum())
    assert [part["ai"] for part in result.values()] == [recent, 200 - recent]
    assert [part["photographs"] for part in result.values()] == [200, 200]
