"""What the file says, in full: plain text only, prompts on request, and why there may be nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import Words
from desktop_app.core.events import ItemChanged
from desktop_app.core.evidence import Evidence, Findings
from desktop_app.ui.actions import Do
from desktop_app.ui.detail.one_item import OneItem
from desktop_app.ui.dialogs.settings import SettingsDialog
from desktop_app.ui.panels.foreign_text import ForeignText
from desktop_app.ui.window import Window
from tests.ui.fakes import done, heat_cells, waiting, with_heat
from tests.ui.findings import (
    BROKEN,
    CAMERA,
    CONTRADICTION,
    HOSTILE,
    LABEL_AI,
    NOTHING,
    PROMPT,
    SIGNED_AI,
    SIGNED_CAPTURE,
    UNCONFIRMED,
    saying,
    silent,
)
from tests.ui.showing import reveal, show
from tests.ui.test_accessibility import nameless


def look_at(window: Window, *evidence: Evidence, p_ai: float = 0.97, words: Words = Words.STRONG) -> OneItem:
    show(window, [saying(done(1, p_ai, words), *evidence), done(2, p_ai, words)])
    window.desk.listing.select([1])
    return window.work.detail.one


def hostile() -> Evidence:
    pairs = ((HOSTILE, HOSTILE), ("Generator", "<a href='x'>link</a>"))
    return replace(LABEL_AI, words=HOSTILE, detail=pairs, private=pairs, where=HOSTILE)


# ---------------------------------------------------------------- nothing, and what strangers wrote


def test_a_file_that_was_not_read_has_no_such_section(window: Window) -> None:
    show(window, [waiting(1), done(2)])
    for item_id in (1, 2):
        window.desk.listing.select([item_id])
        assert not window.work.detail.one.says.isVisible()


def test_why_there_is_no_metadata_is_said_on_request_and_never_held_against_a_picture(window: Window) -> None:
    show(window, [silent(done(1))])
    window.desk.listing.select([1])
    says = window.work.detail.one.says
    assert says.text() == "Nothing about how the picture was made."
    says.why.setFocus()
    QTest.keyClick(says.why, Qt.Key.Key_Space)
    assert says.text().splitlines()[1:] == list(NOTHING.absence)
    assert says.text().count("this means nothing either way") == 2


def test_the_sentences_fold_again_for_the_next_picture(window: Window) -> None:
    show(window, [silent(done(1)), replace(done(2), findings=Findings(absence=("Other.",)))])
    window.desk.listing.select([1])
    window.work.detail.one.says.why.click()
    window.desk.listing.select([2])
    assert window.work.detail.one.says.text() == "Nothing about how the picture was made."


def test_damaged_metadata_is_mentioned(window: Window) -> None:
    show(window, [saying(done(1), CAMERA, notes=("Its XMP metadata was damaged.",))])
    window.desk.listing.select([1])
    assert "Its XMP metadata was damaged." in window.work.detail.one.says.text()


def test_markup_from_strangers_is_shown_and_not_obeyed(window: Window) -> None:
    one = look_at(window, hostile())
    box = one.says.boxes[0]
    reveal(box)
    shown = box.text()
    assert shown.count("<b>bold</b><img src=x>") == 6
    assert "<a href='x'>link</a>" in shown
    assert "\u202e" not in shown
    assert all(part.toHtml().count("<img") == 0 for part in box.findChildren(ForeignText))


def test_words_without_end_neither_widen_the_panel_nor_are_cut_off(window: Window, qtbot: QtBot) -> None:
    look_at(window, CAMERA)
    window.desk.take([ItemChanged(saying(done(1), hostile()))])
    panel = window.work.detail
    qtbot.waitUntil(lambda: panel.one.says.boxes[0].evidence.words == HOSTILE, timeout=1000)
    reveal(panel.one.says.boxes[0])
    qtbot.wait(50)
    assert panel.one.width() <= panel.viewport().width()
    for part in panel.one.says.findChildren(ForeignText):
        if part.isVisible():
            assert part.document().size().height() <= part.height() + 1
            assert part.document().size().width() <= part.viewport().width() + 1


def test_a_broken_credential_says_that_nothing_counts(window: Window) -> None:
    one = look_at(window, BROKEN)
    assert "nothing they say counts" in one.says.text()
    assert one.answer.isVisible()


# ---------------------------------------------------------------- the ladder


def test_the_strongest_fact_stands_first_and_a_contradiction_next_to_it(window: Window) -> None:
    one = look_at(window, CAMERA, LABEL_AI, CONTRADICTION)
    assert [box.evidence for box in one.says.boxes] == [LABEL_AI, CONTRADICTION, CAMERA]
    text = one.says.boxes[1].text()
    assert CAMERA.words in text
    assert LABEL_AI.words in text


def test_place_and_details_are_there_and_can_be_selected(window: Window) -> None:
    box = look_at(window, CAMERA).says.boxes[0]
    assert "Found in: EXIF in APP1" in box.text()
    assert "1/250 s, f/5.6, ISO 200" in box.text()
    text = box.words
    text.selectAll()
    text.copy()
    assert QGuiApplication.clipboard().text() == CAMERA.words


def test_prompt_and_settings_wait_behind_a_button(window: Window) -> None:
    box = look_at(window, LABEL_AI).says.boxes[0]
    assert PROMPT not in box.text()
    reveal(box)
    assert PROMPT in box.text()
    assert box.reveal is not None
    assert box.reveal.accessibleName() == "Hide prompt and settings"
    reveal(box)
    assert PROMPT not in box.text()


def test_marks_without_a_prompt_have_no_such_button(window: Window) -> None:
    assert look_at(window, CAMERA).says.boxes[0].reveal is None


def test_a_mark_without_details_takes_no_more_room_than_its_sentence(window: Window) -> None:
    bare = replace(LABEL_AI, detail=(), where="")
    box = look_at(window, bare).says.boxes[0]
    assert box.text().strip() == bare.words
    lower = box.height()
    reveal(box)
    assert PROMPT in box.text()
    assert box.sizeHint().height() > lower


def test_a_mark_is_copied_whole_by_its_button(window: Window) -> None:
    look_at(window, LABEL_AI).says.boxes[0].copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:2] == [LABEL_AI.words, "Found in: PNG tEXt parameters"]
    assert f"Prompt: {PROMPT}" in lines


def test_signals_that_disagree_are_said_with_both(window: Window) -> None:
    one = look_at(window, SIGNED_CAPTURE)
    assert "opposite directions" in one.says.text()
    assert one.answer.isVisible()
    window.desk.listing.select([2])
    assert not one.says.isVisible()


def test_a_new_snapshot_with_the_same_findings_leaves_the_section_alone(window: Window, qtbot: QtBot) -> None:
    item = saying(done(1), LABEL_AI)
    show(window, [item])
    window.desk.listing.select([1])
    one = window.work.detail.one
    reveal(one.says.boxes[0])
    box = one.says.boxes[0]
    window.desk.take([ItemChanged(replace(item, elapsed_ms=99.0))])
    qtbot.wait(80)
    assert one.says.boxes == [box]
    assert PROMPT in box.text()


# ---------------------------------------------------------------- the estimate that is set aside


def test_a_verified_statement_of_ai_sets_the_estimate_aside_until_it_is_asked_for(window: Window) -> None:
    item = with_heat(done(1, 0.03, Words.FEW), heat_cells())
    show(window, [saying(item, SIGNED_AI), done(2)])
    window.desk.listing.select([1])
    one = window.work.detail.one
    assert one.set_aside.isVisible()
    for part in (one.answer, one.heat, one.changes):
        assert not part.isVisible()
    assert "opposite directions" not in one.says.text()
    one.set_aside.button.setFocus()
    QTest.keyClick(one.set_aside.button, Qt.Key.Key_Space)
    assert not one.set_aside.isVisible()
    for part in (one.answer, one.heat, one.changes):
        assert part.isVisible()
    assert "opposite directions" in one.says.text()


def test_asking_is_remembered_for_this_picture_alone(window: Window) -> None:
    show(window, [saying(done(1), SIGNED_AI), saying(done(2), SIGNED_AI)])
    one = window.work.detail.one
    window.desk.listing.select([1])
    one.set_aside.button.click()
    window.desk.listing.select([2])
    assert one.set_aside.isVisible()
    window.desk.listing.select([1])
    assert not one.set_aside.isVisible()
    assert one.answer.isVisible()


@pytest.mark.parametrize("evidence", [UNCONFIRMED, LABEL_AI, CAMERA, SIGNED_CAPTURE])
def test_nothing_less_sets_it_aside(window: Window, evidence: Evidence) -> None:
    one = look_at(window, evidence)
    assert one.answer.isVisible()
    assert not one.set_aside.isVisible()


@pytest.mark.parametrize("do", [Do.WHY, Do.TRY_CHANGES])
def test_who_asks_about_the_estimate_sees_it(window: Window, qtbot: QtBot, do: Do) -> None:
    show(window, [saying(done(1), SIGNED_AI)])
    window.desk.listing.select([1])
    window.actions_of[do].trigger()
    one = window.work.detail.one
    qtbot.waitUntil(lambda: one.answer.isVisible() and one.changes.isVisible(), timeout=1000)


# ---------------------------------------------------------------- for everybody


def test_every_control_of_the_section_has_a_name(window: Window) -> None:
    one = look_at(window, LABEL_AI, CAMERA, CONTRADICTION)
    reveal(one.says.boxes[0])
    assert nameless(window) == []


def test_texts_are_no_stops_for_the_tab_key_but_their_buttons_are(window: Window) -> None:
    box = look_at(window, LABEL_AI).says.boxes[0]
    assert box.words.focusPolicy() is Qt.FocusPolicy.ClickFocus
    assert box.reveal is not None
    for button in (box.copy, box.reveal):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_file_dropped_on_a_text_reaches_the_window(window: Window) -> None:
    words = look_at(window, CAMERA).says.boxes[0].words
    assert not words.acceptDrops()
    assert not words.viewport().acceptDrops()


def test_a_signer_that_was_not_confirmed_leads_to_the_lists(window: Window) -> None:
    one = look_at(window, UNCONFIRMED)
    assert one.says.lists.isVisible()
    one.says.lists.click()
    (page,) = [dialog.trust for dialog in _dialogs(window)]
    assert page is not None
    assert page.isVisible()
    window.desk.listing.select([2])
    assert not one.says.lists.isVisible()


def _dialogs(window: Window) -> list[SettingsDialog]:
    return window.findChildren(SettingsDialog)
