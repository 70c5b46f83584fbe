from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import FileChangedError, ModelChangedError, TelltaleError
from desktop_app.core.estimates import Mode, Words
from desktop_app.core.events import ChangesTried, ItemChanged
from desktop_app.core.items import Item
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.detail.changes import Changes
from desktop_app.ui.tries import Tries
from desktop_app.ui.window import Window
from tests.ui.conftest import MakeWindow
from tests.ui.fakes import FakeWorld, done, failed, tried, waiting
from tests.ui.showing import show

STEADY = (0.95, 0.9, 0.88, 0.71, 0.97, 0.93, 0.96, 0.94)
SHAKY = (0.9, 0.31, 0.6, 0.55, 0.92, 0.44, 0.95, 0.7)


def strong(item_id: int = 1) -> Item:
    return done(item_id, 0.97, Words.STRONG)


def changes_of(window: Window, *items: Item) -> Changes:
    """List items, select the first one, and look at the part about changes."""
    show(window, items)
    window.desk.listing.select([items[0].id])
    return window.work.detail.one.changes


# ---------------------------------------------------------------- what can't be tried, and what fails


@pytest.mark.parametrize("item", [waiting(1), failed(1), done(1, mode=Mode.CLOUD)], ids=lambda item: item.name)
def test_what_is_not_done_offline_is_not_offered(window: Window, world: FakeWorld, item: Item) -> None:
    assert changes_of(window, item).isHidden()
    assert not window.actions_of[Do.TRY_CHANGES].isEnabled()
    window.desk.try_changes(1)
    assert world.queue.named("try_changes") == []


def test_several_pictures_are_not_tried_at_once(window: Window) -> None:
    show(window, [strong(1), strong(2)])
    window.desk.listing.select([1, 2])
    assert not window.actions_of[Do.TRY_CHANGES].isEnabled()


def test_a_try_that_fails_says_why_and_can_be_made_again(window: Window, world: FakeWorld, qtbot: QtBot) -> None:
    changes = changes_of(window, strong())
    changes.button.click()
    window.desk.take([ChangesTried(1, FileChangedError())])
    qtbot.waitUntil(lambda: bool(changes.words()), timeout=1000)
    assert changes.words() == f"{FileChangedError.default_message} {FileChangedError.default_hint}"
    assert changes.button.isEnabled()
    changes.button.click()
    assert len(world.queue.named("try_changes")) == 2
    qtbot.waitUntil(lambda: changes.words() == "", timeout=1000)


@pytest.mark.parametrize("error", [FileChangedError(), ModelChangedError()])
def test_where_the_answer_is_out_of_date_a_button_checks_again(
    window: Window, world: FakeWorld, qtbot: QtBot, error: TelltaleError
) -> None:
    changes = changes_of(window, strong())
    changes.button.click()
    window.desk.take([ChangesTried(1, error)])
    qtbot.waitUntil(lambda: bool(changes.words()), timeout=1000)
    assert changes._error.way_out.text() == "Re-check"
    assert changes._error.retry.isHidden()
    changes._error.way_out.click()
    assert world.queue.named("retry") == [("retry", (1,))]


def test_the_failure_is_not_told_of_another_picture_nor_after_a_new_check(window: Window, qtbot: QtBot) -> None:
    changes = changes_of(window, strong(1), strong(2))
    changes.button.click()
    window.desk.take([ChangesTried(1, FileChangedError())])
    window.desk.listing.select([2])
    assert changes.words() == ""
    # The bridge leaves out snapshots that a later one replaces: all that is heard of a quick check is its end.
    window.desk.take([ItemChanged(strong(1))])
    window.desk.listing.select([1])
    qtbot.waitUntil(changes.button.isEnabled, timeout=1000)
    assert changes.words() == ""


def test_the_end_of_a_try_that_nobody_waits_for_changes_nothing() -> None:
    tries = Tries()
    tries.end(1, FileChangedError())
    assert tries.of(1).error is None
    tries.begin(1)
    tries.forget([1])
    tries.end(1, FileChangedError())
    assert tries.of(1).error is None
    assert not tries.of(1).running


def test_a_try_of_an_item_that_runs_anew_is_over(window: Window, qtbot: QtBot) -> None:
    changes = changes_of(window, strong())
    changes.button.click()
    window.desk.take([ItemChanged(waiting(1))])
    window.desk.take([ItemChanged(strong())])
    qtbot.waitUntil(changes.button.isEnabled, timeout=1000)


def test_a_new_pipeline_knows_nothing_of_the_old_ones_tries(window: Window, qtbot: QtBot) -> None:
    changes = changes_of(window, strong())
    changes.button.click()
    qtbot.waitUntil(lambda: not changes.button.isEnabled(), timeout=1000)
    window.desk.reopen(window._pipeline)
    qtbot.waitUntil(changes.button.isEnabled, timeout=1000)


# ---------------------------------------------------------------- trying


