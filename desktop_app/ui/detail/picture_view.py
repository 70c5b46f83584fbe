"""The larger picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.core.estimates import Face, HeatCell
from desktop_app.core.picture import Raster
from desktop_app.ui.cards.shapes import draw_shape
from desktop_app.ui.detail.face_boxes import box_in, draw_face
from desktop_app.ui.detail.heat import Heat, clip_to, without_colours
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.thumbnails import fitted
from desktop_app.ui.theme import Theme

_SHAPE = 0.72  # height by width
_RADIUS = 6.0  # of the picture's corners


class PictureView(QWidget):
    """Shows a raster letterboxed; a place holder while there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._raster: Raster | None = None
        self._pixmap: QPixmap | None = None
        self._fitted_to = QSize()
        self._place_holder = Group.WAITING
        self._faces: tuple[Face, ...] = ()
        self._cells: tuple[HeatCell, ...] = ()
        self._heat: Heat | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_raster(self, raster: Raster | None, place_holder: Group, name: str) -> None:
        """Show another picture, or none."""
        self._raster, self._pixmap, self._place_holder = raster, None, place_holder
        self.setAccessibleName(self.tr("Picture {name}").format(name=name) if name else self.tr("No picture"))
        self.update()

    def show_faces(self, faces: Sequence[Face]) -> None:
        """Draw boxes around faces, or none."""
        if tuple(faces) != self._faces:
            self._faces = tuple(faces)
            self.update()

    def show_heat(self, cells: Sequence[HeatCell]) -> None:
        """Take the picture's colours away and tint it by where its score came from; nothing without cells."""
        if tuple(cells) != self._cells:
            self._cells, self._pixmap = tuple(cells), None
            self._heat = Heat(cells) if cells else None
            self.update()

    def place(self) -> QRectF:
        """Where the picture is drawn; empty while there is none."""
        pixmap = self._fitted()
        if pixmap is None:
            return QRectF()
        size = pixmap.deviceIndependentSize()
        corner = QPoint(round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2))
        return QRectF(corner, size)

    def face_boxes(self) -> list[QRectF]:
        """Where the faces are drawn; empty while there is no picture."""
        place = self.place()
        return [box_in(place, face) for face in self._faces] if not place.isEmpty() else []

    def side_in_pixels(self) -> int:
        """How many device pixels the longer side can use."""
        return max(64, round(max(self.width(), self.heightForWidth(self.width())) * self.devicePixelRatioF()))

    def hasHeightForWidth(self) -> bool:
        """A fixed proportion."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Landscape."""
        return round(width * _SHAPE)

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(300, self.heightForWidth(300))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The well and the picture in it."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        pixmap = self._fitted()
        if pixmap is None:
            side = self.height() * 0.2
            box = QRectF(0, 0, side, side)
            box.moveCenter(QRectF(self.rect()).center())
            draw_shape(painter, box, self._place_holder, colours.hatch)
        else:
            place = self.place()
            painter.drawPixmap(place.topLeft(), pixmap)
            self._draw_heat(painter, place)
            for number, (face, box) in enumerate(zip(self._faces, self.face_boxes(), strict=True), start=1):
                draw_face(painter, box, face, number, colours, self.font())
        painter.end()

    def _draw_heat(self, painter: QPainter, place: QRectF) -> None:
        if self._heat is not None:
            painter.save()
            clip_to(painter, place, _RADIUS)
            self._heat.draw(painter, place, self._theme.colours)
            painter.restore()

    def _fitted(self) -> QPixmap | None:
        if self._raster is None:
            return None
        ratio = self.devicePixelRatioF()
        box = self.size() - QSize(8, 8)
        stale = self._pixmap is None or self._pixmap.devicePixelRatio() != ratio or self._fitted_to != box
        if stale:
            self._pixmap = fitted(self._raster, box, ratio, _RADIUS)
            if self._heat is not None:
                self._pixmap = QPixmap.fromImage(without_colours(self._pixmap.toImage()))
            self._fitted_to = box
        return self._pixmap
