"""The empty window says what offline mode can and can't tell."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.ui.panels.empty_page import EmptyPage
from desktop_app.ui.window import Window
from tests.ui.showing import show


def page_of(window: Window) -> EmptyPage:
    (page,) = window.findChildren(EmptyPage)
    return page


def test_without_a_usable_model_nothing_is_promised(window: Window) -> None:
    page = page_of(window)
    page.show_knows("")
    assert page.sentence == ""


def test_the_sentence_follows_the_models_that_answer(qtbot: QtBot, window: Window) -> None:
    show(window, [])
    page = page_of(window)
    said = "Offline, Telltale answers pictures of exactly 32×32 pixels, and can be wrong."
    qtbot.waitUntil(lambda: page.sentence.startswith(said))
    window.office.offline_known.emit("pictures of any size")
    assert page.sentence.startswith("Offline, Telltale answers pictures of any size, and can be wrong.")
