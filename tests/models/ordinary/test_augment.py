from collections.abc import Callable

import numpy as np
import pytest

from models.training.data import Pixels
from models.training.ordinary import augment
from tests.models.ordinary import makers

Handling = Callable[[Pixels, np.random.Generator], Pixels]


@pytest.mark.parametrize("side", [128, 160, 192])
def test_a_batch_has_the_wanted_size_and_is_a_function_of_its_seed(side: int) -> None:
    crops = makers.crops(12).pixels
    chosen = np.arange(12)
    before = crops.copy()
    one, same, other = (augment.batch(crops, chosen, side, (seed, 1)) for seed in (5, 5, 6))
    assert one.shape == (12, side, side, 3)
    assert one.dtype == np.uint8
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.array_equal(crops, before)  # the set itself is untouched


def test_a_window_is_most_often_a_part_of_its_crop_pixel_by_pixel() -> None:
    crop = makers.crop(1, ai=False)
    views = np.lib.stride_tricks.sliding_window_view(crop, (160, 160), axis=(0, 1))
    places = views.transpose(0, 1, 3, 4, 2)
    exact = 0
    for seed in range(40):
        cut = augment.window(crop, 160, np.random.default_rng(seed))
        assert cut.shape == (160, 160, 3)
        rows, columns = np.nonzero((places[:, :, 0, 0] == cut[0, 0]).all(-1))
        exact += any(np.array_equal(places[row, column], cut) for row, column in zip(rows, columns, strict=True))
    assert 18 <= exact <= 34  # two in three


@pytest.mark.parametrize(
    "handling",
    [
        augment.regrow,
        augment.sharpen,
        augment.smooth,
        augment.tone,
        augment.bar,
        augment.join,
        augment.tile,
        augment.save,
        augment.edit,
    ],
)
def test_every_handling_changes_some_pixels_and_keeps_the_size(handling: Handling) -> None:
    crop = makers.crop(2, ai=True)
    before = crop.copy()
    for seed in range(12):
        after = handling(crop, np.random.default_rng(seed))
        assert after.shape == crop.shape
        assert after.dtype == np.uint8
        assert not np.array_equal(after, crop)
        assert np.array_equal(crop, before)


def test_sharpening_steepens_and_smoothing_flattens() -> None:
    crop = makers.crop(3, ai=False)

    def roughness(pixels: Pixels) -> float:
        return float(np.abs(np.diff(pixels.astype(float), axis=1)).mean())

    for seed in range(9):
        assert roughness(augment.smooth(crop, np.random.default_rng(seed))) < roughness(crop)
    steeper = [roughness(augment.sharpen(crop, np.random.default_rng(seed))) for seed in range(9)]
    assert np.mean(steeper) > roughness(crop)


def test_retouching_spares_edges() -> None:
    pixels = np.full((64, 64, 3), 60, np.uint8)
    pixels[:, 32:] = 180
    pixels[::3, ::3] += 6  # grain
    after = augment.spare_edges(pixels, sigma=2.0, step=12.0).astype(int)
    assert np.ptp(after[:, :24], axis=(0, 1)).max() < 6  # less grain
    assert (after[:, 32] - after[:, 31]).min() > 100  # the same edge


def test_a_bar_covers_one_side_alone() -> None:
    crop = makers.crop(4, ai=False)
    sides = set()
    for seed in range(30):
        after = augment.bar(crop, np.random.default_rng(seed))
        changed = (after != crop).any(-1)
        rows, columns = changed.mean(1) > 0.9, changed.mean(0) > 0.9
        covered = max(rows.mean(), columns.mean())
        assert 0.1 < covered < 0.85
        sides.add((bool(rows[0]), bool(rows[-1]), bool(columns[0]), bool(columns[-1])))
    assert len(sides) == 4


def test_a_collage_repeats_the_whole_crop_smaller() -> None:
    crop = makers.crop(5, ai=False)
    for seed in range(10):
        after = augment.tile(crop, np.random.default_rng(seed))
        periods = [n for n in range(60, 192) if np.array_equal(after[n:], after[:-n])]
        assert len(periods) >= 1
        assert 0.4 * 192 - 1 <= periods[0] <= 0.8 * 192 + 1
        assert np.array_equal(after[:, periods[0] :], after[:, : -periods[0]])
