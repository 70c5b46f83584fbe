from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.training.metrics import reached_by, sigmoid
from models.training.ordinary import bands
from models.training.ordinary.crops import DROPPED
from models.training.ordinary.folds import (
    LeftOut,
    family_table,
    summary,
    summed_up,
    surest_wrong,
    table,
    unseen_generators,
)
from models.training.ordinary.sheet import contact_sheet
from tests.models.ordinary import makers


def left_out(count: int = 200, distance: float = 2.0) -> LeftOut:
    """What a run says of made crops: two unit normals `distance` apart."""
    crops = makers.crops(8)
    rng = np.random.default_rng(0)
    index = rng.integers(0, 8, count)
    logits = rng.normal(size=count) + distance * (crops.ai[index] - 0.5)
    return LeftOut.of(crops, index, logits)


def test_what_a_run_says_comes_back_from_its_file(tmp_path: Path) -> None:
    made = left_out()
    made.save(tmp_path / "left_out.npz")
    again = LeftOut.load(tmp_path / "left_out.npz")
    assert np.array_equal(again.logits, made.logits)
    assert list(again.source) == list(made.source)
    assert again.ai.dtype == bool


def test_what_was_dropped_after_a_run_is_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = left_out()
    made.save(tmp_path / "left_out.npz")
    monkeypatch.setitem(DROPPED, made.source[0], "edits of photographs")
    again = LeftOut.load(tmp_path / "left_out.npz")
    assert 0 < len(again.logits) < len(made.logits)
    assert made.source[0] not in again.source


def test_a_run_of_chance_is_half_and_a_perfect_one_whole() -> None:
    assert left_out(2000, 0.0).auroc() == pytest.approx(0.5, abs=0.05)
    assert left_out(2000, 40.0).auroc() == 1.0


def test_the_summary_is_the_mean_of_the_folds() -> None:
    good, bad = left_out(600, 6.0), left_out(600, 0.5)
    result = summary({"good": good, "bad": bad})
    assert result["mean"] == pytest.approx((good.auroc() + bad.auroc()) / 2, abs=1e-3)
    assert result["found_at_5_%_accused"]["good"] > result["found_at_5_%_accused"]["bad"]
    shares = [line["wrong"] for line in result["sources"]]
    assert shares == sorted(shares, reverse=True)
    assert all(line["low"] <= line["wrong"] <= line["high"] for line in result["generators"])
    assert any("mean" in line for line in table(result))


def family(*names: str, distance: float = 2.0) -> LeftOut:
    """What a run says of generators that it has not seen, and of photographs."""
    made = left_out(400, distance)
    made_by = np.array(names)[np.arange(400) % len(names)]
    return replace(made, generator=np.where(made.ai, made_by, made.generator))


def test_a_run_that_left_out_no_generator_says_nothing_of_any(tmp_path: Path) -> None:
    left_out().save(tmp_path / "left_out.npz")
    result = summed_up([tmp_path])
    assert result["unseen_generators"] == []
    assert "never seen" not in "\n".join(table(result))


def test_a_family_is_called_by_what_its_names_share() -> None:
    families = unseen_generators([family("flux-dev", "flux3-klein"), family("gpt-4o-image", "gpt-image-2")])
    assert [row["name"] for row in families] == ["flux", "gpt"]
    assert unseen_generators([family("hunyuan-image")])[0]["name"] == "hunyuan-image"


def test_unseen_generators_are_found_more_often_by_a_better_run() -> None:
    good, bad = unseen_generators([family("a-1", distance=5.0), family("b-1", distance=0.5)])
    assert good["auroc"] > bad["auroc"]
    assert good["found"] > bad["found"]
    for row in (good, bad):
        assert row["low"] <= row["found"] <= row["high"]
        assert row["n"] == family("a-1").ai.sum()


