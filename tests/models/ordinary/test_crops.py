from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.training.ordinary.crops import (
    DROPPED,
    Sampler,
    against_photographs,
    kept,
    load_crops,
    source_weights,
    split,
)
from tests.models.ordinary import makers


def test_a_folder_without_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="field-train"):
        load_crops(tmp_path, tmp_path)


def test_a_crop_of_another_size_is_refused_and_leaves_no_cache(tmp_path: Path) -> None:
    makers.write(tmp_path, makers.rows(), side=100)
    for _ in range(2):
        with pytest.raises(ValueError, match="192x192"):
            load_crops(tmp_path, tmp_path)


def test_a_generator_can_only_be_left_out_with_a_fold() -> None:
    with pytest.raises(ValueError, match="fold"):
        split(makers.crops(), None, "maker-1")


def test_a_generator_without_crops_is_refused() -> None:
    for left_out in (split, against_photographs):
        with pytest.raises(ValueError, match="nobody"):
            left_out(makers.crops(), 0, "nobody")


def test_crops_are_decoded_once_and_stand_in_the_tables_order(tmp_path: Path) -> None:
    lines = makers.rows()
    makers.write(tmp_path, lines)
    first = load_crops(tmp_path, tmp_path)
    again = load_crops(tmp_path, tmp_path)
    assert np.array_equal(first.pixels, again.pixels)
    assert not first.pixels.flags.writeable
    assert [int(crop[0, 0, 0]) for crop in first.pixels] == pytest.approx([20 * n for n in range(8)], abs=2)
    assert list(first.ai) == [0, 1] * 4
    assert list(first.source[:3]) == ["somebody/0", "somebody/1", "somebody/2"]
    assert first.picture[3] == "0003"


def test_one_part_alone_has_a_cache_of_its_own(tmp_path: Path) -> None:
    lines = makers.rows()
    makers.write(tmp_path, lines)
    whole = load_crops(tmp_path, tmp_path)
    (tmp_path / "field-train-2.tar").unlink()
    part = load_crops(tmp_path, tmp_path)
    assert np.array_equal(part.pixels, whole.pixels[::2])


def test_dropped_sources_are_on_neither_side(tmp_path: Path) -> None:
    makers.write(tmp_path, makers.rows())
    crops = load_crops(tmp_path, tmp_path)
    assert list(kept(crops)) == [True] * 7 + [False]
    for fold in (None, *range(5)):
        assert 7 not in np.concatenate(split(crops, fold))
    assert all(reason for reason in DROPPED.values())


def test_a_left_out_fold_is_left_out_with_all_its_sources() -> None:
    crops = makers.crops(80)
    for fold in range(5):
        training, validation = split(crops, fold)
        assert sorted([*training, *validation]) == list(range(80))
        assert set(crops.fold[validation]) == {fold}
        assert not set(crops.source[training]) & set(crops.source[validation])


def test_a_family_of_generators_is_left_out_by_how_its_names_begin() -> None:
    crops = makers.crops(80)
    training, validation = split(crops, 2, "maker-")
    assert not crops.ai[training].any()
    assert set(crops.fold[validation]) == {2}
    assert crops.ai[against_photographs(crops, 2, "maker-")].sum() == crops.ai.sum()


def test_a_left_out_generator_is_tested_against_photographs_that_nobody_saw() -> None:
    crops = makers.crops(80)
    training, _ = split(crops, 2, "maker-1")
    assert "maker-1" not in crops.generator[training]
    assert 2 not in crops.fold[training]
    tested = against_photographs(crops, 2, "maker-1")
    assert not set(tested) & set(training)
    ai = crops.ai[tested] == 1
    assert set(crops.generator[tested][ai]) == {"maker-1"}
    assert ai.sum() == (crops.generator == "maker-1").sum()
    assert set(crops.fold[tested][~ai]) == {2}


@pytest.mark.parametrize(("power", "ratio"), [(0.0, 9.0), (0.5, 3.0), (1.0, 1.0)])
def test_the_power_says_how_far_sources_count_alike(power: float, ratio: float) -> None:
    source = np.array(["large"] * 9 + ["small"])
    weights = source_weights(source, power)
    assert weights.sum() == pytest.approx(1)
    assert weights[:9].sum() / weights[9] == pytest.approx(ratio)


def test_a_batch_is_half_ai_whatever_the_set() -> None:
    crops = makers.crops(40)
    training = np.flatnonzero((crops.ai == 0) | (np.arange(40) < 8))
    drawn = Sampler(crops, training, 0.5).draw(15, np.random.default_rng(0))
    assert set(drawn) <= set(training)
    assert list(crops.ai[drawn]) == [0] * 8 + [1] * 7


def test_a_draw_is_a_function_of_its_seed_and_follows_the_weights() -> None:
    crops = makers.crops(40)
    crops = replace(crops, source=np.where(np.arange(40) % 4 == 0, "rare", "common"))
    sampler = Sampler(crops, np.arange(40), 1.0)
    one, same = (sampler.draw(4000, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(one, same)
    photographs = one[crops.ai[one] == 0]
    assert (crops.source[photographs] == "rare").mean() == pytest.approx(0.5, abs=0.05)


def test_a_single_picture_can_be_dropped_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DROPPED, "p3", "a screenshot")
    crops = makers.crops(20)
    assert set(crops.picture[~kept(crops)]) == {"p3"}
