"""What the offline models know: headings, paragraphs and tables on one page that can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QDialog, QTextEdit, QWidget

from desktop_app.detectors.fact_tables import Table
from desktop_app.detectors.facts import Section
from desktop_app.ui.dialogs.pages import page_dialog
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate

_OPENING_SPACE = 1.6  # above a model's name, by that above other headings
_NAMES = 1.9  # width of the column of names, by that of a column of numbers


def model_facts_dialog(facts: Sequence[Section], theme: Theme, parent: QWidget) -> QDialog:
    """What the offline models know, from their cards and the figures beside them."""
    title = translate("Dialog", "What the offline models know")
    page = ModelPage(facts, theme)
    page.setAccessibleName(title)
    return page_dialog(title, page, parent, letters=128, lines=40)


class ModelPage(QTextEdit):
    """Follows the theme: a document's tables don't know the style sheet."""

    def __init__(self, facts: Sequence[Section], theme: Theme) -> None:
        super().__init__()
        self._facts = facts
        self._theme = theme
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        # A table's columns, rounded up, can be a pixel wider than the page.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Anywhere: a hash is one long word.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._write()
        theme.changed.connect(self._write)

    def _write(self) -> None:
        self.clear()
        line = self.fontMetrics().height()
        self.document().setDocumentMargin(line * 0.9)
        cursor = self.textCursor()
        for number, section in enumerate(self._facts):
            self._heading(cursor, section.heading, line if number else 0, opens=section.opens)
            for paragraph in section.text.split("\n") if section.text else ():
                self._paragraph(cursor, paragraph, line * 0.2)
            if section.table is not None:
                # The heading that follows a table has no space above it: Qt leaves out that of a first block.
                self._table(cursor, section.table, line, below=0.4 if section.note else 1.0)
            if section.note:
                self._paragraph(cursor, section.note, line * 0.2, muted=True)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _heading(self, cursor: QTextCursor, text: str, space: float, *, opens: bool) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(_OPENING_SPACE * space if opens else space)
        block.setHeadingLevel(1 if opens else 2)
        if cursor.block().text():
            cursor.insertBlock()
        cursor.setBlockFormat(block)
        cursor.insertText(text, _letters(bold=True, larger=2 if opens else 1))

    def _paragraph(self, cursor: QTextCursor, text: str, space: float, *, muted: bool = False) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(space)
        if cursor.block().text():
            cursor.insertBlock()
        cursor.setBlockFormat(block)
        letters = _letters()
        if muted:
            letters.setForeground(QBrush(self._theme.colours.muted))
        cursor.insertText(text, letters)

    def _table(self, cursor: QTextCursor, content: Table, line: float, *, below: float) -> None:
        shape = _table_format(len(content.columns))
        shape.setTopMargin(line * 0.5)
        shape.setBottomMargin(line * below)
        table = cursor.insertTable(1 + len(content.rows), len(content.columns), shape)
        for row, texts in enumerate((content.columns, *content.rows)):
            if len(texts) < len(content.columns):
                table.mergeCells(row, 0, 1, len(content.columns))
            for column, text in enumerate(texts):
                self._cell(table, row, column, text, heading=row == 0 or len(texts) == 1)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _cell(self, table: QTextTable, row: int, column: int, text: str, *, heading: bool) -> None:
        cell, colours = table.cellAt(row, column), self._theme.colours
        look = QTextTableCellFormat()
        look.setBottomBorder(1)
        look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBottomBorderBrush(QBrush(colours.hatch if row == 0 else colours.border))
        pad = self.fontMetrics().height() * 0.25
        look.setTopPadding(pad * (2 if heading and row else 1))
        look.setBottomPadding(pad)
        look.setRightPadding(0 if column == table.columns() - 1 else 2 * pad)
        if row == 0:
            look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBottom)
        cell.setFormat(look)
        cursor = cell.firstCursorPosition()
        block = QTextBlockFormat()
        block.setAlignment(Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft)
        cursor.setBlockFormat(block)
        letters = _letters(bold=heading)
        if row == 0:
            letters.setForeground(QBrush(colours.muted))
        cursor.insertText(text, letters)


def _table_format(columns: int) -> QTextTableFormat:
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setBorderCollapse(True)
    shape.setCellPadding(0)
    shape.setCellSpacing(0)
    shape.setHeaderRowCount(1)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    share = 100 / (_NAMES + columns - 1)
    shares = [share * _NAMES, *[share] * (columns - 1)]
    shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, wide) for wide in shares])
    return shape


def _letters(*, bold: bool = False, larger: int = 0) -> QTextCharFormat:
    letters = QTextCharFormat()
    if bold:
        letters.setFontWeight(QFont.Weight.DemiBold)
    if larger:
        letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, larger)
    return letters
