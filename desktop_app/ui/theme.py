"""Light and dark: every colour of the window in one place, and the live switch between them.

The data colours are Okabe and Ito's, told apart by people with any colour vision
(https://jfly.uni-koeln.de/color/). No colour stands alone: each has its own shape and words.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.ui.listing.groups import Group
from desktop_app.ui.style import style_sheet


@dataclass(frozen=True, slots=True)
class Colours:
    """What is painted in which colour.

    Attributes:
        window: behind everything. surface: cards and panels. sunken: wells inside them.
        muted: small print; at least 4.5:1 on ``surface``.
        accent: what can be clicked. on_accent: text on it.
        track: the empty part of a bar. idle, hatch: a bar that must not be read as an answer.
    """

    window: QColor
    surface: QColor
    sunken: QColor
    border: QColor
    hover: QColor
    text: QColor
    muted: QColor
    accent: QColor
    on_accent: QColor
    selected: QColor
    track: QColor
    idle: QColor
    hatch: QColor
    strong: QColor
    some: QColor
    few: QColor
    neutral: QColor
    warning: QColor
    warning_surface: QColor

    def of(self, group: Group) -> QColor:
        """The colour of a heap's shape and bars."""
        return {
            Group.STRONG: self.strong,
            Group.SOME: self.some,
            Group.FEW: self.few,
            Group.FAILED: self.warning,
        }.get(group, self.neutral)

    def names(self) -> dict[str, str]:
        """``#rrggbb`` by attribute name, for the style sheet."""
        return {field.name: getattr(self, field.name).name() for field in fields(self)}


LIGHT = Colours(
    window=QColor("#f4f5f7"),
    surface=QColor("#ffffff"),
    sunken=QColor("#eef0f3"),
    border=QColor("#dde1e7"),
    hover=QColor("#f0f4f8"),
    text=QColor("#1a1f26"),
    muted=QColor("#5a6472"),
    accent=QColor("#0069a5"),
    on_accent=QColor("#ffffff"),
    selected=QColor("#e2f0f9"),
    track=QColor("#e6e9ee"),
    idle=QColor("#d3d8df"),
    hatch=QColor("#a4adb9"),
    strong=QColor("#d55e00"),
    some=QColor("#e69f00"),
    few=QColor("#0072b2"),
    neutral=QColor("#7d8794"),
    warning=QColor("#a8323e"),
    warning_surface=QColor("#fbeeee"),
)
DARK = Colours(
    window=QColor("#14171b"),
    surface=QColor("#1d2127"),
    sunken=QColor("#16191e"),
    border=QColor("#323841"),
    hover=QColor("#262b33"),
    text=QColor("#e9ebee"),
    muted=QColor("#a2abb8"),
    accent=QColor("#56b4e9"),
    on_accent=QColor("#0c1a24"),
    selected=QColor("#1e3546"),
    track=QColor("#2d333c"),
    idle=QColor("#434b56"),
    hatch=QColor("#717b89"),
    strong=QColor("#d55e00"),
    some=QColor("#e69f00"),
    few=QColor("#3a9bd9"),
    neutral=QColor("#8d97a5"),
    warning=QColor("#f08c94"),
    warning_surface=QColor("#33211f"),
)


class Theme(QObject):
    """Follows the system's colour scheme, or the user's choice of one."""

    changed = Signal()

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._system_is_dark = _looks_dark(QGuiApplication.palette())
        self.colours = self._colours()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.refresh)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.fontChanged.connect(self.refresh)

    @property
    def dark(self) -> bool:
        """Whether dark colours are in use."""
        return self.colours is DARK

    def choose(self, choice: str) -> None:
        """``system``, ``light`` or ``dark``."""
        self._choice = choice
        self.refresh()

    def refresh(self) -> None:
        """Look at the system's scheme and the font again."""
        self.colours = self._colours()
        self.apply()
        self.changed.emit()

    def apply(self) -> None:
        """Dress the whole application."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(self.colours))
            line = QFontMetricsF(app.font()).height()
            app.setStyleSheet(style_sheet(self.colours.names(), line))

    def _colours(self) -> Colours:
        if self._choice in {"light", "dark"}:
            return DARK if self._choice == "dark" else LIGHT
        scheme = QGuiApplication.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return DARK if self._system_is_dark else LIGHT
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def palette(colours: Colours) -> QPalette:
    """A palette for the widgets that Fusion draws."""
    made = QPalette(colours.surface, colours.window)
    roles = {
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.warning,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Accent: colours.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, colour)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colours.neutral)
    return made


def _looks_dark(system: QPalette) -> bool:
    window = system.color(QPalette.ColorRole.Window)
    text = system.color(QPalette.ColorRole.WindowText)
    return window.lightness() < text.lightness()
