"""Cloud mode in the window, against the stand-in NIM."""

from __future__ import annotations

import logging
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import Mode
from desktop_app.core.items import ItemState
from desktop_app.ui.cards.face import face_of
from desktop_app.ui.dialogs.consent import ConsentDialog
from desktop_app.ui.dialogs.key import KeyDialog
from desktop_app.ui.theme import Theme
from tests.support.nim import KEY, StandIn
from tests.support.shelf import OTHER, Shelf
from tests.ui.cloud_window import cloud_window, keyed, own, pictures, texts_in

_ENTRY = ("telltale", "nvidia-nim")


@pytest.fixture(autouse=True)
def _environment(plain_environment: None) -> None:
    """No key and no proxy of ours."""


def test_who_refuses_to_agree_sends_nothing_and_stays_offline(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    with cloud_window(qtbot, theme, own(standin, upload_accepted=False)) as cloud:
        QTest.mouseClick(cloud.window.switch.button(Mode.CLOUD), Qt.MouseButton.LeftButton)
        consent = cloud.dialog(ConsentDialog)
        assert "127.0.0.1" in texts_in(consent)
        consent.not_now.click()
        assert cloud.mode() is Mode.OFFLINE
        cloud.add(*pictures(tmp_path / "p", 2))
        cloud.wait(lambda: cloud.finished(2))
        assert {item.mode for item in cloud.items()} == {Mode.OFFLINE}
    assert not standin.requests


def test_agreement_then_key_then_cards_with_five_bars(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    with cloud_window(qtbot, theme, keyed(standin, upload_accepted=False)) as cloud:
        window = cloud.window
        QTest.mouseClick(window.switch.button(Mode.CLOUD), Qt.MouseButton.LeftButton)
        cloud.dialog(ConsentDialog).agree.click()
        dialog = cloud.dialog(KeyDialog)
        assert cloud.saved[-1].upload_accepted
        dialog.panel.field.setText(KEY)
        dialog.panel.save_button.click()
        cloud.wait(lambda: window.switch.mode is Mode.CLOUD)
        assert _ENTRY in cloud.shelf.entries
        cloud.add(*pictures(tmp_path / "p", 2))
        cloud.wait(lambda: cloud.finished(2))
        assert cloud.states() == {ItemState.DONE}
        item = cloud.items()[0]
        face = face_of(item)
        assert len(face.sources) == 5
        assert "No source named" in [score.name for score in face.sources]
        assert face.badge == "Cloud · Hive"
        assert window.work.grid.cards.metrics.source_bars == 5 or cloud.window.desk.most_sources == 5
        cloud.select(item.id)
        shown = texts_in(window.work.detail.one)
        assert "From the names this model knows." in shown
        assert "It was the original, without its metadata." in shown
        assert standin.url.removeprefix("http://") in window.work.detail.one.cloud.sent_text


def test_with_agreement_and_key_switching_is_one_click_and_old_items_stay_what_they_are(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    shelf = Shelf({_ENTRY: KEY})
    with cloud_window(qtbot, theme, keyed(standin), shelf) as cloud:
        first, second = pictures(tmp_path / "p", 2)
        cloud.add(first)
        cloud.wait(lambda: cloud.finished(1))
        QTest.mouseClick(cloud.window.switch.button(Mode.CLOUD), Qt.MouseButton.LeftButton)
        assert cloud.mode() is Mode.CLOUD
        assert "127.0.0.1" in cloud.window.switch.privacy
        cloud.add(second)
        cloud.wait(lambda: cloud.finished(2))
        assert [item.mode for item in cloud.items()] == [Mode.OFFLINE, Mode.CLOUD]


def test_a_keyring_that_turns_out_to_be_empty_takes_the_mode_back_and_asks(
    qtbot: QtBot, theme: Theme, standin: StandIn
) -> None:
    with cloud_window(qtbot, theme, keyed(standin, mode="cloud")) as cloud:
        cloud.dialog(KeyDialog).reject()
        assert cloud.mode() is Mode.OFFLINE
        assert not cloud.window.switch.is_ready(Mode.CLOUD)


def test_a_refused_key_shows_one_banner_and_a_new_key_finishes_everything(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    shelf = Shelf({_ENTRY: OTHER})
    with cloud_window(qtbot, theme, keyed(standin, mode="cloud"), shelf) as cloud:
        banner = cloud.window.office.banner
        cloud.add(*pictures(tmp_path / "p", 3))
        cloud.wait(lambda: banner.isVisible() and cloud.states() == {ItemState.QUEUED})
        assert "key" in banner.text
        assert cloud.window.notices.messages() == []
        banner.enter_key.click()
        panel = cloud.dialog(KeyDialog).panel
        panel.field.setText(KEY)
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
        cloud.wait(lambda: cloud.finished(3))
        assert cloud.states() == {ItemState.DONE}
        assert not banner.isVisible()


def test_what_waits_can_be_checked_offline_instead(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    standin.always("no-credits")
    with cloud_window(qtbot, theme, own(standin, mode="cloud")) as cloud:
        banner = cloud.window.office.banner
        cloud.add(*pictures(tmp_path / "p", 4))
        cloud.wait(lambda: banner.isVisible() and cloud.states() == {ItemState.QUEUED})
        assert not banner.enter_key.isVisible()
        banner.offline.click()
        cloud.wait(lambda: cloud.finished(4))
        assert cloud.states() == {ItemState.DONE}
        assert {item.mode for item in cloud.items()} == {Mode.OFFLINE}
        cloud.wait(lambda: not banner.isVisible())


def test_withdrawing_the_agreement_in_the_middle_stops_the_queue_and_agreeing_goes_on(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    with cloud_window(qtbot, theme, own(standin, mode="cloud")) as cloud:
        window = cloud.window
        window.desk.pause(True)  # noqa: FBT003  # the slot of a signal
        cloud.add(*pictures(tmp_path / "p", 2))
        cloud.wait(lambda: len(cloud.items()) == 2)
        window.office.withdraw()
        assert window.switch.mode is Mode.OFFLINE
        assert not cloud.saved[-1].upload_accepted
        window.desk.pause(False)  # noqa: FBT003  # as above
        cloud.wait(window.office.banner.agree.isVisible)
        assert not standin.requests
        window.office.banner.agree.click()
        cloud.dialog(ConsentDialog).agree.click()
        cloud.wait(lambda: cloud.finished(2))
        assert cloud.states() == {ItemState.DONE}


def test_a_service_that_asks_for_a_pause_is_said_to_and_the_pause_ends(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    standin.plan("too-fast-wait")
    with cloud_window(qtbot, theme, own(standin, mode="cloud")) as cloud:
        cloud.add(*pictures(tmp_path / "p", 2))
        cloud.wait(lambda: "The service asks for a pause: " in cloud.window.strip.text)
        cloud.wait(lambda: cloud.finished(2))
        cloud.wait(lambda: "pause" not in cloud.window.strip.text)
        assert cloud.states() == {ItemState.DONE}


def test_closing_in_the_middle_of_an_upload_takes_less_than_a_second(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    standin.always("hangs-unread")
    with cloud_window(qtbot, theme, own(standin, mode="cloud")) as cloud:
        cloud.add(*pictures(tmp_path / "p", 3))
        cloud.wait(lambda: bool(standin.at("infer")) or cloud.states() == {ItemState.CHECKING})
        start = perf_counter()
        cloud.window.close()
        assert cloud.window.closing is not None
        cloud.window.closing.join(5)
        # The goal is one second; the shared test machine gets two.
        assert perf_counter() - start < 2


def test_faces_are_boxed_at_the_picture_s_own_scale(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    with StandIn(faces=True) as second:
        settings = own(standin, mode="cloud", nim_faces=True, nim_faces_url=second.url)
        with cloud_window(qtbot, theme, settings) as cloud:
            cloud.add(*pictures(tmp_path / "p", 1, (640, 480)))
            cloud.wait(lambda: cloud.finished(1))
            cloud.select(1)
            one = cloud.window.work.detail.one
            cloud.wait(lambda: cloud.window.work.detail._has_preview)
            (box,) = one.picture.face_boxes()
            assert box.center().x() == pytest.approx(one.picture.width() / 2, abs=2)
            assert box.width() / box.height() == pytest.approx(4 / 3, rel=0.05)
            assert one.cloud.faces_text.startswith("Face 1:")


def test_the_key_is_in_no_widget_and_no_log_after_saving(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with cloud_window(qtbot, theme, keyed(standin)) as cloud:
        dialog = cloud.window.flow.open(cloud=True)
        assert dialog.cloud is not None
        panel = dialog.cloud.key
        panel.field.setText(KEY)
        panel.save_button.click()
        cloud.wait(lambda: panel.told_text == "Saved.")
        assert KEY[-4:] in panel.where_text
        panel.field.undo()
        panel.test_button.click()
        cloud.wait(lambda: "accepted the key" in panel.told_text)
        dialog.accept()
        cloud.window.switch.choose(Mode.CLOUD)
        cloud.add(*pictures(tmp_path / "p", 1))
        cloud.wait(lambda: cloud.finished(1))
        cloud.select(1)
        assert KEY[:-4] not in texts_in(cloud.window)
        assert KEY[:-4] not in repr(cloud.saved) + caplog.text
    assert standin.at("infer")
    caplog.clear()
