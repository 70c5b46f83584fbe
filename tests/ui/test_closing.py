from __future__ import annotations

import threading
from time import perf_counter

from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import SettingsError
from desktop_app.core.events import Warned
from desktop_app.system.settings import Settings
from desktop_app.ui.ports import Services
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.ui.conftest import MakeWindow
from tests.ui.fakes import CHOICES, NO_LISTS, FakeQueue, FakeWorld, waiting
from tests.ui.showing import show


class _SlowQueue(FakeQueue):
    """Takes long to end."""

    let_go = threading.Event()

    def close(self) -> None:
        self.let_go.wait(5)


def test_a_slow_pipeline_does_not_keep_the_window(theme: Theme) -> None:
    services = Services(
        lambda _settings, emit, _cloud: _SlowQueue(emit),
        lambda _s: CHOICES,
        lambda _s: (),
        lambda _s: None,
        FakeWorld().make_cloud,
        lambda _s: (),
        NO_LISTS,
    )
    window = Window(services, Settings(), theme)
    window.show()
    window.start()
    start = perf_counter()
    window.close()
    assert perf_counter() - start < 0.5
    assert not window.isVisible()
    _SlowQueue.let_go.set()
    assert window.closing is not None
    window.closing.join(2)
    window.deleteLater()


def test_settings_that_cannot_be_saved_do_not_keep_the_window(theme: Theme) -> None:
    def refuse(_settings: Settings) -> None:
        raise SettingsError

    services = Services(
        lambda _settings, emit, _cloud: FakeQueue(emit),
        lambda _s: CHOICES,
        lambda _s: (),
        refuse,
        FakeWorld().make_cloud,
        lambda _s: (),
        NO_LISTS,
    )
    window = Window(services, Settings(), theme)
    window.show()
    window.start()
    window.close()
    assert not window.isVisible()
    if window.closing is not None:
        window.closing.join(2)
    window.deleteLater()


def test_closing_while_work_is_running_asks_nothing_and_takes_less_than_a_second(
    window: Window, world: FakeWorld
) -> None:
    show(window, [waiting(n) for n in range(1, 2000)])
    start = perf_counter()
    window.close()
    assert window.closing is not None
    window.closing.join(1)
    assert perf_counter() - start < 1
    assert world.queue.named("close") == [("close",)]
    assert window.findChildren(QMessageBox) == []


def test_events_after_closing_are_ignored(window: Window, world: FakeWorld, qtbot: QtBot) -> None:
    window.close()
    world.queue.emit(Warned("too late"))
    qtbot.wait(20)
    assert window.notices.messages() == []


def test_closing_twice_is_harmless(make_window: MakeWindow) -> None:
    window = make_window()
    window.close()
    window.close()
