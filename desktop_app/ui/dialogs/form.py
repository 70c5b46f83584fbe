"""Headings and lines of the settings: words on the left, the field on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop_app.ui.panels.buttons import label

Line = tuple[str, str, QWidget]
"""Title, explanation, field."""
Section = tuple[str, Sequence[Line]]


def add_sections(grid: QGridLayout, sections: Sequence[Section]) -> None:
    """Add sections below what is already in ``grid``."""
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    row = grid.rowCount()
    for heading, lines in sections:
        grid.addWidget(label(heading, "heading"), row, 0, 1, 2)
        row += 1
        for title, about, field in lines:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(title))
            words.addWidget(label(about, "muted", wrap=True))
            field.setMinimumHeight(round(field.fontMetrics().height() * 1.9))
            field.setAccessibleName(title)
            field.setAccessibleDescription(about)
            grid.addLayout(words, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignVCenter)
            row += 1
        grid.setRowMinimumHeight(row, 8)
        row += 1


def number(least: int, most: int, suffix: str) -> QSpinBox:
    """A field for a whole number."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setSuffix(suffix)
    return box


def seconds(most: float, suffix: str) -> QDoubleSpinBox:
    """A field for seconds; whole ones are enough for most people."""
    box = QDoubleSpinBox()
    box.setRange(1, most)
    box.setDecimals(0)
    box.setSuffix(suffix)
    return box


def address(letters: int, place_holder: str) -> QLineEdit:
    """A field for a web address."""
    field = QLineEdit()
    field.setMaxLength(2000)
    field.setPlaceholderText(place_holder)
    field.setMinimumWidth(field.fontMetrics().averageCharWidth() * letters)
    field.setAcceptDrops(False)
    return field
