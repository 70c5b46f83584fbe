"""Small drawings from ``resources/icons``, tinted with the theme's colours and sharp on every screen."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app.system.paths import resources_dir
from desktop_app.ui.theme import Theme

_SIZES = (16, 20, 24, 32, 48, 64, 96)
_INK = b"#000000"  # the one colour in the drawings


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> object: ...  # Qt's name


def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(str(resources_dir() / "icons" / "telltale.svg"))


def drawing(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """One drawing as a square pixmap; transparent when the file is missing."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    data = _svg(name).replace(_INK, colour.encode())
    if data:
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(data)).render(painter, QRectF(pixmap.rect()))
        painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class Icons:
    """Gives icons to actions and buttons, and gives them anew when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def give(self, taker: _HasIcon, name: str, *, colour: str = "text") -> None:
        """Set ``name`` in the theme's ``colour`` as the icon of ``taker``, now and after every change."""
        paint = partial(self._paint, taker, name, colour)
        paint()
        self._theme.changed.connect(paint)

    def _paint(self, taker: _HasIcon, name: str, colour: str) -> None:
        colours = self._theme.colours.names()
        icon = QIcon()
        for side in _SIZES:
            icon.addPixmap(drawing(name, colours[colour], side), QIcon.Mode.Normal)
            icon.addPixmap(drawing(name, colours["neutral"], side), QIcon.Mode.Disabled)
            if colour == "text":
                icon.addPixmap(drawing(name, colours["accent"], side), QIcon.Mode.Normal, QIcon.State.On)
        taker.setIcon(icon)


def _svg(name: str) -> bytes:
    try:
        return (resources_dir() / "icons" / f"{name}.svg").read_bytes()
    except OSError:
        return b""
