"""Dialogs that only show something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app import __version__
from desktop_app.ui.icons import app_icon
from desktop_app.ui.panels.buttons import label

translate = QCoreApplication.translate

_MOST_OF_SCREEN = 0.9  # large letters must not push the buttons out of sight


def shortcuts_dialog(shortcuts: Sequence[tuple[str, str]], parent: QWidget) -> QDialog:
    """All keys."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(6)
    lines = [
        *shortcuts,
        (translate("Dialog", "Show the details of the current picture"), translate("Dialog", "Enter or Space")),
        (translate("Dialog", "Select one more, or let it go"), translate("Dialog", "Ctrl+click, Ctrl+Space")),
        (translate("Dialog", "Select up to here"), translate("Dialog", "Shift+click, Shift+arrows")),
    ]
    for row, (words, keys) in enumerate(lines):
        grid.addWidget(label(words), row, 0)
        grid.addWidget(label(keys, "strong"), row, 1)
    grid.setRowStretch(len(lines), 1)
    return page_dialog(translate("Dialog", "Keyboard shortcuts"), page, parent, letters=84, lines=34)


def about_dialog(parent: QWidget) -> QDialog:
    """Who and what."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setSpacing(20)
    picture = QLabel()
    picture.setAccessibleName(translate("Dialog", "Telltale's icon"))
    picture.setPixmap(app_icon().pixmap(72, 72))
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.addWidget(label(translate("Dialog", "Telltale {version}").format(version=__version__), "title"))
    words.addWidget(
        label(
            translate(
                "Dialog",
                "Says what a picture gives away about its origin. An estimate is never proof: look at where a "
                "picture comes from, too.",
            ),
            wrap=True,
        )
    )
    words.addWidget(label(translate("Dialog", "Free software under the MIT licence."), "muted", wrap=True))
    words.addStretch(1)
    row.addLayout(words, 1)
    return page_dialog(translate("Dialog", "About Telltale"), page, parent, letters=80, lines=15)


def page_dialog(title: str, page: QWidget, parent: QWidget, *, letters: int, lines: int) -> QDialog:
    """A dialog around a page, about ``letters`` wide and ``lines`` high, that deletes itself when closed."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(page if isinstance(page, QTextEdit) else _scrolled(page, title), 1)
    layout.addWidget(buttons)
    metrics = dialog.fontMetrics()
    wanted = QSize(letters * metrics.averageCharWidth(), lines * metrics.lineSpacing())
    dialog.resize(wanted.boundedTo(parent.screen().availableSize() * _MOST_OF_SCREEN))
    return dialog


def _scrolled(page: QWidget, title: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setAccessibleName(title)
    return area
