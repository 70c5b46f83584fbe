from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.detectors.facts import Section, model_facts, models_facts
from desktop_app.system.paths import models_dir
from desktop_app.ui.actions import Do
from desktop_app.ui.dialogs.model_page import ModelPage, model_facts_dialog
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.ui.fakes import FACTS, HASH


def tables(page: ModelPage) -> list[list[list[str]]]:
    """The texts of every table on the page."""
    frames = page.document().rootFrame().childFrames()
    found = [frame for frame in frames if isinstance(frame, QTextTable)]
    return [
        [[_text(table, row, column) for column in range(table.columns())] for row in range(table.rows())]
        for table in found
    ]


def _text(table: QTextTable, row: int, column: int) -> str:
    cell = table.cellAt(row, column)
    return cell.firstCursorPosition().block().text()


def test_a_card_that_is_not_there_is_said_in_words(theme: Theme, tmp_path: Path) -> None:
    page = ModelPage(model_facts(tmp_path / "none.json"), theme)
    assert "The model can't be used" in page.toPlainText()
    assert tables(page) == []
    page.deleteLater()


def test_markup_in_a_strangers_card_is_shown_and_not_obeyed(theme: Theme) -> None:
    page = ModelPage([Section("<b>x</b>", "<img src=x>")], theme)
    assert page.toPlainText() == "<b>x</b>\n<img src=x>"
    page.deleteLater()


def test_the_figures_stand_in_tables_with_their_headings(theme: Theme) -> None:
    page = ModelPage(FACTS, theme)
    field, own = tables(page)
    assert field[0] == ["Ordinary pictures", "How many", "Called AI", "AUROC"]
    assert field[1][0] == "Photographs: none should be called AI"
    assert field[2] == ["Holiday albums", "140", "45\u00a0% (37–53)", "–"]
    assert own[1] == ["As they are", "10,000", "98.1\u00a0%", "1.8\u00a0%", "2.0\u00a0%"]
    said = page.toPlainText()
    assert said.index("No better than a coin") < said.index("Holiday albums") < said.index("Made up.")
    page.deleteLater()


def test_the_page_takes_on_the_colours_of_another_theme(theme: Theme) -> None:
    page = ModelPage(FACTS, theme)
    before = tables(page)
    theme.choose("dark")
    assert tables(page) == before
    table = next(frame for frame in page.document().rootFrame().childFrames() if isinstance(frame, QTextTable))
    heading = table.cellAt(0, 0).firstCursorPosition().charFormat()
    assert heading.foreground().color() == theme.colours.muted
    page.deleteLater()


def test_the_help_key_opens_the_page_and_escape_closes_it(window: Window) -> None:
    window.actions_of[Do.LEARN].trigger()
    (page,) = window.findChildren(ModelPage)
    assert page.isVisible()
    assert HASH in page.toPlainText()
    dialog = page.window()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_with_large_letters_the_page_still_fits_on_the_screen(window: Window, qapp: QApplication) -> None:
    font = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(font.pointSizeF() * 2.5)
    qapp.setFont(larger)
    dialog = model_facts_dialog(FACTS, window._theme, window)
    screen = window.screen().availableSize()
    assert dialog.width() < screen.width()
    assert dialog.height() < screen.height()
    qapp.setFont(font)
    dialog.deleteLater()


def test_the_bundled_models_page_can_be_written(theme: Theme) -> None:
    page = ModelPage(models_facts([(models_dir() / "cifake.json", False)]), theme)
    said = page.toPlainText()
    assert said.startswith("CIFAKE model\nWhat it knows\nPictures of exactly 32×32 pixels, from these origins: ")
    assert "What the words mean" in said
    page.deleteLater()


def test_a_models_name_stands_above_its_parts_and_larger(theme: Theme) -> None:
    page = ModelPage(
        [Section("Which", "Size."), Section("A model", "", opens=True), Section("Range", "Any.")], theme
    )
    blocks = [page.document().findBlockByNumber(number) for number in range(page.document().blockCount())]
    levels = {block.text(): block.blockFormat().headingLevel() for block in blocks}
    assert levels == {"Which": 2, "Size.": 0, "A model": 1, "Range": 2, "Any.": 0}
    page.deleteLater()
