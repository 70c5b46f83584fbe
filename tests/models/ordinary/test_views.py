import numpy as np
import pytest
from PIL import Image

from models.training.ordinary.views import SIDE, combine, crop_boxes, shrunk_size, views
from tests.support import pictures

SIZES = [(192, 192), (192, 1000), (300, 300), (301, 457), (512, 512), (1024, 768), (4032, 3024), (5000, 240)]


@pytest.mark.parametrize("size", [(191, 400), (400, 191), (1, 1)])
def test_a_picture_smaller_than_a_view_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="too few"):
        crop_boxes(*size)


@pytest.mark.parametrize("size", SIZES)
def test_every_box_is_a_view_inside_the_picture(size: tuple[int, int]) -> None:
    boxes = crop_boxes(*size)
    assert len(boxes) == 4
    for left, top, right, bottom in boxes:
        assert (right - left, bottom - top) == (SIDE, SIDE)
        assert left >= 0
        assert top >= 0
        assert right <= size[0]
        assert bottom <= size[1]


@pytest.mark.parametrize("size", SIZES)
def test_boxes_lie_alike_from_both_ends(size: tuple[int, int]) -> None:
    width, height = size
    mirrored = {(width - right, top, width - left, bottom) for left, top, right, bottom in crop_boxes(*size)}
    assert mirrored == set(crop_boxes(width, height))


def test_boxes_of_a_large_picture_lie_in_the_middle_of_its_quarters() -> None:
    assert crop_boxes(4000, 2000)[0] == (904, 404, 1096, 596)


@pytest.mark.parametrize("size", SIZES)
def test_the_shrunk_copy_keeps_the_proportions_and_holds_a_view(size: tuple[int, int]) -> None:
    width, height = shrunk_size(*size)
    assert min(width, height) >= SIDE
    assert min(width, height) <= min(384, *size)
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)


@pytest.mark.parametrize(("shorter", "expected"), [(200, 200), (232, 232), (300, 232), (400, 300), (512, 384)])
def test_the_shrunk_copy_is_smaller_wherever_it_can_be(shorter: int, expected: int) -> None:
    assert min(shrunk_size(shorter, 2 * shorter)) == expected


def test_views_are_the_pictures_own_pixels_first_then_the_shrunk_ones() -> None:
    image = pictures.photo(640, 480)
    seen = views(image, stored=False)
    assert seen.shape == (8, SIDE, SIDE, 3)
    whole = np.asarray(image)
    for view, (left, top, right, bottom) in zip(seen, crop_boxes(640, 480), strict=False):
        assert np.array_equal(view, whole[top:bottom, left:right])
    shrunk = np.asarray(image.resize(shrunk_size(640, 480), Image.Resampling.BILINEAR))
    left, top, right, bottom = crop_boxes(*shrunk_size(640, 480))[3]
    assert np.array_equal(seen[7], shrunk[top:bottom, left:right])


def test_views_are_saved_once_as_the_training_crops_were_and_always_alike() -> None:
    image = pictures.photo(640, 480)
    stored = views(image)
    assert np.array_equal(stored, views(image))
    plain = views(image, stored=False)
    assert not np.array_equal(stored, plain)
    assert np.abs(stored.astype(int) - plain).mean() < 3


def test_a_pictures_logit_is_the_mean_of_its_views() -> None:
    assert combine([1.0, -2.0, 4.0]) == pytest.approx(1.0)
