"""Views cut out at their own pixels: exact bytes. A change here is a change of the model."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Literal

import pytest
from PIL import Image, PngImagePlugin

from desktop_app.core.picture import Raster, ShrinkRule, ViewRule
from desktop_app.imaging.boxes import copy_size
from desktop_app.imaging.decode import decode
from desktop_app.imaging.views import make_views, saved
from tests.support.field_views import FIELD_VIEWS, HALVES, QUARTERS
from tests.support.pictures import encode, pattern, photo

SHRINK = ShrinkRule(96, 0.75, 58)


def digest(views: tuple[Raster, ...]) -> str:
    return hashlib.sha256(b"".join(view.pixels for view in views)).hexdigest()[:16]


def noise(width: int, height: int) -> Image.Image:
    """Fine grain, which a JPEG changes most."""
    return pattern(64, 64).resize((width, height), Image.Resampling.NEAREST)


# ---------------------------------------------------------------- pictures that make trouble


@pytest.mark.parametrize("rule", FIELD_VIEWS)
def test_only_flattened_images_are_cut(rule: ViewRule) -> None:
    with pytest.raises(ValueError, match="RGB image, not L"):
        make_views(photo().convert("L"), rule)


@pytest.mark.parametrize("rule", FIELD_VIEWS)
@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (191, 192), (40, 500)])
def test_a_picture_smaller_than_a_view_is_stretched_to_one(rule: ViewRule, size: tuple[int, int]) -> None:
    views = make_views(photo(*size), rule)
    assert [(view.width, view.height) for view in views] == [(192, 192)] * rule.count


@pytest.mark.parametrize("rule", [HALVES, QUARTERS])
def test_a_strip_is_cut_as_if_all_of_it_had_been_stretched(rule: ViewRule) -> None:
    image = pattern(40, 500)
    stretched = image.resize((192, 500), Image.Resampling.BILINEAR)
    assert make_views(image, rule) == make_views(stretched, replace(rule, shrink=None))


@pytest.mark.parametrize("crop", ["whole", "quarters"])
def test_what_a_file_says_beside_its_pixels_is_not_saved_along(crop: Literal["whole", "quarters"]) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("comment", "more than a JPEG can hold " * 5000)
    image, rule = photo(400, 300), ViewRule(400, 300, crop, jpeg_quality=90)
    wordy = decode(encode(image, "PNG", pnginfo=texts), views=[rule])
    assert wordy.views == make_views(image, rule)


@pytest.mark.parametrize("quality", [1, 95, 100])
def test_the_finest_grain_survives_every_quality(quality: int) -> None:
    rule = ViewRule(1024, 1024, "halves", jpeg_quality=quality)
    assert len(make_views(noise(2048, 1024), rule)) == 2


# ---------------------------------------------------------------- exact bytes


@pytest.mark.parametrize(
    ("size", "rule", "expected"),
    [
        ((160, 120), ViewRule(48, 48, "halves"), "2cb801f3af94039f"),
        ((120, 160), ViewRule(48, 48, "halves"), "6555c256a3da044a"),
        ((160, 120), ViewRule(48, 48, "quarters"), "37a08bec78d285ee"),
        ((120, 160), ViewRule(48, 48, "quarters"), "bfb966f46765a7a6"),
        ((160, 120), ViewRule(48, 48, "halves", shrink=SHRINK), "d4b09c58509f2ec8"),
        ((160, 120), ViewRule(48, 48, "quarters", shrink=SHRINK), "c3da2c9570269d12"),
        ((400, 300), ViewRule(48, 48, "quarters", shrink=SHRINK), "d92362ab3bac2bd0"),
        ((160, 120), ViewRule(48, 48, "quarters", jpeg_quality=90), "edf10c4981aa7dbb"),
        ((400, 300), ViewRule(48, 48, "halves", shrink=SHRINK, jpeg_quality=90), "277f5a579f0083a4"),
        ((40, 500), ViewRule(48, 48, "quarters", jpeg_quality=90), "c7cec520209c3451"),
        ((30, 20), ViewRule(48, 48, "halves", shrink=SHRINK), "0db57e4b6c9f6503"),
    ],
)
def test_cut_views_have_exactly_these_bytes(size: tuple[int, int], rule: ViewRule, expected: str) -> None:
    assert digest(make_views(pattern(*size), rule)) == expected


def test_quarters_are_the_pictures_own_pixels() -> None:
    image = photo(640, 480)
    views = make_views(image, ViewRule(192, 192, "quarters"))
    boxes = [(64, 24, 256, 216), (384, 24, 576, 216), (64, 264, 256, 456), (384, 264, 576, 456)]
    assert [view.pixels for view in views] == [image.crop(box).tobytes() for box in boxes]


@pytest.mark.parametrize(("shorter", "copy"), [(300, 232), (310, 232), (512, 384), (1000, 384), (4000, 384)])
def test_quarters_are_cut_from_a_copy_of_this_size(shorter: int, copy: int) -> None:
    image = photo(shorter * 2, shorter)
    assert copy_size(QUARTERS, *image.size) == (copy * 2, copy)
    small = image.resize((copy * 2, copy), Image.Resampling.BILINEAR, reducing_gap=1.0)
    plain = replace(QUARTERS, shrink=None)
    assert make_views(image, QUARTERS) == make_views(small, plain)


def test_a_copy_of_half_or_less_is_shrunk_by_whole_numbers_first() -> None:
    for shorter, by_numbers in ((250, False), (300, True), (800, True)):
        image, rule = noise(1200, shorter), ViewRule(64, 64, "halves", shrink=ShrinkRule(128, 0.75, 128))
        fair = image.resize(copy_size(rule, *image.size), Image.Resampling.BILINEAR)
        same = make_views(image, rule) == make_views(fair, replace(rule, shrink=None))
        assert same != by_numbers, shorter


# ---------------------------------------------------------------- saved once


@pytest.mark.parametrize("crop", ["centre_square", "whole", "halves", "quarters"])
def test_every_view_is_saved_once(crop: Literal["centre_square", "whole", "halves", "quarters"]) -> None:
    image, rule = photo(400, 300), ViewRule(64, 64, crop)
    plain = [Image.frombytes("RGB", (64, 64), view.pixels) for view in make_views(image, rule)]
    views = make_views(image, replace(rule, jpeg_quality=90))
    assert [view.pixels for view in views] == [saved(view, 90).tobytes() for view in plain]


def test_a_view_is_saved_with_half_the_colours_as_most_programs_do() -> None:
    image = noise(192, 192)
    (view,) = make_views(image, ViewRule(192, 192, jpeg_quality=90))
    by_hand = {number: encode(image, "JPEG", quality=90, subsampling=number) for number in (0, 1, 2)}
    same = [
        number for number, data in by_hand.items() if decode(data, views=[ViewRule(192, 192)]).views == (view,)
    ]
    assert same == [2]


def test_a_lower_quality_gives_other_pixels() -> None:
    image = noise(400, 300)
    assert make_views(image, QUARTERS) != make_views(image, replace(QUARTERS, jpeg_quality=89))


def test_the_same_picture_gives_the_same_views_and_stays_as_it_is() -> None:
    image = noise(640, 480)
    image.info["comment"] = b"mine"
    before = image.tobytes()
    for rule in (*FIELD_VIEWS, ViewRule(640, 480, "whole", jpeg_quality=90)):
        assert make_views(image, rule) == make_views(image, rule)
    assert (image.tobytes(), image.info) == (before, {"comment": b"mine"})
