"""The settings' second page, the key's field, and the list of what was sent."""

from __future__ import annotations

import csv
import threading
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import KeyringMissingError
from desktop_app.core.estimates import Mode
from desktop_app.library.uploads import Upload, UploadLedger
from desktop_app.system.secrets.store import KeyStore
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.dialogs.cloud_page import CloudPage
from desktop_app.ui.dialogs.consent import ConsentDialog
from desktop_app.ui.dialogs.key import KeyDialog
from desktop_app.ui.dialogs.uploads import UploadsDialog
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.support.nim import KEY, StandIn
from tests.support.shelf import OTHER, Shelf, hanging
from tests.ui.cloud_window import cloud_window, pictures
from tests.ui.fakes import FakeWorld, done, waiting
from tests.ui.showing import show
from tests.ui.test_accessibility import nameless


@pytest.fixture(autouse=True)
def _environment(plain_environment: None) -> None:
    """No key and no proxy of ours."""


def page_of(window: Window) -> CloudPage:
    dialog = window.flow.open(cloud=True)
    assert dialog.cloud is not None
    return dialog.cloud


def test_the_page_gives_back_what_it_was_given(window: Window) -> None:
    settings = Settings(
        nim_url="http://nim.example.org:8000",
        nim_needs_key=True,
        nim_concurrency=9,
        nim_connect_seconds=3,
        nim_read_seconds=200,
        nim_write_seconds=30,
        nim_asset_upload=True,
        nim_faces=True,
        nim_faces_url="http://nim.example.org:8001",
        max_download_mb=7,
    )
    page = page_of(window)
    page.show_settings(settings)
    assert page.changed(Settings()) == settings


def test_an_address_that_would_give_the_key_away_is_said_to_be_one(window: Window) -> None:
    page = page_of(window)
    page.url.setText("http://nim.example.org")
    assert page.problem == ""
    page.needs_key.setChecked(True)
    assert "read your key" in page.problem


def test_every_control_of_the_cloud_s_dialogs_has_a_name(window: Window) -> None:
    window.flow.open(cloud=True)
    window.office._ask_key(lambda: None)
    window.office._ask_consent(lambda: None)
    window.office.show_uploads()
    window.commands.add_link()
    dialogs = window.findChildren(QDialog)
    assert len(dialogs) == 5
    assert [name for dialog in dialogs for name in nameless(dialog)] == []


def test_a_key_of_another_form_is_warned_of_and_saved_all_the_same(
    qtbot: QtBot, window: Window, world: FakeWorld
) -> None:
    panel = page_of(window).key
    panel.field.setText("sk-12345678")
    assert panel.warns_of_form
    panel.save_button.click()
    qtbot.waitUntil(lambda: panel.told_text == "Saved.")
    assert len(world.shelf.entries) == 1
    assert panel.field.text() == ""
    panel.remove_button.click()
    qtbot.waitUntil(lambda: world.shelf.entries == {})
    qtbot.waitUntil(lambda: panel.where_text.startswith("No key is set"))


def test_what_is_no_key_at_all_is_refused_in_words(qtbot: QtBot, window: Window) -> None:
    panel = page_of(window).key
    panel.field.setText("schlüssel")
    panel.save_button.click()
    qtbot.waitUntil(lambda: "can't be a key" in panel.told_text)


def test_without_a_keyring_the_key_is_kept_until_the_end_and_that_is_said(qtbot: QtBot, theme: Theme) -> None:
    def no_keyring() -> Shelf:
        raise KeyringMissingError

    with cloud_window(qtbot, theme, Settings(theme="light")) as cloud:
        keys = KeyStore(open_backend=no_keyring)
        cloud.window.office.cloud.keys = keys
        panel = page_of(cloud.window).key
        cloud.wait(lambda: "no keyring" in panel.where_text)
        assert panel.memory_only.isChecked()
        panel.field.setText(KEY)
        panel.save_button.click()
        cloud.wait(lambda: KEY[-4:] in panel.where_text)
        assert "until Telltale is closed" in panel.where_text
        assert keys.get() == KEY


def test_the_key_s_test_says_what_the_service_says(qtbot: QtBot, theme: Theme, standin: StandIn) -> None:
    settings = Settings(theme="light", nim_url=standin.url, nim_needs_key=True)
    with cloud_window(qtbot, theme, settings) as cloud:
        panel = page_of(cloud.window).key
        for key, told in ((OTHER, "may not use"), (KEY, "accepted the key")):
            panel.field.setText(key)
            panel.test_button.click()
            cloud.wait(lambda told=told: told in panel.told_text)  # type: ignore[misc]  # a default argument
            cloud.wait(panel.test_button.isEnabled)


def test_a_test_that_hangs_is_withdrawn_with_the_dialog(qtbot: QtBot, theme: Theme, standin: StandIn) -> None:
    standin.always("hangs")
    settings = Settings(theme="light", nim_url=standin.url, nim_needs_key=True)
    with cloud_window(qtbot, theme, settings) as cloud:
        dialog = cloud.window.flow.open(cloud=True)
        assert dialog.cloud is not None
        dialog.cloud.key.field.setText(KEY)
        dialog.cloud.key.test_button.click()
        cloud.wait(lambda: bool(standin.at("infer")))
        dialog.reject()
    # That no thread is left is looked at after every test.


def test_a_keyring_that_hangs_keeps_nobody_and_is_told_of(qtbot: QtBot, theme: Theme) -> None:
    go_on = threading.Event()
    with cloud_window(qtbot, theme, Settings(theme="light")) as cloud:
        cloud.window.office.cloud.keys = hanging(go_on, 0.5)
        start = perf_counter()
        panel = page_of(cloud.window).key
        assert panel.where_text == "Asking where the key is kept…"
        assert perf_counter() - start < 0.4
        cloud.wait(lambda: "does not answer" in panel.where_text)
        assert not cloud.window.office.keys.missing
        go_on.set()


