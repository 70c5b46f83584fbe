"""The details of one mark as one document: with a widget a line, four marks took 150 ms to show."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import (
    QBrush,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from desktop_app.core.evidence import Evidence
from desktop_app.core.text import plain
from desktop_app.ui.fact_words import where_sentence
from desktop_app.ui.panels.foreign_text import ForeignText
from desktop_app.ui.theme import Theme

_LONGEST = 4_000
_HEADINGS, _TEXTS = 37, 63  # percent of the width


class EvidenceText(ForeignText):
    """Follows the theme: a document's colours don't know the style sheet. Its text is inserted, never parsed."""

    def __init__(self, evidence: Evidence, theme: Theme) -> None:
        self._evidence = evidence
        self._theme = theme
        self._with_private = False
        super().__init__()
        self._write()
        theme.changed.connect(self._write)

    def show_private(self, *, visible: bool) -> None:
        """With or without prompts and settings."""
        self._with_private = visible
        self._write()

    def _write(self) -> None:
        evidence = self._evidence
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self._table(cursor, evidence.detail)
        if evidence.where:
            self._paragraph(cursor, where_sentence(evidence), 0.0, muted=True)
        if self._with_private:
            for heading, text in evidence.private:
                self._paragraph(cursor, heading, 0.5, muted=True)
                self._paragraph(cursor, text, 0.1)
        cursor.endEditBlock()
        self.setAccessibleName(self.text())
        self.fit()

    def _paragraph(self, cursor: QTextCursor, text: str, space: float, *, muted: bool = False) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(self.fontMetrics().height() * space)
        if cursor.block().text():
            cursor.insertBlock()
        cursor.setBlockFormat(block)
        cursor.insertText(_shown(text), self._letters(muted=muted))

    def _table(self, cursor: QTextCursor, rows: Iterable[tuple[str, str]]) -> None:
        rows = tuple(rows)
        if not rows:
            return
        table = cursor.insertTable(len(rows), 2, self._table_format())
        look = QTextTableCellFormat()
        look.setTopPadding(self.fontMetrics().height() * 0.2)
        look.setRightPadding(self.fontMetrics().height() * 0.4)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                cell = table.cellAt(row, column)
                cell.setFormat(look)
                cell.firstCursorPosition().insertText(_shown(text), self._letters(muted=not column))
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _table_format(self) -> QTextTableFormat:
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(0)
        shape.setCellSpacing(0)
        shape.setBottomMargin(self.fontMetrics().height() * 0.3)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shares = (_HEADINGS, _TEXTS)
        shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, wide) for wide in shares])
        return shape

    def _letters(self, *, muted: bool) -> QTextCharFormat:
        letters = QTextCharFormat()
        colours = self._theme.colours
        letters.setForeground(QBrush(colours.muted if muted else colours.text))
        return letters


def _shown(text: str) -> str:
    return plain(text, _LONGEST)