def test_while_it_runs_the_button_says_so_and_a_second_click_asks_nothing(
    window: Window, world: FakeWorld, qtbot: QtBot
) -> None:
    changes = changes_of(window, strong())
    changes.button.click()
    window.desk.try_changes(1)
    assert world.queue.named("try_changes") == [("try_changes", 1)]
    qtbot.waitUntil(lambda: not changes.button.isEnabled(), timeout=1000)
    assert changes.button.text() == "Trying harmless changes…"
    assert changes.button.accessibleName() == "Trying harmless changes…"


def test_the_menu_and_its_key_open_the_panel_and_try(make_window: MakeWindow, world: FakeWorld) -> None:
    window = make_window(Settings(theme="light", detail_open=False))
    show(window, [strong()])
    window.desk.listing.select([1])
    action = window.actions_of[Do.TRY_CHANGES]
    assert action.shortcut().toString() == "Ctrl+T"
    menu = window.commands.context_menu(QPoint(0, 0))
    assert menu is not None
    assert action in menu.actions()
    menu.close()
    action.trigger()
    assert not window.work.detail.isHidden()
    assert world.queue.named("try_changes") == [("try_changes", 1)]


def test_the_context_menu_of_a_cloud_answer_does_not_offer_it(window: Window) -> None:
    show(window, [done(1, mode=Mode.CLOUD)])
    window.desk.listing.select([1])
    menu = window.commands.context_menu(QPoint(0, 0))
    assert menu is not None
    offered: list[QAction] = menu.actions()
    assert window.actions_of[Do.TRY_CHANGES] not in offered
    menu.close()


def test_an_answer_that_holds_comes_with_its_span_and_every_score(window: Window, qtbot: QtBot) -> None:
    changes = changes_of(window, strong())
    changes.button.click()
    window.desk.take([ItemChanged(tried(strong(), *STEADY)), ChangesTried(1)])
    qtbot.waitUntil(lambda: bool(changes.words()), timeout=1000)
    assert changes.words() == "The answer holds. Between 71\u00a0% and 97\u00a0% AI."
    assert changes.variants.texts()[:2] == ["The picture itself 97\u00a0%", "JPEG, quality 90 95\u00a0%"]
    assert len(changes.variants.texts()) == 9
    assert changes.button.isHidden()


def test_an_answer_that_flips_reads_cant_tell_everywhere(window: Window) -> None:
    changes = changes_of(window, tried(strong(), *SHAKY))
    assert changes.words() == "The answer flips, so it reads “Can't tell”. Between 31\u00a0% and 97\u00a0% AI."
    answer = window.work.detail.one.answer
    assert answer._words.text() == "Can't tell"
    assert "turn its answer around" in answer._meaning.text()
    window.commands.copy_results()
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text().endswith("Harmless changes to the picture turn this answer around.")


def test_what_led_out_of_the_range_stands_apart_and_is_not_counted(window: Window) -> None:
    scores = (0.95, 0.9, 0.02, 0.03, 0.04, 0.93, 0.96, 0.94)
    changes = changes_of(window, tried(strong(), *scores, outside=(2, 3, 4)))
    assert changes.words() == "The answer holds. Between 90\u00a0% and 97\u00a0% AI."
    assert changes.variants._not_counted.text() == "Outside this model's range, not counted:"
    assert changes.variants.texts()[-1] == "Cropped by 3 % 4\u00a0%"
    spoken = [bar.accessibleName() for _name, bar, _number in changes.variants._lines]
    assert spoken[-1] == "Cropped by 3 %, 4\u00a0%, outside this model's range, not counted"
    assert spoken[0] == "The picture itself, 97\u00a0%"


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        (STEADY, "The answer holds, but outside the model's range that says little."),
        (SHAKY, "The answer flips: one more reason not to rely on it."),
    ],
)
def test_outside_the_range_no_answer_is_praised(window: Window, scores: tuple[float, ...], sentence: str) -> None:
    changes = changes_of(window, tried(done(1, 0.97), *scores))
    assert changes.words().startswith(sentence)
    assert window.work.detail.one.answer._words.text() == "Outside this model's range"


def test_scores_that_do_not_move_are_one_number(window: Window) -> None:
    changes = changes_of(window, tried(done(1, 0.999, Words.STRONG), *[0.998] * 8))
    assert changes.words() == "The answer holds. >99\u00a0% AI every time."


def test_the_list_of_another_picture_leaves_nothing_behind(window: Window) -> None:
    changes = changes_of(
        window, tried(strong(1), *STEADY, outside=(2, 3, 4)), strong(2), tried(strong(3), *STEADY)
    )
    window.desk.listing.select([2])
    assert changes.variants.texts() == []
    window.desk.listing.select([3])
    assert changes.variants._not_counted.isHidden()
    assert changes.variants.texts()[3] == "Shrunk to three quarters 88\u00a0%"


def test_after_a_second_look_the_whole_list_is_still_offered(window: Window, world: FakeWorld) -> None:
    changes = changes_of(window, tried(strong(), 0.95, 0.9, quick=True))
    assert changes.words() == "The answer holds so far. Between 90\u00a0% and 97\u00a0% AI."
    changes.button.click()
    assert world.queue.named("try_changes") == [("try_changes", 1)]
