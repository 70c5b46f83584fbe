from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QSlider, QSpinBox, QWidget

from desktop_app.core.estimates import Words
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.dialogs.model_page import model_facts_dialog
from desktop_app.ui.dialogs.pages import about_dialog, shortcuts_dialog
from desktop_app.ui.dialogs.settings import SettingsDialog
from desktop_app.ui.window import Window
from tests.ui.fakes import FACTS, done, failed
from tests.ui.showing import index_of, show

_CONTROLS = (QAbstractButton, QLineEdit, QSlider, QSpinBox, QComboBox)


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader would call "button" and nothing else."""
    found = []
    for widget in root.findChildren(QWidget):
        focusable = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        inside_another = isinstance(widget.parent(), (QLineEdit, QSpinBox, QComboBox))
        inside_another |= widget.objectName().startswith("qt_")  # Qt's own parts, hidden here
        if inside_another or not (isinstance(widget, _CONTROLS) or (focusable and widget.isVisible())):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize("view", ["grid", "table"])
def test_every_control_of_the_window_has_a_name(window: Window, view: str) -> None:
    show(window, [done(1), failed(2)])
    window.actions_of[Do.TABLE if view == "table" else Do.GRID].trigger()
    window.desk.listing.select([2])
    window.notices.say("Something happened.")
    assert nameless(window) == []


def test_every_control_of_the_dialogs_has_a_name(window: Window) -> None:
    dialogs: list[QDialog] = [
        SettingsDialog(Settings(), window),
        model_facts_dialog(FACTS, window._theme, window),
        shortcuts_dialog(window.actions_of.shortcuts(), window),
        about_dialog(window),
    ]
    for dialog in dialogs:
        assert nameless(dialog) == []
        dialog.deleteLater()


def test_a_card_is_one_sentence(window: Window) -> None:
    show(window, [done(1, 0.64, name="cat.jpg"), done(2, 0.996, Words.STRONG, "dog.jpg"), failed(3, "x.jpg")])
    window.desk.listing.select([2])
    model = window.work.grid.items
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [model.data(index_of(window.work.grid, item_id), role) for item_id in (1, 2, 3)]
    assert said == [
        "cat.jpg, outside this model's range, 64 percent AI, offline",
        "dog.jpg, strong signs of AI, more than 99 percent AI, offline, selected",
        "x.jpg, failed, This picture is damaged or cut off., offline",
    ]


def test_the_tab_key_visits_every_control_in_sight_once(window: Window) -> None:
    show(window, [done(1)])
    reachable = {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    }
    chain = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    assert reachable <= set(chain)
    places = {name: chain.index(found) for name, found in _landmarks(window).items()}
    assert sorted(places, key=places.__getitem__) == ["mode", "find", "grid"]


def _landmarks(window: Window) -> dict[str, QWidget]:
    from desktop_app.core.estimates import Mode

    return {
        "mode": window.switch.button(Mode.OFFLINE),
        "find": window.filters.search,
        "grid": window.work.grid,
    }


def test_no_widget_shows_up_as_a_window_of_its_own(window: Window) -> None:
    from PySide6.QtWidgets import QApplication

    show(window, [done(1), failed(2)])
    window.desk.listing.select([2])
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [window]
