"""Buttons and labels that all panels make the same way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from desktop_app.ui.icons import Icons


def push(text: str, kind: str = "plain", *, described: str = "") -> QPushButton:
    """A button with words; ``kind`` is its dress in the style sheet: plain, primary, quiet, link."""
    button = QPushButton(text)
    button.setProperty("kind", kind)
    button.setAutoDefault(False)
    button.setAccessibleName(described or text.replace("&", ""))
    if kind == "link":
        button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def icon_button(icons: Icons, icon: str, described: str, *, checkable: bool = False) -> QToolButton:
    """A button with a drawing; ``described`` is its tooltip and its name for screen readers."""
    button = QToolButton()
    button.setProperty("kind", "icon")
    button.setCheckable(checkable)
    button.setToolTip(described)
    button.setAccessibleName(described)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    icons.give(button, icon)
    side = round(button.fontMetrics().height() * 1.15)
    button.setIconSize(QSize(side, side))
    return button


def action_button(icons: Icons, icon: str, action: QAction) -> QToolButton:
    """An icon button that runs ``action`` and follows its state."""
    button = icon_button(icons, icon, action.toolTip(), checkable=action.isCheckable())
    button.setChecked(action.isChecked())
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.toggled.connect(button.setChecked)
    action.enabledChanged.connect(button.setEnabled)
    return button


def label(text: str = "", kind: str = "plain", *, wrap: bool = False) -> QLabel:
    """A label that never takes foreign text for markup; kinds: plain, muted, title, words, heading."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setIndent(0)
    made.setWordWrap(wrap)
    return made


def redress(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it look."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
