"""Small drawings from ``resources/icons``, tinted with the theme's colours and sharp on every screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from desktop_app.system.paths import resources_dir
from desktop_app.ui.theme import Theme

_SIZES = (16, 20, 24, 32, 48, 64, 96)
_INK = b"#000000"  # the one colour in the drawings


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
    """Gives icons to actions and buttons, and gives them anew when the theme changes.

    Icons are kept: drawing one takes 7 ms, and the detail panel makes buttons for every picture.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str, str, str], QIcon] = {}

    def give(self, taker: QAction | QAbstractButton, name: str, *, colour: str = "text") -> None:
        """Set ``name`` in the theme's ``colour`` as the icon of ``taker``, now and after every change."""
        _Tint(taker, self._theme, lambda: self._icon(name, colour)).paint()

    def _icon(self, name: str, colour: str) -> QIcon:
        colours = self._theme.colours.names()
        pressed = colours["accent"] if colour == "text" else ""
        key = (name, colours[colour], colours["neutral"], pressed)
        if key not in self._made:
            self._made[key] = _drawn(*key)
        return self._made[key]


class _Tint(QObject):
    """Lives and dies with the taker, so that a button that is gone isn't painted any more."""

    def __init__(self, taker: QAction | QAbstractButton, theme: Theme, icon: Callable[[], QIcon]) -> None:
        super().__init__(taker)
        self._taker, self._icon = taker, icon
        theme.changed.connect(self.paint)

    def paint(self) -> None:
        self._taker.setIcon(self._icon())


def _drawn(name: str, normal: str, disabled: str, pressed: str) -> QIcon:
    icon = QIcon()
    for side in _SIZES:
        icon.addPixmap(drawing(name, normal, side), QIcon.Mode.Normal)
        icon.addPixmap(drawing(name, disabled, side), QIcon.Mode.Disabled)
        if pressed:
            icon.addPixmap(drawing(name, pressed, side), QIcon.Mode.Normal, QIcon.State.On)
    return icon


def _svg(name: str) -> bytes:
    try:
        return (resources_dir() / "icons" / f"{name}.svg").read_bytes()
    except OSError:
        return b""
