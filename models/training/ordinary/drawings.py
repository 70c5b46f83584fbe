"""Flat pictures made here: pages of text, charts, tables, maps, icons, comics and windows, and no photograph.

They say which pixel rule tells such pictures from photographs (`models.training.ordinary.flat`). Qt paints them,
with the fonts that the computer has, so figures differ a little from one computer to the next.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QLinearGradient, QPainter, QPen, QPolygonF

_SYLLABLES = ("lo", "rem", "ta", "den", "vi", "ser", "um", "pa", "ko", "ni", "st", "er", "al", "on", "mi", "que")
_FAMILIES = ("sans-serif", "serif", "monospace")
_INKS = ("#222222", "#0b3d91", "#8b1a1a", "#1b5e20", "#000000")
_PAPERS = ("#ffffff", "#fdf6e3", "#f0f0f0", "#ffffff")
_NIGHTS = ("#1e1e1e", "#0d1117", "#282c34", "#000000")
_PALE = ("#d4d4d4", "#e6edf3", "#9cdcfe", "#ffffff")
_COLOURS = ("#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#edc948", "#b07aa1", "#ff9da7", "#9c755f")
_CIRCLE = 360  # degrees


@dataclass(frozen=True)
class Sheet:
    """An empty picture to paint on, and what makes it differ from the next one.

    Attributes:
        paint: begun, with smooth edges.
        rng: draws everything that varies.
        width, height: pixels.
        dark: whether light ink is on dark paper.
    """

    paint: QPainter
    rng: np.random.Generator
    width: int
    height: int
    dark: bool

    def pick(self, names: tuple[str, ...]) -> QColor:
        """One of the colours."""
        return QColor(names[self.rng.integers(len(names))])

    def ink(self) -> QColor:
        """A colour that can be read on the paper."""
        return self.pick(_PALE if self.dark else _INKS)

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return float(self.rng.uniform(low, high))

    def chance(self, share: float) -> bool:
        """True in that share of the draws."""
        return bool(self.rng.random() < share)

    def font(self, low: int, high: int) -> None:
        """Write with some family from now on, letters `low` to `high` pixels high."""
        font = QFont(_FAMILIES[self.rng.integers(len(_FAMILIES))])
        font.setPixelSize(int(self.rng.integers(low, high + 1)))
        font.setBold(self.chance(0.25))
        self.paint.setFont(font)

    def words(self, count: int) -> str:
        """So many words of no language."""
        made = ("".join(self.rng.choice(_SYLLABLES, self.rng.integers(1, 5))) for _ in range(count))
        return " ".join(made)


def _text(sheet: Sheet) -> None:
    sheet.font(10, 26)
    sheet.paint.setPen(sheet.ink())
    margin = sheet.between(0.03, 0.15) * sheet.width
    box = QRectF(margin, margin, sheet.width - 2 * margin, sheet.height - 2 * margin)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    sheet.paint.drawText(box, int(flags), "\n\n".join(sheet.words(80) for _ in range(20)))


def _code(sheet: Sheet) -> None:
    sheet.font(11, 20)
    step = sheet.paint.fontMetrics().height()
    for row in range(sheet.height // step):
        left = 12.0 + 4 * step * float(sheet.rng.integers(0, 4))
        for _ in range(int(sheet.rng.integers(0, 7))):
            word = sheet.words(1)
            sheet.paint.setPen(sheet.ink())
            sheet.paint.drawText(QPointF(left, (row + 0.8) * step), word)
            left += sheet.paint.fontMetrics().horizontalAdvance(word + " ")


def _table(sheet: Sheet) -> None:
    sheet.font(10, 18)
    step = sheet.paint.fontMetrics().height() * 1.6
    columns = int(sheet.rng.integers(3, 9))
    band = sheet.pick(_COLOURS)
    for row in range(int(sheet.height / step) + 1):
        if row % 2 == 0:
            band.setAlpha(255 if row == 0 else 40)
            sheet.paint.fillRect(QRectF(0, row * step, sheet.width, step), band)
        sheet.paint.setPen(sheet.ink())
        for column in range(columns):
            cell = QRectF(column * sheet.width / columns, row * step, sheet.width / columns, step)
            sheet.paint.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), f"{sheet.between(0, 5000):.2f}")
            if columns % 2:
                sheet.paint.drawRect(cell)


def _bars(sheet: Sheet) -> None:
    _axes(sheet)
    count, gradient = int(sheet.rng.integers(4, 16)), sheet.chance(0.5)
    for bar in range(count):
        height = sheet.between(0.1, 0.75) * sheet.height
        wide = 0.8 * sheet.width / count
        box = QRectF(0.1 * sheet.width + bar * wide, 0.9 * sheet.height - height, 0.7 * wide, height)
        colour = sheet.pick(_COLOURS)
        shade = QLinearGradient(box.topLeft(), box.bottomLeft())
        shade.setColorAt(0, colour)
        shade.setColorAt(1, colour.darker(170) if gradient else colour)
        sheet.paint.fillRect(box, shade)


def _lines(sheet: Sheet) -> None:
    _axes(sheet)
    for _ in range(int(sheet.rng.integers(1, 6))):
        sheet.paint.setPen(QPen(sheet.pick(_COLOURS), sheet.between(1, 4)))
        levels = np.cumsum(sheet.rng.normal(0, 0.04 * sheet.height, 40)) + sheet.height / 2
        across = np.linspace(0.1, 0.9, 40) * sheet.width
        sheet.paint.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(across, levels, strict=True)]))


def _axes(sheet: Sheet) -> None:
    sheet.font(10, 22)
    grid = QColor(sheet.ink())
    grid.setAlpha(50)
    for step in range(1, 9):
        across, down = 0.1 * sheet.width, 0.1 * step * sheet.height
        sheet.paint.setPen(sheet.ink())
        sheet.paint.drawText(QPointF(across / 4, down), f"{900 - 100 * step}")
        sheet.paint.setPen(grid)
        sheet.paint.drawLine(QPointF(across, down), QPointF(0.9 * sheet.width, down))


def _pies(sheet: Sheet) -> None:
    side = min(sheet.width, sheet.height) * sheet.between(0.5, 0.9)
    box = QRectF((sheet.width - side) / 2, (sheet.height - side) / 2, side, side)
    start = 0
    while start < _CIRCLE:
        span = int(sheet.rng.integers(10, 90))
        sheet.paint.setBrush(sheet.pick(_COLOURS))
        sheet.paint.drawPie(box, 16 * start, 16 * min(span, _CIRCLE - start))
        start += span
    sheet.font(14, 30)
    sheet.paint.drawText(QPointF(10, 40), sheet.words(4))


def _diagram(sheet: Sheet) -> None:
    sheet.font(12, 24)
    last = QPointF(sheet.width / 2, 0)
    for _ in range(int(sheet.rng.integers(6, 16))):
        middle = QPointF(sheet.between(0.1, 0.9) * sheet.width, sheet.between(0.1, 0.9) * sheet.height)
        sheet.paint.setPen(QPen(sheet.ink(), 2))
        sheet.paint.drawLine(last, middle)
        box = QRectF(middle.x() - 70, middle.y() - 30, 140, 60)
        sheet.paint.setBrush(sheet.pick(_COLOURS if sheet.chance(0.7) else _PAPERS))
        sheet.paint.drawRoundedRect(box, 8, 8)
        sheet.paint.drawText(box, int(Qt.AlignmentFlag.AlignCenter), sheet.words(2))
        last = middle


def _map(sheet: Sheet) -> None:
    sites = sheet.rng.uniform((0, 0), (sheet.width, sheet.height), (int(sheet.rng.integers(12, 60)), 2))
    across, down = np.arange(sheet.width), np.arange(sheet.height)
    nearest = np.zeros((sheet.height, sheet.width), np.int64)
    best = np.full(nearest.shape, np.inf)
    for number, (left, top) in enumerate(sites):
        wave = 12 * np.sin(across / 23 + number)
        distance = (across - left) ** 2 + (down[:, None] - top + wave) ** 2
        nearest[distance < best] = number
        best = np.minimum(best, distance)
    shades = np.array([QColor(_COLOURS[n % len(_COLOURS)]).lighter(150).rgb() for n in range(len(sites))])
    pixels = (shades[nearest][..., None] >> np.array((16, 8, 0)) & 255).astype(np.uint8)
    image = QImage(pixels.tobytes(), sheet.width, sheet.height, 3 * sheet.width, QImage.Format.Format_RGB888)
    sheet.paint.drawImage(0, 0, image.copy())
    sheet.font(11, 20)
    sheet.paint.setPen(QColor("black"))
    for left, top in sites:
        sheet.paint.drawText(QPointF(float(left), float(top)), sheet.words(1))


def _icons(sheet: Sheet) -> None:
    side = sheet.between(40, 160)
    sheet.paint.setPen(Qt.PenStyle.NoPen)
    for row in range(int(sheet.height / side) + 1):
        for column in range(int(sheet.width / side) + 1):
            middle = QPointF((column + 0.5) * side, (row + 0.5) * side)
            sheet.paint.setBrush(sheet.pick(_COLOURS))
            sheet.paint.drawEllipse(middle, 0.4 * side, 0.4 * side)
            corners = int(sheet.rng.integers(3, 9))
            angles = [2 * math.pi * corner / corners for corner in range(corners)]
            star = [middle + QPointF(math.cos(angle), math.sin(angle)) * 0.25 * side for angle in angles]
            sheet.paint.setBrush(sheet.pick(_PAPERS))
            sheet.paint.drawPolygon(QPolygonF(star))


def _comic(sheet: Sheet) -> None:
    sheet.paint.setPen(QPen(QColor("black"), sheet.between(2, 7)))
    for _ in range(int(sheet.rng.integers(20, 70))):
        middle = np.array([sheet.between(0, sheet.width), sheet.between(0, sheet.height)])
        angles = np.linspace(0, 2 * math.pi, 24, endpoint=False)
        reach = sheet.between(0.04, 0.2) * min(sheet.width, sheet.height)
        radius = reach * (1 + 0.25 * np.sin(sheet.rng.integers(2, 6) * angles + sheet.between(0, 6)))
        places = middle + radius[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        sheet.paint.setBrush(sheet.pick(_COLOURS + _PAPERS))
        sheet.paint.drawPolygon(QPolygonF([QPointF(x, y) for x, y in places]))
    sheet.font(18, 34)
    sheet.paint.drawText(QPointF(20, 60), sheet.words(4))


def _window(sheet: Sheet) -> None:
    sheet.font(12, 15)
    bar = sheet.pick(_NIGHTS if sheet.dark else ("#e0e0e0", "#dfe6ee", "#4e79a7"))
    sheet.paint.fillRect(QRectF(0, 0, sheet.width, 36), bar)
    sheet.paint.fillRect(QRectF(0, 36, 0.2 * sheet.width, sheet.height), bar.lighter(108))
    top = 50.0
    while top < sheet.height:
        sheet.paint.setPen(sheet.ink())
        sheet.paint.drawText(QPointF(14, top + 14), sheet.words(2))
        field = QRectF(0.25 * sheet.width, top, sheet.between(0.2, 0.6) * sheet.width, 26)
        sheet.paint.setPen(QColor("#888888"))
        sheet.paint.drawRoundedRect(field, 4, 4)
        sheet.paint.setPen(sheet.ink())
        sheet.paint.drawText(field.adjusted(8, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), sheet.words(3))
        top += sheet.between(30, 44)


def _poster(sheet: Sheet) -> None:
    shade = QLinearGradient(0, 0, 0, sheet.height)
    shade.setColorAt(0, sheet.pick(_COLOURS))
    shade.setColorAt(1, sheet.pick(_COLOURS))
    sheet.paint.fillRect(QRectF(0, 0, sheet.width, sheet.height), shade)
    sheet.font(sheet.height // 12, sheet.height // 7)
    sheet.paint.setPen(QColor("white"))
    box = QRectF(0, 0, sheet.width, sheet.height)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
    sheet.paint.drawText(box, int(flags), sheet.words(12))


KINDS: dict[str, Callable[[Sheet], None]] = {
    "text": _text,
    "code": _code,
    "table": _table,
    "bar chart": _bars,
    "line chart": _lines,
    "pie chart": _pies,
    "diagram": _diagram,
    "map": _map,
    "icons": _icons,
    "comic": _comic,
    "window": _window,
    "poster on a gradient": _poster,
}

SIZES = ((480, 360), (800, 600), (1080, 1080), (1240, 1754), (1920, 1080))


def drawings(repeats: int, seed: int = 1) -> Iterator[tuple[str, Image.Image]]:
    """Each kind at each size, light and dark by turns, `repeats` times: its name and the RGB picture."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])  # Qt paints letters only while one lives
    rng = np.random.default_rng(seed)
    for turn in range(repeats):
        for place, size in enumerate(SIZES):
            for kind in KINDS:
                yield kind, draw(kind, size, rng, dark=(turn + place) % 2 == 1)
    del app


def draw(kind: str, size: tuple[int, int], rng: np.random.Generator, *, dark: bool) -> Image.Image:
    """Paint one picture of `size` (width, height) pixels; a `QGuiApplication` is needed."""
    page = QImage(*size, QImage.Format.Format_RGB888)
    paint = QPainter(page)
    paint.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    sheet = Sheet(paint, rng, *size, dark)
    paint.fillRect(page.rect(), sheet.pick(_NIGHTS if dark else _PAPERS))
    KINDS[kind](sheet)
    paint.end()
    return Image.frombytes("RGB", size, bytes(page.constBits()), "raw", "RGB", page.bytesPerLine())
