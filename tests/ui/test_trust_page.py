"""The settings' page of the lists of signers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import TrustListError
from desktop_app.core.events import ItemChanged
from desktop_app.evidence.trust import ListKind, TrustLists
from desktop_app.system.settings import Settings
from desktop_app.ui.dialogs.settings import SettingsDialog
from desktop_app.ui.dialogs.trust_page import TrustPage
from desktop_app.ui.window import Window
from tests.ui.fakes import HASH, FakeWorld, done, trust_list, waiting
from tests.ui.showing import show
from tests.ui.test_accessibility import nameless

OpenPage = Callable[[], TrustPage]


@pytest.fixture
def dialogs() -> list[SettingsDialog]:
    """Those that were opened."""
    return []


@pytest.fixture
def open_page(qtbot: QtBot, window: Window, dialogs: list[SettingsDialog]) -> OpenPage:
    """Open the page and wait for the lists."""

    def make() -> TrustPage:
        dialog = window.flow.open(trust=True)
        dialogs.append(dialog)
        page = dialog.trust
        assert page is not None
        qtbot.waitUntil(page.rows[ListKind.OFFICIAL].add.isEnabled, timeout=2000)
        return page

    return make


def official(page: TrustPage) -> str:
    return page.rows[ListKind.OFFICIAL].text()


def interim(page: TrustPage) -> str:
    return page.rows[ListKind.INTERIM].text()


# ---------------------------------------------------------------- what goes wrong


def test_a_list_that_cannot_be_fetched_is_said_and_nothing_changes(
    open_page: OpenPage, world: FakeWorld, qtbot: QtBot
) -> None:
    world.lists.error = TrustListError("There is no server called lists.example.", "Retry later.")
    page = open_page()
    page.rows[ListKind.OFFICIAL].fetch.click()
    qtbot.waitUntil(lambda: page.problem == "There is no server called lists.example. Retry later.")
    assert official(page) == "Not here yet."
    assert page.rows[ListKind.OFFICIAL].fetch.isEnabled()
    assert len(world.queues) == 1


def test_a_damaged_list_is_said_when_the_page_opens(open_page: OpenPage, world: FakeWorld) -> None:
    world.lists.problems = ("Telltale can't use the official C2PA trust list: the file is damaged.",)
    assert "damaged" in open_page().problem


def test_an_old_list_is_warned_of(open_page: OpenPage, world: FakeWorld) -> None:
    world.lists.found = TrustLists(trust_list(ListKind.OFFICIAL, 190), trust_list(ListKind.INTERIM, 3))
    page = open_page()
    assert "older than six months" in official(page)
    assert "older than six months" not in interim(page)


def test_fetching_can_be_given_up(open_page: OpenPage, world: FakeWorld, qtbot: QtBot) -> None:
    world.lists.gate.clear()
    page = open_page()
    page.rows[ListKind.OFFICIAL].fetch.click()
    assert page.cancel.isVisible()
    assert not page.rows[ListKind.OFFICIAL].fetch.isEnabled()
    assert not page.rows[ListKind.INTERIM].add.isEnabled()
    page.cancel.setFocus()
    QTest.keyClick(page.cancel, Qt.Key.Key_Space)
    assert not page.cancel.isVisible()
    assert page.rows[ListKind.OFFICIAL].fetch.isEnabled()
    qtbot.wait(80)
    assert (official(page), page.problem, len(world.queues)) == ("Not here yet.", "", 1)


def test_looking_at_another_page_meanwhile_ends_nothing(
    open_page: OpenPage, world: FakeWorld, qtbot: QtBot, dialogs: list[SettingsDialog]
) -> None:
    world.lists.gate.clear()
    page = open_page()
    page.rows[ListKind.OFFICIAL].fetch.click()
    world.lists.problems = ("Damaged.",)
    dialogs[0].show_cloud()
    with qtbot.waitSignal(page.shown):
        dialogs[0].show_trust()
    qtbot.wait(80)
    assert page.cancel.isVisible()
    assert not page.rows[ListKind.OFFICIAL].fetch.isEnabled()
    assert page.problem == ""
    world.lists.gate.set()
    qtbot.waitUntil(lambda: "30 certificates" in official(page))
    qtbot.waitUntil(page.rows[ListKind.OFFICIAL].fetch.isEnabled)
    assert page.problem == "Damaged."


def test_closing_the_dialog_gives_it_up_too(
    open_page: OpenPage, world: FakeWorld, qtbot: QtBot, dialogs: list[SettingsDialog]
) -> None:
    world.lists.gate.clear()
    open_page().rows[ListKind.OFFICIAL].fetch.click()
    qtbot.waitUntil(lambda: ("fetch",) in world.lists.calls)
    dialogs[0].reject()
    assert world.lists.gate.is_set()
    qtbot.wait(80)
    assert world.lists.found == TrustLists()


def test_an_answer_for_a_closed_dialog_is_dropped(
    open_page: OpenPage, qtbot: QtBot, dialogs: list[SettingsDialog]
) -> None:
    page = open_page()
    dialogs[0].reject()
    dialogs[0].deleteLater()
    qtbot.wait(1)
    page.show_lists(TrustLists())
    page.show_problem(TrustListError())


# ---------------------------------------------------------------- what is done


def test_nothing_is_read_before_the_page_is_looked_at(window: Window, world: FakeWorld, qtbot: QtBot) -> None:
    world.lists.found = TrustLists(trust_list(ListKind.OFFICIAL))
    page = window.flow.open().trust
    assert page is not None
    qtbot.wait(50)
    assert not page.rows[ListKind.OFFICIAL].add.isEnabled()


def test_the_page_says_what_a_list_is_for_and_that_none_is_shipped(open_page: OpenPage, world: FakeWorld) -> None:
    page = open_page()
    said = " ".join(child.text() for child in page.findChildren(QLabel))
    assert "No list comes with Telltale, and none is fetched before you click." in said
    assert "raw.githubusercontent.com" in said
    assert world.lists.calls == []


def test_the_official_list_is_fetched_by_one_click_and_holds_at_once(
    open_page: OpenPage, world: FakeWorld, window: Window, qtbot: QtBot
) -> None:
    page = open_page()
    page.rows[ListKind.OFFICIAL].fetch.click()
    qtbot.waitUntil(lambda: "30 certificates" in official(page))
    assert f"SHA-256: {HASH}" in official(page)
    assert len(world.queues) == 2  # the new pipeline looks signers up on the new list
    assert "from now on" in window.notices.messages()[-1]


def test_while_something_is_checked_new_lists_wait_for_its_end(
    open_page: OpenPage, world: FakeWorld, window: Window, qtbot: QtBot
) -> None:
    show(window, [waiting(1)])
    page = open_page()
    page.rows[ListKind.OFFICIAL].fetch.click()
    qtbot.waitUntil(lambda: "30 certificates" in official(page))
    assert len(world.queues) == 1
    assert "once what is being checked now is done" in window.notices.messages()[-1]
    window.desk.take([ItemChanged(done(1))])
    qtbot.waitUntil(lambda: len(world.queues) == 2, timeout=2000)
    qtbot.wait(300)
    assert len(world.queues) == 2


def test_lists_come_from_files_and_the_interim_one_from_several(
    open_page: OpenPage, world: FakeWorld, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/l/anchors.pem", "/l/allowed.pem"], ""))
    page = open_page()
    page.rows[ListKind.INTERIM].add.click()
    qtbot.waitUntil(lambda: "older interim" in interim(page))
    assert world.lists.calls == [("add", (Path("/l/anchors.pem"), Path("/l/allowed.pem")), ListKind.INTERIM)]
    assert official(page) == "Not here yet."


def test_no_file_is_no_change(open_page: OpenPage, world: FakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    open_page().rows[ListKind.OFFICIAL].add.click()
    assert world.lists.calls == []


def test_a_list_is_removed(open_page: OpenPage, world: FakeWorld, qtbot: QtBot) -> None:
    world.lists.found = TrustLists(trust_list(ListKind.OFFICIAL), trust_list(ListKind.INTERIM))
    page = open_page()
    page.rows[ListKind.OFFICIAL].forget.click()
    qtbot.waitUntil(lambda: official(page) == "Not here yet.")
    assert not page.rows[ListKind.OFFICIAL].forget.isVisible()
    assert "30 certificates" in interim(page)


def test_restoring_the_defaults_keeps_the_lists(
    open_page: OpenPage, world: FakeWorld, dialogs: list[SettingsDialog]
) -> None:
    world.lists.found = TrustLists(trust_list(ListKind.OFFICIAL))
    page = open_page()
    dialogs[0].show_settings(Settings())
    assert "30 certificates" in official(page)
    assert world.lists.calls == []


def test_every_control_of_the_page_has_a_name_that_tells_the_lists_apart(
    open_page: OpenPage, world: FakeWorld, dialogs: list[SettingsDialog]
) -> None:
    world.lists.found = TrustLists(trust_list(ListKind.OFFICIAL), trust_list(ListKind.INTERIM))
    page = open_page()
    assert nameless(dialogs[0]) == []
    names = [row.forget.accessibleName() for row in page.rows.values()]
    assert names == ["Remove: Official list of the C2PA", "Remove: Older interim list"]
