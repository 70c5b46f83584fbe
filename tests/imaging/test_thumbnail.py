"""Thumbnails fit, and are never larger than the picture."""

from __future__ import annotations

import pytest

from desktop_app.imaging.decode import decode
from desktop_app.imaging.thumbnail import make_thumbnail, thumbnail_size
from tests.support import pictures
from tests.support.pictures import photo


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4032, 3024), (256, 192)),
        ((3024, 4032), (192, 256)),
        ((256, 10), (256, 10)),
        ((20, 30), (20, 30)),
        ((65_535, 1), (256, 1)),
        ((1, 1), (1, 1)),
    ],
)
def test_the_longer_side_has_at_most_256_pixels(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert thumbnail_size(*size, 256) == expected


def test_a_small_picture_is_its_own_thumbnail() -> None:
    assert make_thumbnail(photo(100, 50)).pixels == photo(100, 50).tobytes()


def test_a_thumbnail_shows_the_whole_picture() -> None:
    thumbnail = make_thumbnail(photo(640, 480), 64)
    assert (thumbnail.width, thumbnail.height, len(thumbnail.pixels)) == (64, 48, 64 * 48 * 3)


def test_no_thumbnail_is_made_when_none_is_asked_for() -> None:
    assert decode(pictures.png(), thumbnail_side=None).thumbnail is None


def test_a_preview_has_the_pixels_of_the_whole_picture() -> None:
    preview = decode(pictures.jpeg(2400, 1200), thumbnail_side=1600).thumbnail
    assert preview is not None
    assert (preview.width, preview.height) == (1600, 800)
