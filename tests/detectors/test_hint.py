from __future__ import annotations

import msgspec
import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Examination
from desktop_app.core.estimates import Estimate
from desktop_app.detectors.card import ModelCard, load_card
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.imaging.decode import decode
from desktop_app.system.paths import models_dir
from tests.support import pictures

FIELD = load_card(models_dir() / "field.json")


def estimate(size: tuple[int, int], *experimental: ModelCard) -> Estimate:
    """What the CIFAKE model says of a picture of this size where these were left out."""
    detector = OfflineDetector(models_dir() / "cifake.json", experimental=experimental)
    try:
        data = pictures.png(*size)
        examination = Examination(decode(data, views=detector.views), data)
        return detector.submit(examination, CancelToken()).result(20)
    finally:
        detector.close()


@pytest.mark.parametrize("size", [(32, 32), (299, 640), (640, 299)])
def test_nothing_is_said_in_range_or_where_the_other_model_knows_no_more(size: tuple[int, int]) -> None:
    assert estimate(size, FIELD) == estimate(size)


def test_nothing_is_said_of_a_model_that_was_not_left_out() -> None:
    assert "experimental" not in estimate((640, 480)).range_reason


def test_the_first_model_for_pictures_of_this_size_is_named_after_the_reason() -> None:
    plain, hinted = (
        estimate((640, 480)),
        estimate((640, 480), FIELD, msgspec.structs.replace(FIELD, title="Another")),
    )
    assert hinted.range_reason == (
        f"{plain.range_reason} The Field detector is for pictures of this size, but still experimental: choose it "
        "in Settings, Offline models."
    )
    assert (hinted.p_ai, hinted.words) == (plain.p_ai, plain.words)
