"""Changes made to views alone are those that are made to whole pictures."""

from __future__ import annotations

import pytest

from desktop_app.core.picture import Raster, ViewRule
from desktop_app.imaging.changes import Change
from desktop_app.imaging.decode import decode
from desktop_app.imaging.view_changes import QUICK_CHANGES, changed_views
from desktop_app.imaging.views import raster
from tests.support import pictures
from tests.support.pictures import encode

VIEWS = [raster(pictures.photo(64, 48)), Raster(8, 8, bytes((200, 10, 10)) * 64)]


@pytest.mark.parametrize("change", [change for change in Change if change not in QUICK_CHANGES])
def test_what_needs_the_pixels_around_a_view_is_refused(change: Change) -> None:
    with pytest.raises(ValueError, match="can't be made to a view"):
        changed_views(VIEWS, change)


@pytest.mark.parametrize("change", QUICK_CHANGES)
def test_a_change_keeps_the_size_and_is_the_same_every_time(change: Change) -> None:
    changed = changed_views(VIEWS, change)
    assert [(view.width, view.height) for view in changed] == [(64, 48), (8, 8)]
    assert changed[0] != VIEWS[0]
    assert changed == changed_views(VIEWS, change)


def test_a_view_saved_again_is_what_a_file_saved_again_shows() -> None:
    again = decode(encode(pictures.photo(64, 48), "JPEG", quality=70), views=[ViewRule(64, 48, "whole")])
    assert changed_views(VIEWS[:1], Change.JPEG_70) == list(again.views)


def test_grey_has_no_colour() -> None:
    (_, flat) = changed_views(VIEWS, Change.GREY)
    assert len(set(flat.pixels)) == 1
