"""Thumbnails: plain pixels as they came, pixmaps only for what is on screen, both bounded by bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from desktop_app.core.picture import Raster
from desktop_app.ui.listing.lru import ByteBoundedLru

_RASTER_BYTES = 40 * 1024 * 1024
_PIXMAP_BYTES = 24 * 1024 * 1024
_AT_ONCE = 60  # requests under way; older wishes are dropped, a card still in sight wishes again


class Thumbnails(QObject):
    """Keeps thumbnails and asks for those that are in sight and were forgotten."""

    def __init__(self, request: Callable[[int], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = request
        self._rasters: ByteBoundedLru[int, Raster] = ByteBoundedLru(_RASTER_BYTES)
        self._pixmaps: ByteBoundedLru[int, tuple[QSize, float, QPixmap]] = ByteBoundedLru(_PIXMAP_BYTES)
        self._wished: dict[int, None] = {}
        self._asked: set[int] = set()
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(30)
        self._asking.timeout.connect(self._ask)

    def put(self, item_id: int, raster: Raster) -> None:
        """Keep a thumbnail that arrived. Costs nothing until it is painted."""
        self._rasters.put(item_id, raster, len(raster.pixels))
        self._pixmaps.drop(item_id)
        self._asked.discard(item_id)
        if self._wished:
            self._asking.start()

    def pixmap(self, item_id: int, box: QSize, ratio: float) -> QPixmap | None:
        """The thumbnail fitted into ``box`` (logical pixels), or None while it isn't there."""
        kept = self._pixmaps.get(item_id)
        if kept is not None and kept[0] == box and kept[1] == ratio:
            return kept[2]
        raster = self._rasters.get(item_id)
        if raster is None:
            return None
        pixmap = fitted(raster, box, ratio)
        self._pixmaps.put(item_id, (box, ratio, pixmap), pixmap.width() * pixmap.height() * 4)
        return pixmap

    def raster(self, item_id: int) -> Raster | None:
        """The thumbnail's pixels as they came, if they are still there."""
        return self._rasters.get(item_id)

    def wish(self, item_id: int) -> None:
        """Ask for a forgotten thumbnail; the newest wishes are the ones in sight."""
        if item_id in self._asked:
            return
        self._wished.pop(item_id, None)
        self._wished[item_id] = None
        if not self._asking.isActive():
            self._asking.start()

    def forget(self, item_ids: Iterable[int]) -> None:
        """Drop what belongs to items that are gone or run anew."""
        for item_id in item_ids:
            self._rasters.drop(item_id)
            self._pixmaps.drop(item_id)
            self._wished.pop(item_id, None)
            self._asked.discard(item_id)

    def _ask(self) -> None:
        wishes = list(reversed(self._wished))[: max(0, _AT_ONCE - len(self._asked))]
        self._wished.clear()
        for item_id in wishes:
            self._asked.add(item_id)
            self._request(item_id)


def image_of(raster: Raster) -> QImage:
    """A Qt image over the raster's pixels; the raster must live as long as the image is used."""
    return QImage(raster.pixels, raster.width, raster.height, raster.width * 3, QImage.Format.Format_RGB888)


def fitted(raster: Raster, box: QSize, ratio: float, radius: float = 4.0) -> QPixmap:
    """The raster fitted into ``box`` logical pixels, never enlarged by more than four, with soft corners."""
    image = image_of(raster)
    device = box * ratio
    if device.width() > 4 * raster.width and device.height() > 4 * raster.height:
        device = image.size() * 4
    smooth = raster.width > device.width() // 3
    scaled = image.scaled(
        device,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation if smooth else Qt.TransformationMode.FastTransformation,
    )
    pixmap = QPixmap(scaled.size())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(pixmap.rect()), radius * ratio, radius * ratio)
    painter.setClipPath(path)
    painter.drawImage(0, 0, scaled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
