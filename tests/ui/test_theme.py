from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import Words
from desktop_app.system.paths import resources_dir
from desktop_app.ui.style import style_sheet
from desktop_app.ui.theme import DARK, LIGHT, Colours, Theme
from desktop_app.ui.window import Window
from tests.ui.fakes import done
from tests.ui.showing import card, colours_in, show


def contrast(first: QColor, second: QColor) -> float:
    """WCAG 2.2, 1.4.3."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_everything_it_stands_on(colours: Colours) -> None:
    for ground in (colours.window, colours.surface, colours.selected, colours.hover, colours.sunken):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.muted, ground) >= 4.5
        assert contrast(colours.accent, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.text, colours.warning_surface) >= 7


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_shapes_and_bars_stand_out_from_the_card(colours: Colours) -> None:
    for colour in (colours.strong, colours.few, colours.neutral, colours.warning):
        assert contrast(colour, colours.surface) >= 3
    assert contrast(colours.some, colours.surface) >= 2, (
        "orange is light; the half-filled shape and words carry it"
    )


def test_a_change_of_theme_is_seen_at_once_everywhere(window: Window, theme: Theme) -> None:
    show(window, [done(1, 0.97, Words.STRONG)])
    assert LIGHT.surface.name() in colours_in(card(window, 1))
    theme.choose("dark")
    QApplication.processEvents()
    assert DARK.surface.name() in colours_in(card(window, 1))
    assert window.palette().window().color() == DARK.window
    assert window.grab().toImage().pixelColor(5, window.height() // 2).name() == DARK.window.name()
    theme.choose("light")
    QApplication.processEvents()
    assert LIGHT.surface.name() in colours_in(card(window, 1))


def test_the_style_sheet_names_no_colour_of_its_own_and_fills_every_place() -> None:
    template = (resources_dir() / "styles" / "window.qss").read_text(encoding="utf-8")
    assert "#" not in template.replace("QFrame#", "").replace("QScrollArea#", "").replace("QTableView#", "")
    filled = style_sheet(LIGHT.names(), 16.0)
    assert "@" not in filled
    assert "ln" not in filled.split("*/", 1)[1].replace("outline", "")


def test_a_missing_style_sheet_leaves_a_plain_window(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("desktop_app.ui.style.resources_dir", lambda: tmp_path)
    assert style_sheet(LIGHT.names(), 16.0) == ""


def test_icons_follow_the_theme(window: Window, theme: Theme) -> None:
    from desktop_app.core.estimates import Mode

    button = window.switch.button(Mode.CLOUD)
    before = button.icon().pixmap(32, 32).toImage()
    theme.choose("dark")
    assert button.icon().pixmap(32, 32).toImage() != before


def test_large_fonts_make_larger_cards_and_clip_nothing(window: Window, qapp: QApplication, qtbot: QtBot) -> None:
    show(window, [done(1)])
    before = window.work.grid.cards.metrics
    font = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(font.pointSizeF() * 2)
    try:
        qapp.setFont(larger)
        qtbot.waitUntil(lambda: window.work.grid.cards.metrics.line > before.line * 1.8, timeout=1000)
        after = window.work.grid.cards.metrics
        assert after.cell.height() > before.cell.height()
        assert window.work.table.verticalHeader().defaultSectionSize() > after.line
    finally:
        qapp.setFont(font)
        QApplication.processEvents()


def test_a_notice_that_was_put_away_does_not_hear_of_a_new_theme(window: Window, theme: Theme) -> None:
    window.notices.say("Something happened.")
    window.notices.dismiss("Something happened.")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.choose("dark")
