"""Where a score came from, painted over the picture: orange speaks for AI, blue against it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from desktop_app.core.estimates import HeatCell
from desktop_app.ui.detail.heat_grid import LEVELS, HeatGrid, as_parts, outline
from desktop_app.ui.theme import Colours

_MOST_ALPHA = 0.62  # the picture must still be seen under the surest cell
_INK, _PAPER = QColor("#10141a"), QColor("#ffffff")


def tint(p: float, colours: Colours) -> QColor:
    """The colour for a probability, the more transparent the nearer to 0.5."""
    p = min(max(p, 0.0), 1.0)
    colour = QColor(colours.strong if p > 0.5 else colours.few)  # noqa: PLR2004  # speaks neither way
    colour.setAlphaF(abs(2 * p - 1) * _MOST_ALPHA)
    return colour


class Heat:
    """The tint of one picture; what takes time is worked out once. Later views lie over earlier ones."""

    def __init__(self, cells: Sequence[HeatCell]) -> None:
        self._parts = as_parts(cells)
        self._outline = outline([part.box for part in self._parts])
        self._laid: tuple[QSize, Colours, QImage] | None = None

    def draw(self, painter: QPainter, place: QRectF, colours: Colours) -> None:
        """Tint the picture that is drawn in ``place``; what the model never saw lies outside a frame."""
        if not self._parts:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = (place.size() * painter.device().devicePixelRatio()).toSize()
        painter.drawImage(place, self._image(size.expandedTo(QSize(1, 1)), colours))
        painter.restore()
        seen = QTransform(place.width(), 0, 0, place.height(), place.left(), place.top()).map(self._outline)
        if not seen.contains(place.adjusted(1, 1, -1, -1)):
            _frame(painter, seen)

    def _image(self, size: QSize, colours: Colours) -> QImage:
        if self._laid is None or self._laid[:2] != (size, colours):
            self._laid = size, colours, _laid_over(self._parts, size, colours)
        return self._laid[2]


def without_colours(image: QImage) -> QImage:
    """The picture in grey, so that its own orange and blue aren't taken for the tint; corners stay see-through."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.setAlphaChannel(image.convertToFormat(QImage.Format.Format_Alpha8))
    return grey


def clip_to(painter: QPainter, place: QRectF, radius: float) -> None:
    """Keep what is painted next inside the picture's soft corners."""
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    painter.setClipPath(path)


def _laid_over(parts: Sequence[HeatGrid], size: QSize, colours: Colours) -> QImage:
    # A view takes the place of what lies under it: two tints on top of each other would look surer than either.
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for part in parts:
        box = _inside(QRectF(image.rect()), part.box).toAlignedRect()
        painter.drawImage(box, _tinted(part, box.size(), colours))
    painter.end()
    return image


def _tinted(grid: HeatGrid, size: QSize, colours: Colours) -> QImage:
    # Probabilities are enlarged and then coloured: between orange and blue lies nothing, and no mixture of both.
    small = QImage(grid.levels, grid.columns, grid.rows, grid.columns, QImage.Format.Format_Grayscale8)
    large = small.scaled(
        size.expandedTo(QSize(1, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    large.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    large.setColorTable([tint(level / (LEVELS - 1), colours).rgba() for level in range(LEVELS)])
    return large.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _frame(painter: QPainter, path: QPainterPath) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_INK, 1.0))
    painter.drawPath(path)
    dashes = QPen(_PAPER, 1.0)
    dashes.setDashPattern([4, 4])
    painter.setPen(dashes)
    painter.drawPath(path)
    painter.restore()


def _inside(place: QRectF, part: QRectF) -> QRectF:
    across, down = place.width(), place.height()
    box = QRectF(
        place.left() + part.left() * across,
        place.top() + part.top() * down,
        part.width() * across,
        part.height() * down,
    )
    return box.normalized().intersected(place)
