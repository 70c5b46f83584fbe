from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.estimates import Words
from desktop_app.system.settings import Settings
from desktop_app.ui.detail.base_rate import BaseRate, base_rate_sentence
from desktop_app.ui.detail.odds import AiShare
from desktop_app.ui.window import Window
from tests.ui.conftest import MakeWindow
from tests.ui.fakes import FakeWorld, done, with_counts
from tests.ui.showing import show


def shown(window: Window, photographs: int, ai: int) -> BaseRate:
    show(window, [with_counts(done(1, 0.97, Words.STRONG), photographs, ai), done(2, 0.97, Words.STRONG)])
    window.desk.listing.select([1])
    return window.work.detail.one.answer.base_rate


def test_of_a_score_that_hardly_any_test_picture_got_nothing_is_claimed(window: Window) -> None:
    rate = shown(window, 1, 3)
    assert rate.text() == "Too few to say what such a score means among your pictures."
    assert not rate.choice.isVisible()


def test_a_model_without_counts_has_no_such_sentence(window: Window) -> None:
    rate = shown(window, 50, 2350)
    window.desk.listing.select([2])
    assert rate.text() == ""
    assert rate.isHidden()


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (AiShare(0.7123, 0.6, 0.83), "about 7 in 10 with a score like this are (between 6 and 8)."),
        (AiShare(0.7123, 0.69, 0.73), "about 7 in 10 with a score like this are."),
        (AiShare(0.97, 0.9, 0.99), "about 97 in 100 with a score like this are (between 90 and 99)."),
        (AiShare(0.999, 0.94, 1.0), "more than 99 in 100 with a score like this are (at least 94)."),
        (AiShare(0.999, 0.998, 1.0), "more than 99 in 100 with a score like this are."),
        (AiShare(0.064, 0.04, 0.09), "about 6 in 100 with a score like this are (between 4 and 9)."),
        (AiShare(0.03, 0.01, 0.05), "about 3 in 100 with a score like this are (between 1 and 5)."),
        (AiShare(0.001, 0.0, 0.04), "fewer than 1 in 100 with a score like this are (at most 4)."),
        (AiShare(0.001, 0.0, 0.004), "fewer than 1 in 100 with a score like this are."),
    ],
)
def test_the_share_is_said_as_coarsely_as_it_is_known(share: AiShare, said: str) -> None:
    assert base_rate_sentence(share, 20) == f"If 1 in 20 of your pictures is AI, {said}"


def test_the_wheel_is_for_the_panel_around_the_choice(window: Window) -> None:
    choice = window.work.detail.one.answer.base_rate.choice
    before = choice.currentIndex()
    middle = QPointF(choice.rect().center())
    turned = QWheelEvent(
        middle,
        choice.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  # not inverted
    )
    QApplication.sendEvent(choice, turned)
    assert choice.currentIndex() == before


def test_another_guess_gives_another_share(window: Window) -> None:
    rate = shown(window, 50, 2350)
    assert rate.text().startswith("If 1 in 20 of your pictures is AI, about 7 in 10 ")
    rate.choice.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rate.choice, Qt.Key.Key_Down)
    assert rate.text().startswith("If 1 in 100 of your pictures is AI, about 3 in 10 ")


def test_the_guess_is_remembered_and_a_strange_one_is_not_taken(make_window: MakeWindow, world: FakeWorld) -> None:
    window = make_window(Settings(theme="light", ai_one_in=2))
    rate = window.work.detail.one.answer.base_rate
    assert rate.one_in == 2
    rate.choose(100)
    rate.choose(7)
    window.close()
    assert world.saved[-1].ai_one_in == 100
