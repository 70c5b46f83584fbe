"""Where views lie, whatever the size of the picture."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.picture import ShrinkRule, ViewRule
from desktop_app.imaging.boxes import copy_size, crop_boxes, view_boxes
from tests.support.field_views import FIELD_VIEWS, HALVES, QUARTERS

SIDES = st.one_of(st.integers(1, 1000), st.integers(1, 100_000_000))
SHRINKS = st.builds(ShrinkRule, st.integers(1, 2048), st.floats(0.01, 0.99), st.integers(1, 2048))
RULES = st.builds(
    ViewRule,
    st.integers(1, 2048),
    st.integers(1, 2048),
    st.sampled_from(["quarters", "halves"]),
    shrink=st.one_of(st.none(), SHRINKS),
)
NO_CUTS = [ViewRule(32, 32), ViewRule(64, 32, "whole")]


# ---------------------------------------------------------------- sizes that nobody expects


@pytest.mark.parametrize("rule", FIELD_VIEWS)
@pytest.mark.parametrize("size", [(1, 65_500), (65_500, 1), (1, 100_000_000), (1, 1)])
def test_a_strip_does_not_grow(rule: ViewRule, size: tuple[int, int]) -> None:
    assert copy_size(rule, *size) == size
    for left, top, right, bottom in crop_boxes(rule, *size):
        assert (right - left, bottom - top) == (min(192, size[0]), min(192, size[1]))


@given(RULES, SIDES, SIDES)
def test_a_copy_is_never_larger_than_the_picture_and_never_empty(rule: ViewRule, width: int, height: int) -> None:
    wide, high = copy_size(rule, width, height)
    assert 1 <= wide <= width
    assert 1 <= high <= height


@given(RULES, SIDES, SIDES)
def test_boxes_lie_inside_and_have_the_size_of_a_view_or_of_a_copy_that_is_smaller(
    rule: ViewRule, width: int, height: int
) -> None:
    wide, high = copy_size(rule, width, height)
    boxes = crop_boxes(rule, wide, high)
    assert len(boxes) == rule.count
    for left, top, right, bottom in boxes:
        assert (right - left, bottom - top) == (min(rule.width, wide), min(rule.height, high))
        assert left >= 0
        assert top >= 0
        assert right <= wide
        assert bottom <= high


@given(RULES, SIDES, SIDES)
def test_a_copy_has_the_pixels_of_a_view_wherever_the_picture_has(rule: ViewRule, width: int, height: int) -> None:
    wide, high = copy_size(rule, width, height)
    assert wide >= min(rule.width, width)
    assert high >= min(rule.height, height)


@given(st.one_of(RULES, st.sampled_from(NO_CUTS)), SIDES, SIDES)
def test_what_views_show_is_a_part_of_the_picture(rule: ViewRule, width: int, height: int) -> None:
    boxes = view_boxes(rule, width, height)
    assert len(boxes) == rule.count
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= 1
        assert 0 <= top < bottom <= 1


# ---------------------------------------------------------------- where they lie


@given(SIDES, SIDES, st.sampled_from([None, QUARTERS.shrink]))
def test_quarters_lie_alike_from_all_four_edges(width: int, height: int, shrink: ShrinkRule | None) -> None:
    rule = replace(QUARTERS, shrink=shrink)
    width, height = copy_size(rule, width, height)
    boxes = set(crop_boxes(rule, width, height))
    assert boxes == {(width - right, top, width - left, bottom) for left, top, right, bottom in boxes}
    assert boxes == {(left, height - bottom, right, height - top) for left, top, right, bottom in boxes}


@given(SIDES, SIDES, st.sampled_from(FIELD_VIEWS))
def test_a_picture_lying_on_its_side_is_cut_alike(width: int, height: int, rule: ViewRule) -> None:
    upright, lying = copy_size(rule, width, height), copy_size(rule, height, width)
    assert lying == upright[::-1]
    turned = {(top, left, bottom, right) for left, top, right, bottom in crop_boxes(rule, *lying)}
    if width != height:  # of a square the left and the right half are seen
        assert turned == set(crop_boxes(rule, *upright))


def test_quarters_are_seen_in_their_middles_row_by_row() -> None:
    assert crop_boxes(QUARTERS, 4000, 2000) == (
        (904, 404, 1096, 596),
        (2904, 404, 3096, 596),
        (904, 1404, 1096, 1596),
        (2904, 1404, 3096, 1596),
    )


def test_views_that_would_stick_out_are_pushed_inside() -> None:
    assert crop_boxes(QUARTERS, 300, 384) == (
        (0, 0, 192, 192),
        (108, 0, 300, 192),
        (0, 192, 192, 384),
        (108, 192, 300, 384),
    )


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((512, 384), ((32, 96, 224, 288), (288, 96, 480, 288))),
        ((384, 512), ((96, 32, 288, 224), (96, 288, 288, 480))),
        ((384, 384), ((0, 96, 192, 288), (192, 96, 384, 288))),
    ],
)
def test_halves_lie_along_the_longer_side(
    size: tuple[int, int], expected: tuple[tuple[int, int, int, int], ...]
) -> None:
    assert crop_boxes(HALVES, *size) == expected


@pytest.mark.parametrize(
    ("shorter", "expected"),
    [(100, 100), (200, 200), (232, 232), (233, 232), (300, 232), (310, 232), (400, 300), (512, 384),
     (1000, 384), (4000, 384)],
)  # fmt: skip
def test_a_copy_is_smaller_than_the_picture_wherever_it_can_be(shorter: int, expected: int) -> None:
    assert copy_size(QUARTERS, shorter, 2 * shorter) == (expected, 2 * expected)
    assert copy_size(QUARTERS, 2 * shorter, shorter) == (2 * expected, expected)


def test_a_copy_keeps_as_many_pixels_as_a_view_has() -> None:
    rule = ViewRule(64, 32, "quarters", shrink=ShrinkRule(20, 0.5, 20))
    assert copy_size(rule, 100, 100) == (64, 32)
    assert copy_size(rule, 50, 100) == (50, 40)


@pytest.mark.parametrize(
    ("rule", "size", "expected"),
    [
        (ViewRule(8, 8), (32, 32), ((0, 0, 1, 1),)),
        (ViewRule(8, 8), (40, 20), ((0.25, 0, 0.75, 1),)),
        (ViewRule(8, 8), (20, 40), ((0, 0.25, 1, 0.75),)),
        (ViewRule(8, 8, "whole"), (40, 20), ((0, 0, 1, 1),)),
        (ViewRule(10, 10, "halves"), (40, 20), ((0.125, 0.25, 0.375, 0.75), (0.625, 0.25, 0.875, 0.75))),
        (
            ViewRule(10, 10, "quarters"),
            (40, 20),
            ((0.125, 0, 0.375, 0.5), (0.625, 0, 0.875, 0.5), (0.125, 0.5, 0.375, 1), (0.625, 0.5, 0.875, 1)),
        ),
        (
            ViewRule(10, 10, "halves", shrink=ShrinkRule(20, 0.5, 20)),
            (160, 80),
            ((0.125, 0.25, 0.375, 0.75), (0.625, 0.25, 0.875, 0.75)),
        ),
        (ViewRule(10, 10, "halves"), (40, 5), ((0.125, 0, 0.375, 1), (0.625, 0, 0.875, 1))),
    ],
)
def test_a_view_shows_its_part_of_the_picture(
    rule: ViewRule, size: tuple[int, int], expected: tuple[tuple[float, ...], ...]
) -> None:
    assert view_boxes(rule, *size) == expected
