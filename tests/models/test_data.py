import hashlib
from pathlib import Path

import numpy as np
import pytest

from models.training import data
from tests.models import makers


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("train/FAKE/1000 (10).jpg", (True, 9)),
        ("train/REAL/0000 (2).jpg", (False, 1)),
        ("test/REAL/0000.jpg", (False, 0)),
        ("FAKE/7.jpg", (True, 0)),
    ],
)
def test_a_name_gives_class_and_kind(name: str, expected: tuple[bool, int]) -> None:
    assert data.parse_name(name) == expected


@pytest.mark.parametrize("name", ["train/OTHER/1.jpg", "train/REAL/1 (11).jpg", "train/REAL/1 (0).jpg"])
def test_a_foreign_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"REAL|kind"):
        data.parse_name(name)


def test_copies_never_stand_on_both_sides() -> None:
    made = makers.pictures(400, copies=60)
    for seed in range(5):
        training, validation = data.split(made, 0.2, seed)
        assert not set(made.group[training]) & set(made.group[validation])


def test_the_split_is_complete_stratified_and_seeded() -> None:
    made = makers.pictures(400)
    training, validation = data.split(made, 0.2, 3)
    assert sorted([*training, *validation]) == list(range(400))
    strata = made.ai[validation] * 10 + made.kind[validation]
    assert set(np.unique(strata, return_counts=True)[1]) == {4}
    assert np.array_equal(validation, data.split(made, 0.2, 3)[1])
    assert not np.array_equal(validation, data.split(made, 0.2, 4)[1])


def test_an_archive_is_decoded_once_and_copies_are_grouped(tmp_path: Path) -> None:
    real, fake = data.TRAIN_ARCHIVES
    makers.archive(tmp_path / real, [name for name in makers.NAMES if "REAL" in name])
    makers.archive(tmp_path / fake, [name for name in makers.NAMES if "FAKE" in name])
    first = data.load_training(tmp_path, tmp_path)
    (tmp_path / real).unlink()
    again = data.load_training(tmp_path, tmp_path)
    assert first.pixels.shape == (18, 32, 32, 3)
    assert np.array_equal(first.pixels, again.pixels)
    assert first.ai.sum() == 9
    entry = data.Entry("FAKE/1.jpg", makers.jpeg_bytes(makers.picture(1, ai=True)), ai=True, kind=0)
    assert list(data.pictures_from(iter([entry, entry])).group) == [0, 0]
    assert data.digest(entry.data) == hashlib.sha256(entry.data).digest()


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="32x32"):
        data.decode(makers.jpeg_bytes(np.zeros((33, 32, 3), np.uint8)))
