import numpy as np
from PIL import Image

from models.training import augment
from tests.models import makers


def test_a_batch_is_a_function_of_its_seed() -> None:
    made = makers.pictures(40)
    chosen = np.arange(40)
    one, same, other = (augment.batch(made.pixels, chosen, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.array_equal(made.pixels, makers.pictures(40).pixels)  # the set itself is untouched


def test_as_many_pictures_are_damaged_as_asked_for() -> None:
    pixels = makers.pictures(200).pixels
    chosen = np.arange(200)
    for share in (0.0, 0.5, 1.0):
        rng = np.random.default_rng(1)
        batch = augment.batch(pixels, chosen, rng, damage_share=share, grey_share=0.0, shift=0)
        whole = [np.array_equal(a, b) or np.array_equal(a, b[:, ::-1]) for a, b in zip(batch, pixels, strict=True)]
        assert abs(1 - np.mean(whole) - share) < 0.15


def test_a_window_is_a_part_of_its_picture() -> None:
    pixels = makers.pictures(20).pixels
    windows = augment.move(pixels, np.random.default_rng(0), 0, side=24)
    assert windows.shape == (20, 24, 24, 3)
    for window, frame in zip(windows, pixels, strict=True):
        cuts = (frame[y : y + 24, x : x + 24] for y in range(9) for x in range(9))
        assert any(np.array_equal(window, cut) or np.array_equal(window, cut[:, ::-1]) for cut in cuts)


def test_a_shift_of_nothing_only_flips() -> None:
    pixels = makers.pictures(40).pixels
    moved = augment.move(pixels, np.random.default_rng(0), 0)
    kept = [np.array_equal(a, b) for a, b in zip(moved, pixels, strict=True)]
    flipped = [np.array_equal(a, b[:, ::-1]) for a, b in zip(moved, pixels, strict=True)]
    assert all(a or b for a, b in zip(kept, flipped, strict=True))
    assert any(kept)
    assert any(flipped)


def test_a_shift_reflects_the_edges() -> None:
    pixels = makers.pictures(64).pixels
    moved = augment.move(pixels, np.random.default_rng(0), 2)
    padded = np.pad(pixels, ((0, 0), (2, 2), (2, 2), (0, 0)), mode="reflect")
    for new, frame in zip(moved, padded, strict=True):
        cuts = (frame[y : y + 32, x : x + 32] for y in range(5) for x in range(5))
        assert any(np.array_equal(new, cut) or np.array_equal(new, cut[:, ::-1]) for cut in cuts)


def test_grey_is_pillows_grey_within_rounding() -> None:
    pixels = makers.pictures(8).pixels
    expected = np.stack([np.asarray(Image.fromarray(p).convert("L").convert("RGB")) for p in pixels])
    assert np.abs(augment.to_grey(pixels).astype(int) - expected).max() <= 1
