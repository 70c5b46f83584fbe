"""The preprocessing contract: exact bytes. A change here is a change of the model."""

from __future__ import annotations

import hashlib

import pytest
from PIL import Image

from desktop_app.core.picture import Raster, ViewRule
from desktop_app.imaging.decode import decode
from desktop_app.imaging.views import centre_square, make_views
from tests.support import pictures
from tests.support.pictures import pattern, photo

CIFAKE = ViewRule(32, 32)


def make_view(image: Image.Image, rule: ViewRule) -> Raster:
    """The only view of a rule that gives one."""
    (view,) = make_views(image, rule)
    return view


def digest(raster: Raster) -> str:
    return hashlib.sha256(raster.pixels).hexdigest()[:16]


def test_an_image_of_the_right_size_is_left_alone() -> None:
    image = photo(32, 32)
    assert make_view(image, CIFAKE) == Raster(32, 32, image.tobytes())


@pytest.mark.parametrize(
    ("size", "rule", "expected"),
    [
        ((320, 240), CIFAKE, "e1b6dcc121e741bc"),
        ((240, 320), CIFAKE, "838cd5da28459273"),
        ((33, 32), CIFAKE, "fcfa5fd98570247a"),
        ((20, 10), CIFAKE, "657b2431aca5a21a"),
        ((320, 240), ViewRule(32, 32, "whole"), "d0ce64b774e4531e"),
        ((320, 240), ViewRule(224, 128, "whole"), "4493f76d7636aac8"),
    ],
)
def test_views_have_exactly_these_bytes(size: tuple[int, int], rule: ViewRule, expected: str) -> None:
    view = make_view(pattern(*size), rule)
    assert (view.width, view.height) == (rule.width, rule.height)
    assert len(view.pixels) == rule.width * rule.height * 3
    assert digest(view) == expected


def test_a_decoded_png_gives_exactly_these_bytes() -> None:
    assert digest(decode(pictures.png(), views=[CIFAKE]).views[0]) == digest(make_view(photo(), CIFAKE))


@pytest.mark.parametrize(
    "resampling",
    [Image.Resampling.NEAREST, Image.Resampling.BOX, Image.Resampling.LANCZOS, Image.Resampling.BICUBIC],
)
def test_another_resampler_gives_other_pixels(resampling: Image.Resampling) -> None:
    other = centre_square(photo()).resize((32, 32), resampling)
    assert other.tobytes() != make_view(photo(), CIFAKE).pixels


def test_bilinear_without_antialiasing_gives_other_pixels() -> None:
    square = centre_square(photo())
    step = square.width / 32
    plain = square.transform((32, 32), Image.Transform.AFFINE, (step, 0, 0, 0, step, 0), Image.Resampling.BILINEAR)
    assert plain.tobytes() != make_view(photo(), CIFAKE).pixels


def test_a_reducing_gap_or_a_box_gives_other_pixels() -> None:
    bilinear = Image.Resampling.BILINEAR
    large = photo(1000, 700)
    expected = make_view(large, CIFAKE).pixels
    assert centre_square(large).resize((32, 32), bilinear, reducing_gap=1.0).tobytes() != expected
    assert large.resize((32, 32), bilinear, box=(150, 0, 850, 700)).tobytes() != expected


@pytest.mark.parametrize(
    ("size", "box"),
    [((5, 2), (1, 0, 3, 2)), ((2, 5), (0, 1, 2, 3)), ((6, 2), (2, 0, 4, 2)), ((4, 4), (0, 0, 4, 4))],
)
def test_an_odd_pixel_is_cut_at_the_right_or_bottom(size: tuple[int, int], box: tuple[int, int, int, int]) -> None:
    image = photo(*size)
    assert centre_square(image).tobytes() == image.crop(box).tobytes()


def test_only_flattened_images_have_views() -> None:
    with pytest.raises(ValueError, match="RGB image, not L"):
        make_view(photo().convert("L"), CIFAKE)


@pytest.mark.parametrize("side", [None, 16, 256, 700, 1600])
def test_views_do_not_depend_on_the_thumbnail(side: int | None) -> None:
    data = pictures.jpeg(2048, 1024)
    picture = decode(data, views=[CIFAKE], thumbnail_side=side)
    assert picture.views == decode(data, views=[CIFAKE]).views
    if side is not None:
        assert picture.thumbnail is not None
        assert picture.thumbnail.width == side


def test_a_scaled_jpeg_gives_nearly_the_view_of_the_whole_one() -> None:
    data = pictures.jpeg(2048, 1024)
    scaled, whole = (decode(data, views=[CIFAKE], scaled=scaled).views[0].pixels for scaled in (True, False))
    assert scaled != whole
    assert sum(abs(one - other) for one, other in zip(scaled, whole, strict=True)) / len(whole) < 2


def test_views_come_in_the_order_asked_for() -> None:
    rules = [ViewRule(8, 4, "whole"), CIFAKE, ViewRule(16, 16)]
    views = decode(pictures.png(), views=rules).views
    assert [(view.width, view.height) for view in views] == [(8, 4), (32, 32), (16, 16)]
