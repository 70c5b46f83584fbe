"""Large batches for the cloud are asked about, and none of their pictures is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import Mode
from desktop_app.core.items import ItemState
from desktop_app.ui.actions import Do
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.support.nim import StandIn
from tests.support.nim.faults import Fault
from tests.ui.cloud_window import cloud_window, own, pictures
from tests.ui.fakes import FakeWorld, done
from tests.ui.showing import show


@pytest.fixture(autouse=True)
def _environment(plain_environment: None) -> None:
    """No key and no proxy of ours."""


@pytest.mark.parametrize(("answer", "mode"), [("Send", Mode.CLOUD), ("Check offline instead", Mode.OFFLINE)])
def test_more_than_twenty_are_asked_about_with_their_number_and_size(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path, answer: str, mode: Mode
) -> None:
    pictures(tmp_path / "p", 21)
    with cloud_window(qtbot, theme, own(standin, mode="cloud")) as cloud:
        cloud.add(tmp_path / "p")
        box = cloud.dialog(QMessageBox)
        assert "21 files" in box.text()
        assert "bytes" in box.informativeText() or "kB" in box.informativeText()
        assert not standin.requests
        next(button for button in box.buttons() if button.text() == answer).click()
        cloud.wait(lambda: cloud.finished(21))
        assert {item.mode for item in cloud.items()} == {mode}


def test_a_large_batch_that_is_refused_leaves_no_trace(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    with cloud_window(qtbot, theme, own(standin, mode="cloud")) as cloud:
        cloud.add(*pictures(tmp_path / "p", 25))
        cloud.dialog(QMessageBox).reject()
        qtbot.wait(100)
        assert cloud.items() == []
    assert not standin.requests


def test_checking_many_pictures_again_in_the_cloud_is_asked_about_too(window: Window, world: FakeWorld) -> None:
    show(window, [*(done(number, mode=Mode.CLOUD) for number in range(1, 31)), done(31)])
    window.office.recheck(range(1, 32), Mode.CLOUD)
    assert not world.queue.named("retry")
    (box,) = window.findChildren(QMessageBox)
    assert "31 files" in box.text()
    next(button for button in box.buttons() if button.text() == "Check offline instead").click()
    (order,) = world.queue.named("retry")
    assert (len(order[1]), order[2]) == (31, Mode.OFFLINE)  # type: ignore[arg-type]  # a tuple of ids


def test_checking_again_is_done_in_the_mode_that_is_shown(window: Window, world: FakeWorld) -> None:
    show(window, [done(1, mode=Mode.CLOUD), done(2)])
    window.actions_of[Do.SELECT_ALL].trigger()
    window.actions_of[Do.RECHECK].trigger()
    assert world.queue.named("retry") == [("retry", (1, 2), Mode.OFFLINE)]


def test_two_hundred_pictures_with_a_refused_key_make_one_banner_and_lose_none(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    standin.always("bad-key")
    blocked: list[object] = []
    with cloud_window(qtbot, theme, own(standin, mode="cloud")) as cloud:
        cloud.window.desk.blocked.connect(blocked.append)
        pictures(tmp_path / "p", 200)
        cloud.add(tmp_path / "p")
        box = cloud.dialog(QMessageBox)
        next(button for button in box.buttons() if button.text() == "Send").click()
        cloud.wait(lambda: len(cloud.items()) == 200 and cloud.states() == {ItemState.QUEUED})
        assert len(blocked) == 1
        standin.always(Fault())
        cloud.window.office.banner.go_on.click()
        cloud.wait(lambda: cloud.finished(200))
        assert cloud.states() == {ItemState.DONE}
