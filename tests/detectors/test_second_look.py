from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Examination
from desktop_app.core.estimates import Estimate, Words
from desktop_app.core.picture import Picture, PictureFacts, Raster
from desktop_app.detectors.flatness import flat_share
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.imaging.changes import Change
from desktop_app.imaging.view_changes import QUICK_CHANGES, changed_views
from tests.support.onnx_files import put, red_logit

# Red as a logit: 128 is 0, and 5 more than that is a probability of 0.9 and a half.
INPUT = {"name": "x", "layout": "NCHW", "scale": 8, "mean": [16, 16, 16], "std": [0.25, 0.25, 0.25]}
VIEW = {"crop": "whole", "width": 8, "height": 8, "resize": "bilinear"}


@pytest.fixture
def detector(tmp_path: Path) -> Iterator[OfflineDetector]:
    card = put(tmp_path, red_logit(), input=INPUT | {"views": [VIEW]})
    made = OfflineDetector(card, second_look=True)
    yield made
    made.close()


def ask(detector: OfflineDetector, red: int, green: int, blue: int, *, variant: bool = False) -> Estimate:
    raster = Raster(8, 8, bytes((red, green, blue)) * 64)
    picture = Picture(PictureFacts("PNG", 8, 8), None, (raster,))
    return detector.submit(Examination(picture, b"", variant=variant), CancelToken()).result(10)


def test_an_answer_that_a_harmless_change_takes_back_reads_can_t_tell(detector: OfflineDetector) -> None:
    estimate = ask(detector, 140, 90, 90)  # red speaks for AI; in grey there is too little of it
    assert estimate.p_ai > 0.9
    assert estimate.words is Words.CANT_TELL
    assert estimate.stability is not None
    assert estimate.stability.flips
    assert [score.name for score in estimate.stability.variants] == [change.value for change in QUICK_CHANGES]


def test_an_answer_that_lasts_stays_strong_and_shows_its_span(detector: OfflineDetector) -> None:
    estimate = ask(detector, 140, 140, 140)
    assert estimate.words is Words.STRONG
    assert estimate.stability is not None
    assert estimate.stability.quick
    assert not estimate.stability.flips
    assert estimate.stability.low <= estimate.p_ai <= estimate.stability.high


@pytest.mark.parametrize("red", [0, 127, 129])
def test_other_answers_are_not_looked_at_twice(detector: OfflineDetector, red: int) -> None:
    assert ask(detector, red, 140, 140).stability is None


def test_a_copy_that_is_asked_about_for_comparison_is_not_looked_at_twice(detector: OfflineDetector) -> None:
    assert ask(detector, 140, 140, 140, variant=True).stability is None


def test_a_change_that_makes_a_picture_flatter_does_not_take_its_answer_back(tmp_path: Path) -> None:
    flat_from = 0.1
    bounds = {"shorter_side_min": 1, "reason": "Nothing is known about it.", "flat_share_max": flat_from}
    card = put(tmp_path, red_logit(), input=INPUT | {"views": [VIEW | {"width": 64, "height": 64}]}, range=bounds)
    grain = np.random.default_rng(1).integers(136, 145, (64, 64), np.uint8)  # too much to be blank, until JPEG 70
    grain[:8] = np.where(np.arange(64) % 8 < 4, 40, 255)  # and edges
    raster = Raster(64, 64, np.repeat(grain[..., None], 3, axis=2).tobytes())
    assert flat_share([raster]) <= flat_from < flat_share(changed_views([raster], Change.JPEG_70))
    with closing(OfflineDetector(card, second_look=True)) as detector:
        picture = Picture(PictureFacts("PNG", 64, 64), None, (raster,))
        estimate = detector.submit(Examination(picture, b""), CancelToken()).result(10)
    assert estimate.words is Words.STRONG


def test_the_quick_changes_are_of_the_catalogue() -> None:
    assert set(QUICK_CHANGES) < set(Change)
