"""Bringing a window into a state, and looking at it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QImage

from desktop_app.core.events import Event, ItemsAdded, ThumbnailReady
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.detail.evidence_box import EvidenceBox
from desktop_app.ui.views.item_view import ItemView
from desktop_app.ui.window import Window
from tests.ui.fakes import raster


def show(window: Window, items: Sequence[Item], *events: Event) -> None:
    """List items with their thumbnails, at once."""
    pictures = [ThumbnailReady(item.id, raster(item.id, 64, 48)) for item in items if item.state is ItemState.DONE]
    window.desk.take([ItemsAdded(tuple(items)), *pictures, *events])
    window.desk.listing.settle()


def shown_names(window: Window) -> list[str]:
    """Names in the order in which they are shown."""
    store = window.desk.listing.store
    items = (store.get(item_id) for item_id in store.order)
    return [item.name for item in items if item is not None]


def index_of(view: ItemView, item_id: int) -> QModelIndex:
    """The cell of an item."""
    return view.items.index_at(list(view.listing.store.order).index(item_id))


def reveal(box: EvidenceBox) -> None:
    """Have prompt and settings shown, or hidden again."""
    assert box.reveal is not None
    box.reveal.click()


def card(window: Window, item_id: int) -> QImage:
    """What the grid paints for an item."""
    grid = window.work.grid
    box: QRect = grid.visualRect(index_of(grid, item_id))
    return grid.viewport().grab(box).toImage()


def colours_in(image: QImage) -> dict[str, int]:
    """How many pixels of each colour."""
    counts: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    return counts
