from __future__ import annotations

from dataclasses import replace
from html import escape

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import MissingFileError
from desktop_app.core.estimates import Words
from desktop_app.core.events import ItemChanged, PreviewReady
from desktop_app.ui.actions import Do
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.window import Window
from tests.ui.fakes import HASH, REASON, FakeWorld, chosen, done, failed, raster, waiting
from tests.ui.showing import index_of, show


def texts(window: Window) -> str:
    """All that the panel says."""
    from PySide6.QtWidgets import QLabel

    panel = window.work.detail
    labels = [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]
    return "\n".join(
        labels + [label.text for label in panel.findChildren(ElidedLabel) if label.isVisibleTo(panel)]
    )


def test_an_error_comes_with_its_way_out_and_a_retry(window: Window, world: FakeWorld) -> None:
    show(window, [failed(1, error=MissingFileError())])
    window.desk.listing.select([1])
    assert window.work.detail.one.error_text() == (
        "There is no such file, or no longer. Check its name; it may have been moved or deleted since."
    )
    window.work.detail.one.retry_asked.emit(1)
    assert world.queue.named("retry") == [("retry", (1,))]


def test_the_answer_before_a_re_check_that_failed_is_not_lost(window: Window) -> None:
    before = done(1, 0.97, Words.STRONG).estimate
    show(window, [replace(failed(1, error=MissingFileError()), earlier=before), replace(done(2), earlier=before)])
    window.desk.listing.select([1])
    assert "Before this re-check: Strong signs of AI (97\u00a0% AI), said the CIFAKE model." in texts(window)
    window.desk.listing.select([2])
    assert "Before this re-check" not in texts(window)


def test_a_preview_that_cannot_be_had_leaves_the_thumbnail(window: Window) -> None:
    show(window, [done(1)])
    window.desk.listing.select([1])
    window.desk.take([PreviewReady(1, None)])
    assert window.work.detail.one.picture._raster == raster(1, 64, 48)


def test_a_preview_of_another_item_is_not_shown(window: Window) -> None:
    show(window, [done(1), done(2)])
    window.desk.listing.select([1])
    window.desk.take([PreviewReady(2, raster(5, 300, 200))])
    assert window.work.detail.one.picture._raster == raster(1, 64, 48)


def test_the_preview_is_asked_for_once_in_device_pixels_after_the_selection_rests(
    window: Window, world: FakeWorld, qtbot: QtBot
) -> None:
    show(window, [done(n) for n in range(1, 9)])
    for item_id in range(1, 9):
        window.desk.listing.select([item_id])
    qtbot.waitUntil(lambda: bool(world.queue.named("preview")), timeout=2000)
    (call,) = world.queue.named("preview")
    assert call[1] == 8
    assert isinstance(call[2], int)
    assert call[2] >= window.work.detail.one.picture.width()


def test_out_of_range_the_reason_stands_there_and_the_number_is_disowned(window: Window) -> None:
    show(window, [done(1)])
    window.desk.listing.select([1])
    said = texts(window)
    assert window.work.detail.one.answer.range_text() == REASON
    assert "Outside this model's range" in said
    assert "don't rely on it" in said


def test_in_range_there_is_no_reason(window: Window) -> None:
    show(window, [done(1, 0.97, Words.STRONG)])
    window.desk.listing.select([1])
    assert window.work.detail.one.answer.range_text() == ""
    assert "can be wrong" in texts(window)


def test_everything_that_is_known_is_there(window: Window) -> None:
    show(window, [done(1, 0.04, Words.FEW)])
    window.desk.listing.select([1])
    said = texts(window)
    for expected in (
        "32 × 32",
        "JPEG",
        "2.2\u00a0kB",
        HASH,
        "CIFAKE model",
        "Turned upright",
        "/pictures/IMG_0001.jpg",
    ):
        assert expected in said, expected
    assert "not proof" in said


def test_several_selected_are_summed_up(window: Window) -> None:
    show(window, [done(1, 0.97, Words.STRONG), done(2), failed(3)])
    window.actions_of[Do.SELECT_ALL].trigger()
    assert window.work.detail._many.accessibleName() == (
        "3 selected: 1 strong signs of AI, 1 outside this model's range, 1 failed"
    )


def test_the_panel_follows_the_item_while_it_is_checked(window: Window, qtbot: QtBot) -> None:
    show(window, [waiting(1)])
    window.desk.listing.select([1])
    assert "Waiting" in texts(window)
    window.desk.take([ItemChanged(done(1, 0.97, Words.STRONG))])
    qtbot.waitUntil(lambda: "Strong signs of AI" in texts(window), timeout=1000)


def test_the_model_that_answered_is_named_with_the_reason(window: Window) -> None:
    why = "The Field detector answers pictures whose shorter side has at least 300 pixels."
    show(window, [chosen(done(1, 0.97, Words.STRONG), why), done(2, 0.97, Words.STRONG)])
    window.desk.listing.select([1])
    assert window.work.detail.one.choice_text() == why
    index = index_of(window.work.grid, 1)
    assert escape(why) in index.data(Qt.ItemDataRole.ToolTipRole)
    window.desk.listing.select([2])
    assert window.work.detail.one.choice_text() == ""
