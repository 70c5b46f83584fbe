"""The settings, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.system.settings import Settings
from desktop_app.ui.dialogs.cloud_page import CloudPage
from desktop_app.ui.dialogs.form import Section, add_sections, number
from desktop_app.ui.dialogs.offline_page import OfflinePage
from desktop_app.ui.dialogs.trust_page import TrustPage
from desktop_app.ui.panels.buttons import label, push

_THEMES = ("system", "light", "dark")
LIMITS = ("max_megapixels", "max_file_mb", "picture_seconds", "jobs")
"""The settings that the pipeline is built with."""


class SettingsDialog(QDialog):
    """Shows settings and gives changed ones back; ``offline``, ``cloud``, ``trust`` are further pages, if any."""

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        cloud: CloudPage | None = None,
        offline: OfflinePage | None = None,
        trust: TrustPage | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.offline = offline
        self.cloud = cloud
        self.trust = trust
        self.setWindowTitle(self.tr("Settings"))
        self._theme = QComboBox()
        for title in (self.tr("Like the system"), self.tr("Light"), self.tr("Dark")):
            self._theme.addItem(title)
        self._pixels = number(1, 1000, self.tr(" million"))
        self._file = number(1, 4096, self.tr(" MB"))
        self._seconds = number(1, 600, self.tr(" s"))
        self._jobs = number(0, 64, "")
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
        self._pages = QStackedWidget()
        self._tabs = QButtonGroup(self)
        self._lay_out()
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self._theme.setCurrentIndex(_THEMES.index(settings.theme))
        self._pixels.setValue(settings.max_megapixels)
        self._file.setValue(settings.max_file_mb)
        self._seconds.setValue(round(settings.picture_seconds))
        self._jobs.setValue(settings.jobs)
        if self.offline is not None:
            self.offline.show_settings(settings)
        if self.cloud is not None:
            self.cloud.show_settings(settings)

    def accept(self) -> None:
        """Close, unless an address can't be used: that is shown where it is."""
        if self.cloud is not None and self.cloud.problem:
            self.show_cloud()
            return
        super().accept()

    def show_offline(self) -> None:
        """Turn to the page of the offline models."""
        self._turn_to(self.offline)

    def show_cloud(self) -> None:
        """Turn to the page of cloud mode and links."""
        self._turn_to(self.cloud)

    def show_trust(self) -> None:
        """Turn to the page of the lists of signers."""
        self._turn_to(self.trust)

    def settings(self, base: Settings | None = None) -> Settings:
        """``base`` (what was shown first, by default) with what was changed here."""
        changed = msgspec.structs.replace(
            base or self._settings,
            theme=_THEMES[self._theme.currentIndex()],
            max_megapixels=self._pixels.value(),
            max_file_mb=self._file.value(),
            picture_seconds=float(self._seconds.value()),
            jobs=self._jobs.value(),
        )
        for page in (self.offline, self.cloud):
            changed = changed if page is None else page.changed(changed)
        return changed

    def _turn_to(self, page: QWidget | None) -> None:
        for number_of, tab in enumerate(self._tabs.buttons()):
            shown = self._pages.widget(number_of)
            if page is not None and shown is not None and shown.isAncestorOf(page):
                tab.click()

    def _lay_out(self) -> None:
        general = QWidget()
        grid = QGridLayout()
        add_sections(grid, self._sections())
        page = QVBoxLayout(general)
        page.setContentsMargins(0, 0, 0, 0)
        page.addLayout(grid)
        page.addStretch(1)
        note = self.tr(
            "New limits and another model hold at once while nothing is being checked, otherwise when you start "
            "Telltale again."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        self._pages.addWidget(general)
        titles = [self.tr("General")]
        if self.offline is not None:
            self._pages.addWidget(_scrolled(self.offline, self.tr("Settings of the offline models")))
            titles.append(self.tr("Offline models"))
        if self.cloud is not None:
            self._pages.addWidget(_scrolled(self.cloud, self.tr("Settings of cloud mode and links")))
            titles.append(self.tr("Cloud and links"))
        if self.trust is not None:
            self._pages.addWidget(_scrolled(self.trust, self.tr("Lists of signers")))
            titles.append(self.tr("Signers"))
        if len(titles) > 1:
            layout.addWidget(self._tab_row(titles), 0, Qt.AlignmentFlag.AlignLeft)
            self.resize(self.width(), round(self.fontMetrics().height() * 40))
        layout.addWidget(self._pages, 1)
        layout.addWidget(label(note, "muted", wrap=True))
        layout.addWidget(self._buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 96)

    def _tab_row(self, titles: Sequence[str]) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "segments")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for number_of, title in enumerate(titles):
            tab = push(title, "segment")
            tab.setCheckable(True)
            tab.setChecked(not number_of)
            tab.clicked.connect(lambda _checked=False, page=number_of: self._pages.setCurrentIndex(page))
            self._tabs.addButton(tab)
            row.addWidget(tab)
        return frame

    def _sections(self) -> list[Section]:
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


def _scrolled(page: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    return area
