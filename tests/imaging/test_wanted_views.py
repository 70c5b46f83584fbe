"""Which views come, and how a JPEG is read for them, follows from the picture's size alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.picture import Note, ViewRule
from desktop_app.imaging.changes import Change
from desktop_app.imaging.decode import decode
from desktop_app.imaging.decoder import Decoder
from desktop_app.imaging.reading import SCALED_SIDE, contract_side
from desktop_app.imaging.variants import make_variants
from tests.support import pictures
from tests.support.field_views import FIELD_VIEWS, QUARTERS
from tests.support.pictures import encode, photo

SMALL = ViewRule(32, 32, shorter_to=299)
LARGE = tuple(replace(rule, shorter_from=300) for rule in FIELD_VIEWS)
BOTH = (SMALL, *LARGE)


# ---------------------------------------------------------------- what is not asked for


@pytest.mark.parametrize("size", [(3000, 2000), (2000, 3000), (300, 4000)])
def test_a_large_jpeg_that_gives_no_views_is_read_at_reduced_scale(size: tuple[int, int]) -> None:
    picture = decode(pictures.jpeg(*size), views=[replace(QUARTERS, shorter_to=299)])
    assert picture.views == ()
    assert (Note.SCALED in picture.facts.notes) == (min(size) >= 2 * SCALED_SIDE)
    assert (picture.facts.width, picture.facts.height) == size


def test_a_picture_that_gives_no_views_has_its_thumbnail_all_the_same() -> None:
    preview = decode(pictures.jpeg(3000, 2000), views=[SMALL], thumbnail_side=1600).thumbnail
    assert preview is not None
    assert (preview.width, preview.height) == (1600, 1067)


def test_views_that_another_picture_needs_cost_this_one_nothing() -> None:
    data = pictures.jpeg(3000, 2000)
    alone = ViewRule(32, 32)
    assert decode(data, views=[alone, replace(QUARTERS, shorter_to=1999)]) == decode(data, views=[alone])


# ---------------------------------------------------------------- what is


@pytest.mark.parametrize(
    ("rules", "side"),
    [
        ((QUARTERS,), None),
        ((SMALL, QUARTERS), None),
        (LARGE, None),
        ((SMALL,), SCALED_SIDE),
        ((replace(QUARTERS, shorter_to=1999),), SCALED_SIDE),
        ((replace(QUARTERS, shorter_from=2001),), SCALED_SIDE),
        ((ViewRule(300, 300, shorter_to=1999),), SCALED_SIDE),
        ((ViewRule(300, 300, shorter_to=2000),), None),
    ],
)
def test_a_jpeg_is_read_for_the_views_that_it_gives(rules: tuple[ViewRule, ...], side: int | None) -> None:
    assert contract_side(rules, 3000, 2000) == contract_side(rules, 2000, 3000) == side


def test_cut_views_need_every_pixel_of_a_jpeg() -> None:
    data = pictures.jpeg(3000, 2000)
    picture = decode(data, views=FIELD_VIEWS)
    assert Note.SCALED not in picture.facts.notes
    assert picture.views == decode(data, views=FIELD_VIEWS, scaled=False).views
    assert len(picture.views) == 6


@pytest.mark.parametrize(
    ("size", "views"), [((299, 400), [32]), ((400, 299), [32]), ((300, 400), [192] * 6), ((600, 500), [192] * 6)]
)
def test_the_size_decides_which_rules_answer(size: tuple[int, int], views: list[int]) -> None:
    picture = decode(pictures.png(*size), views=BOTH)
    assert [view.width for view in picture.views] == views


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_size_counts_upright(orientation: int) -> None:
    stored = pictures.stored_turned(photo(299, 400), orientation)
    picture = decode(encode(stored, "PNG", exif=pictures.exif(orientation)), views=BOTH)
    assert (picture.facts.width, picture.facts.height) == (299, 400)
    assert [view.width for view in picture.views] == [32]


@pytest.mark.parametrize("side", [None, 16, 256, 1600])
def test_cut_views_do_not_depend_on_the_thumbnail(side: int | None) -> None:
    data = pictures.jpeg(2048, 1024)
    assert decode(data, views=FIELD_VIEWS, thumbnail_side=side).views == decode(data, views=FIELD_VIEWS).views


@pytest.mark.parametrize("name", ["PNG", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_however_a_picture_is_stored_it_gives_the_same_views(name: str, orientation: int) -> None:
    image = photo(640, 480)
    stored = encode(pictures.stored_turned(image, orientation), name, exif=pictures.exif(orientation))
    assert decode(stored, views=FIELD_VIEWS).views == decode(encode(image, "BMP"), views=FIELD_VIEWS).views


# ---------------------------------------------------------------- changed copies, and the process


def test_a_changed_copy_gives_the_views_of_its_own_size() -> None:
    variants = make_variants(pictures.png(500, 400), BOTH)
    views = {variant.change: len(variant.picture.views) for variant in variants}
    assert views == dict.fromkeys(Change, 6) | {Change.HALF: 1}


def test_a_changed_jpeg_is_read_for_the_views_of_its_own_size() -> None:
    rule = replace(QUARTERS, shorter_from=1000)
    variants = {variant.change: variant.picture for variant in make_variants(pictures.jpeg(1500, 1000), [rule])}
    assert [len(variants[change].views) for change in (Change.JPEG_90, Change.HALF)] == [4, 0]
    assert Note.SCALED not in variants[Change.JPEG_90].facts.notes


def test_the_process_gives_the_views_that_decoding_in_place_gives() -> None:
    with Decoder() as decoder:
        for data in (
            pictures.jpeg(900, 700),
            pictures.png(300, 420),
            pictures.png(250, 420),
            pictures.strip(1, 999),
        ):
            assert decoder.decode(data, views=BOTH) == decode(data, views=BOTH)
        data = pictures.png(500, 400)
        assert decoder.vary(data, views=BOTH) == make_variants(data, BOTH)


def test_the_largest_picture_is_cut_within_the_memory_of_the_process() -> None:
    """A strip is the dearest: its shrunk copy has nearly as many pixels as itself."""
    width, height = 233, 429_000
    bits = b"\0" * (1 + (width + 7) // 8) * height
    with Decoder() as decoder:
        picture = decoder.decode(pictures.png_from_rows((width, height), 1, 0, bits), views=[QUARTERS])
    assert len(picture.views) == 4
