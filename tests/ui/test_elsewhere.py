"""The next steps: other services, opened in the browser on a click, and nothing of the picture goes there."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import LinkSource
from desktop_app.ui.next_steps import Step, promise, step_about, step_title
from desktop_app.ui.window import Window
from tests.ui.fakes import done, waiting
from tests.ui.showing import show

LINK = "https://example.org/private/cat.png?token=secret"


@pytest.fixture
def opened(window: Window) -> list[str]:
    """The addresses that were opened."""
    addresses: list[str] = []

    def take(url: QUrl) -> bool:
        addresses.append(url.toString())
        return True

    window.commands.open_address = take
    return addresses


def steps_menu(window: Window) -> QMenu | None:
    menu = window.commands.context_menu(QPoint(0, 0))
    assert menu is not None
    found = (action.menu() for action in menu.actions())
    steps = next((sub for sub in found if isinstance(sub, QMenu)), None)
    menu.close()
    return steps


def test_without_a_browser_the_address_is_said(window: Window) -> None:
    window.commands.open_address = lambda _url: False
    window.commands.look_elsewhere(Step.TINEYE)
    assert window.notices.messages() == ["No browser could be opened. The address is https://tineye.com/"]


def test_nothing_is_opened_by_itself(window: Window, opened: list[str]) -> None:
    show(window, [done(1)])
    window.desk.listing.select([1])
    assert steps_menu(window) is not None
    assert opened == []


def test_a_picture_that_is_still_checked_or_several_have_no_such_menu(window: Window) -> None:
    show(window, [waiting(1), done(2), done(3)])
    for ids in ([1], [2, 3]):
        window.desk.listing.select(ids)
        assert steps_menu(window) is None


@pytest.mark.parametrize("step", list(Step))
def test_every_service_is_a_protected_page_and_gets_nothing(window: Window, opened: list[str], step: Step) -> None:
    item = done(1)
    show(window, [Item(1, LinkSource(LINK), "cat.png", item.mode, ItemState.DONE, estimate=item.estimate)])
    window.desk.listing.select([1])
    button = window.work.detail.one.elsewhere.buttons[step]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert opened == [step.value]
    parts = urlsplit(step.value)
    assert (parts.scheme, parts.query, parts.fragment, parts.username) == ("https", "", "", None)


def test_the_context_menu_opens_the_same(window: Window, opened: list[str]) -> None:
    show(window, [done(1)])
    window.desk.listing.select([1])
    menu = steps_menu(window)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [step_title(step) for step in Step]
    for action in menu.actions():
        action.trigger()
    assert opened == [step.value for step in Step]


def test_it_is_said_that_telltale_uploads_nothing(window: Window) -> None:
    show(window, [done(1)])
    window.desk.listing.select([1])
    elsewhere = window.work.detail.one.elsewhere
    assert "Telltale doesn't upload your picture; you would upload it there yourself." in promise()
    for step, button in elsewhere.buttons.items():
        assert button.accessibleName() == f"{step_title(step)}, opens in the browser: {step_about(step)}"
