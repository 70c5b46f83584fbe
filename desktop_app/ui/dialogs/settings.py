"""The settings, in plain words."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from desktop_app.system.settings import Settings
from desktop_app.ui.panels.buttons import label

translate = QCoreApplication.translate

_THEMES = ("system", "light", "dark")
LIMITS = ("max_megapixels", "max_file_mb", "picture_seconds", "jobs")
"""The settings that the pipeline is built with."""


class SettingsDialog(QDialog):
    """Shows settings and gives changed ones back."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Settings"))
        self._theme = QComboBox()
        for title in (self.tr("Like the system"), self.tr("Light"), self.tr("Dark")):
            self._theme.addItem(title)
        self._pixels = _number(1, 1000, self.tr(" million"))
        self._file = _number(1, 4096, self.tr(" MB"))
        self._seconds = _number(1, 600, self.tr(" s"))
        self._jobs = _number(0, 64, "")
        self._jobs.setSpecialValueText(self.tr("Automatic"))
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        restore = self._buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        restore.clicked.connect(lambda: self.show_settings(Settings()))
        self._lay_out()
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self._theme.setCurrentIndex(_THEMES.index(settings.theme))
        self._pixels.setValue(settings.max_megapixels)
        self._file.setValue(settings.max_file_mb)
        self._seconds.setValue(round(settings.picture_seconds))
        self._jobs.setValue(settings.jobs)

    def settings(self) -> Settings:
        """The settings with what was changed here."""
        return msgspec.structs.replace(
            self._settings,
            theme=_THEMES[self._theme.currentIndex()],
            max_megapixels=self._pixels.value(),
            max_file_mb=self._file.value(),
            picture_seconds=float(self._seconds.value()),
            jobs=self._jobs.value(),
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        row = 0
        for heading, lines in self._sections():
            grid.addWidget(label(heading, "heading"), row, 0, 1, 2)
            row += 1
            for title, about, field in lines:
                words = QVBoxLayout()
                words.setSpacing(0)
                words.addWidget(label(title))
                words.addWidget(label(about, "muted", wrap=True))
                field.setMinimumHeight(round(self.fontMetrics().height() * 1.9))
                field.setAccessibleName(title)
                field.setAccessibleDescription(about)
                grid.addLayout(words, row, 0)
                grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignVCenter)
                row += 1
            grid.setRowMinimumHeight(row, 8)
            row += 1
        note = self.tr("New limits hold at once while the list is empty, otherwise from the next start.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addLayout(grid)
        layout.addWidget(label(note, "muted", wrap=True))
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 90)

    def _sections(self) -> list[tuple[str, list[tuple[str, str, QWidget]]]]:
        return [
            (self.tr("Look"), [(self.tr("Colours"), self.tr("Follows a change at once."), self._theme)]),
            (
                self.tr("Limits"),
                [
                    (
                        self.tr("Largest picture"),
                        self.tr("Pictures with more pixels are refused before they are read."),
                        self._pixels,
                    ),
                    (self.tr("Largest file"), self.tr("Larger files are refused."), self._file),
                    (
                        self.tr("Longest time for one picture"),
                        self.tr("Reading a picture is stopped after this time."),
                        self._seconds,
                    ),
                ],
            ),
            (
                self.tr("Speed"),
                [
                    (
                        self.tr("Pictures at the same time"),
                        self.tr("Automatic takes one for every processor."),
                        self._jobs,
                    )
                ],
            ),
        ]


def _number(least: int, most: int, suffix: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setSuffix(suffix)
    return box
