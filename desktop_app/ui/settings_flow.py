"""From the settings dialog to what changes in the window."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.system.settings import Settings
from desktop_app.ui.cloud.office import CloudOffice
from desktop_app.ui.cloud.receiver import receiver_of
from desktop_app.ui.dialogs.settings import SettingsDialog
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.theme import Theme


class SettingsFlow(QObject):
    """Opens the dialog and does what its acceptance means."""

    noticed = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        office: CloudOffice,
        theme: Theme,
        restart: Callable[[], bool],
        window: QWidget,
    ) -> None:
        """``restart`` builds the pipeline anew if nothing runs, and says whether it did."""
        super().__init__(window)
        self._preferences = preferences
        self._office = office
        self._theme = theme
        self._restart = restart
        self._window = window

    def open(self, *, cloud: bool = False) -> SettingsDialog:
        """Open the dialog, at the cloud's page if wanted."""
        dialog = SettingsDialog(self._preferences.settings, self._window, self._office.page())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.take(dialog.settings(self._preferences.settings)))
        dialog.finished.connect(lambda _result: self._office.keys.stop_test())
        if cloud:
            dialog.show_cloud()
        dialog.open()
        return dialog

    def take(self, settings: Settings) -> None:
        """Remember new settings and let them hold, at once where that can be."""
        before = self._preferences.settings
        if settings.upload_accepted and receiver_of(settings) != receiver_of(before):
            # Who agreed, agreed to another receiver.
            settings = msgspec.structs.replace(settings, upload_accepted=False)
        if settings.theme != before.theme:
            self._theme.choose(settings.theme)
        self._preferences.save(settings)
        if not self._preferences.wait_for_restart:
            return
        if self._restart():
            self._preferences.in_force = self._preferences.settings
            self._office.restarted()
        else:
            self.noticed.emit(self.tr("The new limits and service settings hold when you start Telltale again."))
