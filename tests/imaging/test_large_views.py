"""A model whose views are larger than the reduced scale of JPEGs sees the pixels of the file."""

import pytest

from desktop_app.core.picture import Note, ViewRule
from desktop_app.imaging.decode import decode
from desktop_app.imaging.reading import SCALED_SIDE, contract_side, read_picture
from desktop_app.imaging.variants import make_variants
from desktop_app.imaging.views import make_views
from tests.support import pictures

LARGE = ViewRule(384, 300, "whole")


@pytest.mark.parametrize(
    ("views", "side"),
    [([], SCALED_SIDE), ([ViewRule(32, 32)], SCALED_SIDE), ([ViewRule(256, 256)], SCALED_SIDE), ([LARGE], None)],
)
def test_only_large_views_need_every_pixel(views: list[ViewRule], side: int | None) -> None:
    assert contract_side(views, 1200, 900) == side


def test_a_large_view_is_made_from_every_pixel_of_a_jpeg() -> None:
    data = pictures.jpeg(1200, 900)
    picture = decode(data, views=[LARGE])
    assert Note.SCALED not in picture.facts.notes
    assert picture.views == make_views(read_picture(data).image, LARGE)


def test_small_views_are_made_from_the_reduced_scale_as_ever() -> None:
    assert Note.SCALED in decode(pictures.jpeg(1200, 900), views=[ViewRule(32, 32)]).facts.notes


def test_changed_copies_are_read_the_same_way() -> None:
    variants = make_variants(pictures.jpeg(1200, 900), [LARGE])
    assert not any(Note.SCALED in variant.picture.facts.notes for variant in variants)
