from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.core.estimates import Mode
from desktop_app.core.sources import RawSource
from desktop_app.ui.dialogs.consent import ConsentDialog
from desktop_app.ui.window import Window
from tests.ui.fakes import READY, FakeWorld, done
from tests.ui.showing import show


def test_a_mode_that_needs_set_up_asks_for_it_and_is_not_chosen(window: Window) -> None:
    QTest.mouseClick(window.switch.button(Mode.CLOUD), Qt.MouseButton.LeftButton)
    (consent,) = window.findChildren(ConsentDialog)
    assert consent.isVisible()
    consent.reject()
    assert window.switch.mode is Mode.OFFLINE
    assert window.switch.button(Mode.OFFLINE).isChecked()


def test_a_mode_that_needs_set_up_can_be_reached_by_keyboard_and_is_announced_as_such(window: Window) -> None:
    button = window.switch.button(Mode.CLOUD)
    assert button.isEnabled()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == "Cloud, needs set-up"


def test_the_privacy_line_follows_the_mode(window: Window) -> None:
    assert window.switch.privacy == "Nothing leaves this computer."
    window.switch.show_choices(READY)
    QTest.mouseClick(window.switch.button(Mode.CLOUD), Qt.MouseButton.LeftButton)
    assert "NVIDIA" in window.switch.privacy


def test_a_new_mode_holds_for_new_items_only(window: Window, world: FakeWorld) -> None:
    show(window, [done(1)])
    window.switch.show_choices(READY)
    window.switch.choose(Mode.CLOUD)
    assert world.queue.calls == []
    item = window.desk.listing.store.get(1)
    assert item is not None
    assert item.mode is Mode.OFFLINE
    window.add([RawSource(b"x", "x")])
    assert world.queue.named("add")[0][2] is Mode.CLOUD
