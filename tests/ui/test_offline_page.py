"""The settings' page of the offline models."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.composition import offline_models
from desktop_app.detectors.shelf import ShelvedModel
from desktop_app.system.settings import Settings
from desktop_app.ui.dialogs.model_row import ModelRow
from desktop_app.ui.dialogs.offline_page import OfflinePage
from desktop_app.ui.dialogs.settings import SettingsDialog
from desktop_app.ui.window import Window
from tests.support.onnx_files import put, red_logit
from tests.ui.conftest import MakeWindow
from tests.ui.fakes import FakeWorld, waiting
from tests.ui.showing import show
from tests.ui.test_accessibility import nameless

Open = Callable[..., SettingsDialog]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "my models"
    put(made, red_logit(), "reds", title="Reds & others")
    return made


@pytest.fixture
def open_page(qtbot: QtBot, make_window: MakeWindow) -> Open:
    """Open the page and wait for its list."""

    def make(model: str = "auto", folder: Path | str = "", *, rows: int = 0) -> SettingsDialog:
        window = make_window(Settings(theme="light", model=model, models_folder=str(folder)))
        dialog = window.flow.open()
        dialog.show_offline()
        qtbot.waitUntil(lambda: len(page_of(dialog).rows) >= (rows or 1))
        return dialog

    return make


def page_of(dialog: SettingsDialog) -> OfflinePage:
    assert dialog.offline is not None
    return dialog.offline


def titles(dialog: SettingsDialog) -> list[str]:
    return [row.button.accessibleName() for row in page_of(dialog).rows]


def row(dialog: SettingsDialog, choice: str) -> ModelRow:
    return next(found for found in page_of(dialog).rows if found.choice == choice)


def chosen(dialog: SettingsDialog) -> list[str]:
    return [found.choice for found in page_of(dialog).rows if found.button.isChecked()]


# ---------------------------------------------------------------- what goes wrong


def test_a_folder_that_is_gone_is_said_and_the_choice_is_kept(open_page: Open) -> None:
    dialog = open_page("reds", "/no/such/folder")
    assert "can't be read" in page_of(dialog).problem
    assert chosen(dialog) == ["reds"]
    assert dialog.settings().model == "reds"


def test_a_model_that_cannot_be_used_says_why_and_cannot_be_chosen(open_page: Open, folder: Path) -> None:
    (folder / "reds.json").write_text("{")
    dialog = open_page(folder=folder)
    broken = row(dialog, "reds")
    assert not broken.button.isEnabled()
    assert "not valid" in broken.button.accessibleDescription()
    QTest.mouseClick(broken, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert chosen(dialog) == ["auto"]


def test_a_model_that_takes_a_bundled_name_says_so(open_page: Open, folder: Path) -> None:
    put(folder, red_logit(), "second", name="cifake", title="Impostor")
    dialog = open_page(folder=folder)
    assert titles(dialog)[-2:] == ["Reds & others", "Impostor"]
    assert "already called" in page_of(dialog).rows[-1].button.accessibleDescription()


def test_the_program_s_choice_comes_first_then_its_models_each_with_its_range(
    open_page: Open, folder: Path
) -> None:
    dialog = open_page(folder=folder)
    listed = titles(dialog)
    assert listed[0] == "Automatic"
    assert [listed[-3], listed[-1]] == ["CIFAKE model", "Reds & others"]
    assert listed[-2].startswith("Field detector")
    automatic, cifake, field = (
        row(dialog, choice).button.accessibleDescription() for choice in ("auto", "cifake", "field")
    )
    assert automatic.startswith("By the picture's size: CIFAKE model for pictures of exactly 32×32 pixels")
    assert "for pictures of exactly 32×32 pixels" in cifake
    assert "for pictures whose shorter side has at least" in field


def bundled(*, experimental: bool) -> list[ShelvedModel]:
    cifake, field = offline_models(Settings())
    assert field.card is not None
    card = msgspec.structs.replace(field.card, experimental=experimental)
    return [cifake, dataclasses.replace(field, card=card)]


def test_an_experimental_model_is_called_so_and_taken_in_only_on_request(open_page: Open) -> None:
    page = page_of(open_page())
    page.show_models("", bundled(experimental=True))
    assert [row.choice for row in page.rows] == ["auto", "auto-experimental", "cifake", "field"]
    automatic, everything, _, field = (row.button for row in page.rows)
    assert "Field detector" not in automatic.accessibleDescription()
    assert "Field detector" in everything.accessibleDescription()
    assert field.accessibleName() == "Field detector (experimental)"


def test_where_nothing_is_experimental_there_is_one_automatic_choice(open_page: Open) -> None:
    page = page_of(open_page())
    page.show_models("", bundled(experimental=False))
    assert [row.choice for row in page.rows] == ["auto", "cifake", "field"]
    assert "Field detector" in page.rows[0].button.accessibleDescription()


def test_a_foreign_title_is_never_taken_for_markup_or_a_mnemonic(open_page: Open, folder: Path) -> None:
    card = json.loads((folder / "reds.json").read_text())
    (folder / "reds.json").write_text(json.dumps(card | {"title": "<b>&bold</b>\u202e"}))
    button = row(open_page(folder=folder), "reds").button
    assert button.accessibleName() == "<b>&bold</b>"
    assert button.text() == "<b>&&bold</b>"


def test_a_list_for_another_folder_comes_too_late(open_page: Open, folder: Path) -> None:
    dialog = open_page()
    before = titles(dialog)
    page_of(dialog).show_models(str(folder), ())
    assert titles(dialog) == before


def test_a_list_for_a_closed_dialog_is_dropped(qtbot: QtBot, window: Window) -> None:
    dialog = window.flow.open()
    page = page_of(dialog)
    dialog.reject()
    dialog.deleteLater()
    qtbot.wait(1)
    page.show_models("", ())


# ---------------------------------------------------------------- choosing


def test_nothing_is_read_before_the_page_is_looked_at(window: Window) -> None:
    dialog = window.flow.open()
    assert page_of(dialog).rows == []
    assert dialog.settings() == window.preferences.settings


def test_a_click_anywhere_on_a_row_chooses_and_ok_remembers(
    open_page: Open, folder: Path, world: FakeWorld
) -> None:
    dialog = open_page(folder=folder)
    target = row(dialog, "reds")
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(target.width() - 5, target.height() - 5))
    assert chosen(dialog) == ["reds"]
    dialog.accept()
    assert world.saved[-1].model == "reds"
    assert len(world.queues) == 2  # the new pipeline answers with the new model


def test_the_arrow_keys_choose(qtbot: QtBot, open_page: Open, folder: Path) -> None:
    dialog = open_page(folder=folder)
    automatic = row(dialog, "auto").button
    dialog.activateWindow()
    automatic.setFocus()
    qtbot.waitUntil(lambda: automatic.hasFocus() and row(dialog, "cifake").y() > 0)
    QTest.keyClick(automatic, Qt.Key.Key_Down)
    below = page_of(dialog).rows[1].choice
    assert chosen(dialog) == [below]
    assert dialog.settings().model == below


def test_another_model_beside_running_checks_waits_for_the_next_start(
    open_page: Open, folder: Path, world: FakeWorld
) -> None:
    dialog = open_page(folder=folder)
    window = dialog.parent()
    assert isinstance(window, Window)
    show(window, [waiting(1)])
    row(dialog, "reds").button.click()
    dialog.accept()
    assert len(world.queues) == 1
    assert any("start Telltale again" in message for message in window.notices.messages())


def test_a_model_chosen_by_its_path_is_listed_too(open_page: Open, folder: Path) -> None:
    path = str(folder / "reds.onnx")
    dialog = open_page(path)
    assert chosen(dialog) == [path]
    assert "by its path" in row(dialog, path).button.accessibleDescription()
    assert dialog.settings().model == path


def test_a_folder_is_chosen_opened_and_forgotten(
    qtbot: QtBot, open_page: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    dialog = open_page()
    page = page_of(dialog)
    assert page.open.isHidden()
    page.choose.click()
    qtbot.waitUntil(lambda: "Reds & others" in titles(dialog))
    page.open.click()
    assert [url.toLocalFile() for url in opened] == [str(folder)]
    row(dialog, "reds").button.click()
    assert dialog.settings() == Settings(theme="light", model="reds", models_folder=str(folder))
    page.forget.click()
    qtbot.waitUntil(lambda: "Reds & others" not in titles(dialog))
    assert dialog.settings() == Settings(theme="light")
    assert chosen(dialog) == ["auto"]


def test_no_folder_is_no_change(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    dialog = open_page()
    page_of(dialog).choose.click()
    assert dialog.settings().models_folder == ""


def test_the_defaults_are_the_program_s_own_choice(qtbot: QtBot, open_page: Open, folder: Path) -> None:
    dialog = open_page("reds", folder)
    dialog.show_settings(Settings())
    qtbot.waitUntil(lambda: chosen(dialog) == ["auto"])
    assert page_of(dialog).open.isHidden()


def test_every_control_of_the_page_has_a_name(open_page: Open, folder: Path) -> None:
    dialog = open_page(folder=folder, rows=3)
    assert nameless(dialog) == []
