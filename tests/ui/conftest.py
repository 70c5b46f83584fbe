"""A window over stand-ins, and the rule that no test leaves a window open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.system.settings import Settings
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.support.nim import StandIn
from tests.ui.fakes import FakeWorld

MakeWindow = Callable[..., Window]
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any Qt warning fails a test, but for one: the offscreen platform's complaints about itself."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def world() -> FakeWorld:
    return FakeWorld()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    qapp.setStyle("fusion")
    made = Theme("light")
    made.apply()
    yield made
    made.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def make_window(qtbot: QtBot, world: FakeWorld, theme: Theme) -> Iterator[MakeWindow]:
    """Make windows that are shown, started and in the end closed."""
    made: list[Window] = []

    def make(settings: Settings | None = None) -> Window:
        window = Window(world.services(), settings or Settings(theme="light"), theme)
        made.append(window)
        window.show()
        window.start()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.close()
        if window.closing is not None:
            window.closing.join(2)
        window.deleteLater()
    qtbot.wait(1)


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    return make_window()


@pytest.fixture
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no proxy from whoever runs the tests."""
    for name in (
        "NVIDIA_API_KEY",
        "http_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    """A service that wants its key where a hosted one would."""
    with StandIn() as started:
        yield started
    assert not started.complaints