def test_runs_are_summed_up_from_their_folders(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        left_out().save(tmp_path / name / "left_out.npz")
    family("maker-1", "maker-2").save(tmp_path / "one" / "generator.npz")
    result = summed_up([tmp_path / "one", tmp_path / "other"])
    assert set(result["auroc"]) == {"one", "other"}
    assert [row["name"] for row in result["unseen_generators"]] == ["maker"]
    assert family_table(result["unseen_generators"])[-1].startswith("| maker | ")
    assert table(result)[-1] == family_table(result["unseen_generators"])[-1]


def test_pictures_of_all_folds_are_judged_together(tmp_path: Path) -> None:
    left_out(300).save(tmp_path / "left_out.npz")
    judged = bands.judged_by([tmp_path, tmp_path])
    assert 0 < len(judged.logits) <= 300


def test_the_surest_wrong_are_photographs_first_then_ai() -> None:
    made = left_out()
    chosen = surest_wrong(made, 3)
    assert list(made.ai[chosen]) == [False] * 3 + [True] * 3
    assert made.logits[chosen[0]] == made.logits[~made.ai].max()
    assert made.logits[chosen[3]] == made.logits[made.ai].min()


def test_runs_together_are_all_their_crops() -> None:
    made = left_out(50)
    both = LeftOut.together([made, made])
    assert len(both.logits) == 100
    assert list(both.picture) == [*made.picture, *made.picture]


def test_a_sheet_has_a_place_for_every_crop() -> None:
    crops = makers.crops(8).pixels
    nine = np.concatenate([crops, crops[:1]])
    page = contact_sheet(nine, ["+1.0 maker\na/b"] * 9)
    assert page.width >= 8 * 192
    assert page.height >= 2 * 192
    assert np.array_equal(np.asarray(page)[:192, :192], crops[0])


def test_a_threshold_counts_weights_and_ties() -> None:
    scores, alike = np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4)
    assert reached_by(scores, alike, 0.5) == 3.0
    assert reached_by(scores, alike, 0.2) == np.inf
    assert reached_by(scores, np.array([1, 1, 1, 97]), 0.5) == np.inf
    assert reached_by(scores, np.array([97, 1, 1, 1]), 0.02) == 3.0
    assert reached_by(np.array([1.0, 3.0, 3.0, 3.0]), alike, 0.5) == np.inf


def crops_of(pictures: list[str]) -> LeftOut:
    """Three crops with logits 1, 3 and 5, the first at its own pixels, the others shrunk."""
    kinds, sources = np.array(["native", "resized", "resized"]), np.array(["a/b", "a/b", "c/d"])
    ai = np.array([True, True, False])
    return LeftOut(np.arange(3), np.array([1.0, 3.0, 5.0]), ai, sources, sources, kinds, np.array(pictures))


def test_a_picture_is_the_mean_of_its_crops_weighted_as_its_views_and_single_ones_are_left_out() -> None:
    judged = bands.by_picture(crops_of(["one", "one", "two"]))
    assert judged.logits == pytest.approx([(2 * 1.0 + 4 * 3.0) / 6])
    assert (list(judged.ai), list(judged.source)) == ([True], ["a/b"])
    assert sorted(bands.by_picture(crops_of(["one", "two", "three"])).logits) == [1.0, 3.0, 5.0]


@pytest.mark.parametrize("distance", [0.3, 2.0, 5.0])
def test_bands_keep_their_promises_by_source(distance: float) -> None:
    made = left_out(8000, distance)
    # One source has nearly all photographs, and another one the accused ones.
    accused = ~made.ai & (made.logits > np.quantile(made.logits[~made.ai], 0.97))
    made = replace(made, source=np.where(accused, "portraits", made.source), picture=np.arange(8000).astype(str))
    judged = bands.by_picture(made)
    temperature, fitted = bands.fit(judged)
    assert 0 <= fitted.few < fitted.some < fitted.strong < 1
    assert fitted.some >= 0.5
    said = bands.shares(judged, temperature, fitted)
    assert said["photographs"]["strong"] <= 0.0101
    assert said["photographs"]["strong"] + said["photographs"]["some"] <= 0.0501
    assert said["ai"]["few"] <= 0.1001
    p = sigmoid(judged.logits / temperature)
    assert said["ai"]["strong_counted"] == int((p[judged.ai] >= fitted.strong).sum())
