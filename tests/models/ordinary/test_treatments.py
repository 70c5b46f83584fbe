import numpy as np
import pytest
from PIL import Image

from models.training.ordinary.treatments import HARMLESS, SHARING, Treatment
from tests.support import pictures

ALL = {**SHARING, **HARMLESS}


@pytest.mark.parametrize("treat", ALL.values(), ids=ALL)
def test_a_treatment_changes_a_copy_and_always_alike(treat: Treatment) -> None:
    image = pictures.photo(401, 307)
    before = image.tobytes()
    after = treat(image)
    assert image.tobytes() == before
    assert after.mode == "RGB"
    assert after.tobytes() != before
    assert after.tobytes() == treat(image).tobytes()


def test_sharing_shrinks_large_pictures_alone() -> None:
    share = SHARING["web sharing"]
    assert share(pictures.photo(2000, 1000)).size == (1280, 640)
    assert share(pictures.photo(1000, 2000)).size == (640, 1280)
    assert share(pictures.photo(600, 500)).size == (600, 500)


def test_a_collage_shows_the_picture_four_times() -> None:
    page = np.asarray(HARMLESS["2×2 collage"](pictures.photo(401, 307)))
    assert page.shape == (306, 400, 3)
    assert np.array_equal(page[:153, :200], page[153:, 200:])


def test_a_letterbox_is_square_with_the_picture_in_its_middle() -> None:
    image = pictures.photo(400, 300)
    page = HARMLESS["letterbox"](image)
    assert page.size == (400, 400)
    assert page.crop((0, 50, 400, 350)).tobytes() == image.tobytes()
    assert page.crop((0, 0, 400, 50)).getbbox() is None


def test_enlarging_is_by_half() -> None:
    assert HARMLESS["enlarge ×1.5"](Image.new("RGB", (300, 200))).size == (450, 300)
