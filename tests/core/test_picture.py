"""Which views a picture of some size has to give."""

from __future__ import annotations

from typing import Literal

import pytest

from desktop_app.core.picture import VIEWS_OF_CROP, ViewRule


@pytest.mark.parametrize("size", [(299, 4000), (4000, 299), (1, 1), (1001, 1001)])
def test_a_picture_outside_the_bounds_of_a_rule_needs_no_such_views(size: tuple[int, int]) -> None:
    assert not ViewRule(32, 32, shorter_from=300, shorter_to=1000).wanted(*size)


@pytest.mark.parametrize("size", [(300, 300), (300, 9000), (9000, 300), (1000, 1000), (2000, 1000)])
def test_the_shorter_side_decides_either_way_round(size: tuple[int, int]) -> None:
    assert ViewRule(32, 32, shorter_from=300, shorter_to=1000).wanted(*size)


@pytest.mark.parametrize("size", [(1, 1), (1, 100_000_000), (10_000, 10_000)])
def test_without_bounds_every_picture_gives_its_views(size: tuple[int, int]) -> None:
    assert ViewRule(32, 32).wanted(*size)


@pytest.mark.parametrize(("crop", "count"), [("centre_square", 1), ("whole", 1), ("halves", 2), ("quarters", 4)])
def test_each_way_to_cut_gives_so_many_views(
    crop: Literal["centre_square", "whole", "halves", "quarters"], count: int
) -> None:
    assert VIEWS_OF_CROP[crop] == ViewRule(32, 32, crop).count == count
    assert ViewRule(32, 32, crop).cuts == (count > 1)