def test_another_receiver_needs_another_agreement(qtbot: QtBot, theme: Theme, standin: StandIn) -> None:
    settings = Settings(theme="light", upload_accepted=True, nim_url=standin.url, mode="cloud")
    with cloud_window(qtbot, theme, settings) as cloud:
        page = page_of(cloud.window)
        page.url.setText("http://localhost:9")
        page.window().accept()  # type: ignore[attr-defined]  # the dialog
        consent = cloud.dialog(ConsentDialog)
        assert cloud.mode() is Mode.OFFLINE
        assert not cloud.saved[-1].upload_accepted
        consent.agree.click()
        assert cloud.mode() is Mode.CLOUD
        assert "localhost:9" in cloud.window.switch.privacy
        assert cloud.saved[-1].upload_accepted


def test_a_service_that_is_changed_beside_a_full_list_holds_at_once_and_the_list_stays(
    window: Window, world: FakeWorld
) -> None:
    show(window, [done(1)])
    page = page_of(window)
    page.read_seconds.setValue(77)
    page.window().accept()  # type: ignore[attr-defined]  # the dialog
    assert world.saved[-1].nim_read_seconds == 77
    assert len(world.queues) == 2
    assert ("restore", (1,)) in world.queues[-1].calls


def test_a_service_that_is_changed_while_pictures_are_checked_holds_from_the_next_start(
    window: Window, world: FakeWorld
) -> None:
    show(window, [waiting(1)])
    page = page_of(window)
    page.read_seconds.setValue(77)
    page.window().accept()  # type: ignore[attr-defined]  # the dialog
    assert len(world.queues) == 1
    assert any("start Telltale again" in message for message in window.notices.messages())


def test_the_agreement_can_be_withdrawn_and_is_asked_for_again(
    qtbot: QtBot, theme: Theme, standin: StandIn
) -> None:
    settings = Settings(theme="light", upload_accepted=True, nim_url=standin.url, mode="cloud")
    with cloud_window(qtbot, theme, settings) as cloud:
        page = page_of(cloud.window)
        page.withdraw.click()
        assert not cloud.window.office.cloud.permissions.upload
        assert cloud.mode() is Mode.OFFLINE
        assert page.agree.isVisibleTo(page)
        page.window().accept()  # type: ignore[attr-defined]  # the dialog
        assert not cloud.saved[-1].upload_accepted
        cloud.window.switch.choose(Mode.CLOUD)
        cloud.dialog(ConsentDialog).reject()
        assert cloud.mode() is Mode.OFFLINE


def test_an_own_service_without_a_key_asks_for_none(qtbot: QtBot, theme: Theme, standin: StandIn) -> None:
    with cloud_window(qtbot, theme, Settings(theme="light", nim_url=standin.url)) as cloud:
        cloud.window.switch.choose(Mode.CLOUD)
        cloud.dialog(ConsentDialog).agree.click()
        assert cloud.mode() is Mode.CLOUD
        assert cloud.no_dialog(KeyDialog)
        assert cloud.shelf.asked == 0


def test_the_list_of_what_was_sent_is_shown_exported_and_cleared(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path
) -> None:
    settings = Settings(jobs=1, theme="light", upload_accepted=True, nim_url=standin.url, mode="cloud")
    with cloud_window(qtbot, theme, settings) as cloud:
        cloud.add(*pictures(tmp_path / "p", 3))
        cloud.wait(lambda: cloud.finished(3))
        cloud.window.actions_of[Do.UPLOADS].trigger()
        dialog = cloud.dialog(UploadsDialog)
        cloud.wait(lambda: dialog.model.rowCount() == 3)
        cells = [dialog.model.data(dialog.model.index(0, column)) for column in range(5)]
        assert cells[1] == standin.url.removeprefix("http://")
        assert str(cells[2]).endswith(".png")
        assert len(str(cells[4])) == 12
        dialog.export_to(tmp_path / "sent.csv")
        cloud.wait(lambda: "sent.csv" in dialog.about)
        with (tmp_path / "sent.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == 3
        dialog.clear_button.click()
        (box,) = dialog.findChildren(QMessageBox)
        next(button for button in box.findChildren(QPushButton) if button.text() == "Clear").click()
        cloud.wait(lambda: dialog.model.rowCount() == 0)
        assert dialog.about == "Nothing was sent from this computer."


class SlowLedger(UploadLedger):
    """Reads no entry before it may."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.may_read = threading.Event()

    def entries(self, limit: int = 100) -> list[Upload]:
        self.may_read.wait(5)
        return super().entries(limit)


def test_what_came_of_an_export_outlives_a_slower_reading_of_the_list(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    ledger = SlowLedger(tmp_path / "uploads.jsonl")
    dialog = UploadsDialog(ledger, window.office.errands, window)
    assert dialog.about == "Reading the list…"
    dialog.export_to(tmp_path / "nowhere" / "sent.csv")
    qtbot.waitUntil(lambda: "can't be written" in dialog.about)
    with qtbot.waitSignal(dialog.model.modelReset):
        ledger.may_read.set()
    assert "can't be written" in dialog.about
    dialog.clear()
    qtbot.waitUntil(lambda: dialog.about == "Nothing was sent from this computer.")


def test_a_place_that_cannot_be_written_is_said(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    dialog = window.office.show_uploads()
    dialog.export_to(tmp_path / "nowhere" / "sent.csv")
    qtbot.waitUntil(lambda: "can't be written" in dialog.about)
