from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.core.estimates import Mode
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.dialogs.settings import SettingsDialog
from desktop_app.ui.listing.order import Arrangement, SortBy
from desktop_app.ui.theme import DARK, Theme
from desktop_app.ui.window import Window
from tests.ui.conftest import MakeWindow
from tests.ui.fakes import FakeWorld, done, waiting
from tests.ui.showing import show


def test_nonsense_in_the_settings_gives_a_usable_window(make_window: MakeWindow) -> None:
    settings = Settings(window_geometry="??", splitter_state="AAAA", sort_by="colour", last_folder="/nowhere")
    window = make_window(settings)
    show(window, [done(1)])
    assert window.width() > 300
    assert window.desk.listing.store.arrangement == Arrangement()


def test_what_the_user_chose_is_there_next_time(make_window: MakeWindow, world: FakeWorld) -> None:
    first = make_window()
    show(first, [done(n) for n in range(1, 5)])
    first.resize(733, 555)  # the offscreen screen is 800 pixels wide
    first.actions_of[Do.TABLE].trigger()
    first.actions_of[Do.DETAIL].trigger()
    first.tools.slider.setValue(224)
    first.arrange(Arrangement(SortBy.SCORE, descending=True))
    QApplication.processEvents()
    first.close()
    second = make_window(world.saved[-1])
    show(second, [done(n) for n in range(1, 5)])
    assert (second.width(), second.height()) == (733, 555)
    assert second.work.table.isVisible()
    assert not second.work.detail.isVisible()
    assert second.work.grid.thumbnail_px == 224
    assert second.desk.listing.store.arrangement == Arrangement(SortBy.SCORE, descending=True)
    assert second.switch.mode is Mode.OFFLINE


def test_filters_are_not_remembered(make_window: MakeWindow, world: FakeWorld) -> None:
    first = make_window()
    show(first, [done(1)])
    first.arrange(Arrangement(SortBy.NAME, text="cat"))
    first.close()
    assert make_window(world.saved[-1]).desk.listing.store.arrangement == Arrangement(SortBy.NAME)


@pytest.mark.usefixtures("theme")
def test_the_settings_dialog_gives_back_what_it_was_given() -> None:
    settings = Settings(max_megapixels=42, max_file_mb=7, picture_seconds=3.0, jobs=2, theme="dark", view="table")
    dialog = SettingsDialog(settings)
    assert dialog.settings() == settings
    dialog.show_settings(Settings())
    assert dialog.settings() == Settings(view="table")
    dialog.deleteLater()


def test_a_new_theme_holds_at_once_and_is_saved(window: Window, world: FakeWorld, theme: Theme) -> None:
    window.actions_of[Do.SETTINGS].trigger()
    (dialog,) = window.findChildren(SettingsDialog)
    dialog.show_settings(Settings(theme="dark"))
    dialog.accept()
    assert theme.colours is DARK
    assert world.saved[-1].theme == "dark"
    theme.choose("light")


def test_new_limits_start_another_pipeline_which_takes_over_the_list(window: Window, world: FakeWorld) -> None:
    show(window, [done(1), done(2)])
    window.desk.remove([2])
    window.flow.take(Settings(theme="light", max_megapixels=6))
    assert len(world.queues) == 2
    assert world.queue.calls == [("restore", (1,))]
    assert not window.desk.undoable, "the new pipeline does not know what was removed"


def test_new_limits_wait_while_pictures_are_checked(window: Window, world: FakeWorld) -> None:
    show(window, [waiting(1)])
    window.flow.take(Settings(theme="light", max_megapixels=5))
    assert len(world.queues) == 1
    assert any("limits" in message for message in window.notices.messages())
