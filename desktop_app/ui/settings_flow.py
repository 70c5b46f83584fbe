"""From the settings dialog to what changes in the window."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.system.settings import Settings
from desktop_app.ui.cloud.office import CloudOffice
from desktop_app.ui.cloud.receiver import receiver_of
from desktop_app.ui.dialogs.offline_page import OfflinePage
from desktop_app.ui.dialogs.settings import SettingsDialog
from desktop_app.ui.ports import Services
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.theme import Theme
from desktop_app.ui.trust_flow import TrustFlow


class SettingsFlow(QObject):
    """Opens the dialog and does what its acceptance means."""

    noticed = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        office: CloudOffice,
        theme: Theme,
        restart: Callable[[], bool],
        services: Services,
        window: QWidget,
    ) -> None:
        """Connect the parts.

        Args:
            preferences: where the settings are remembered.
            office: gives the page of cloud mode.
            theme: follows at once.
            restart: builds the pipeline anew if nothing runs, and says whether it did.
            services: read the cards of the offline models, and keep lists of signers; not in the GUI thread.
            window: the dialog's parent.
        """
        super().__init__(window)
        self._preferences = preferences
        self._office = office
        self._theme = theme
        self._restart = restart
        self._list_models = services.offline_models
        self._window = window
        self._trust = TrustFlow(services.trust, office.errands, self)
        self._trust.changed.connect(self._on_lists_changed)
        self._lists_wait = False

    def open(self, *, cloud: bool = False, trust: bool = False) -> SettingsDialog:
        """Open the dialog, at the cloud's page or that of the lists of signers if wanted."""
        settings = self._preferences.settings
        dialog = SettingsDialog(
            settings, self._window, self._office.page(), self._offline_page(), self._trust.page()
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.take(dialog.settings(self._preferences.settings)))
        dialog.finished.connect(lambda _result: self._office.keys.stop_test())
        dialog.finished.connect(lambda _result: self._trust.stop())
        if cloud:
            dialog.show_cloud()
        if trust:
            dialog.show_trust()
        dialog.open()
        return dialog

    def _offline_page(self) -> OfflinePage:
        page = OfflinePage(self._preferences.settings)
        page.listing_asked.connect(lambda folder: self._fill(page, folder))
        return page

    def _fill(self, page: OfflinePage, folder: str) -> None:
        settings = msgspec.structs.replace(self._preferences.settings, models_folder=folder)
        self._office.errands.run(
            lambda: self._list_models(settings),
            lambda models: page.show_models(folder, models),
            lambda error: page.show_problem(folder, error),
        )

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
        if not self._renew():
            self.noticed.emit(
                self.tr("The new limits, models and service settings hold when you start Telltale again.")
            )

    def settle(self) -> None:
        """Nothing may be running any more: let lists of signers hold that came while something was."""
        if self._lists_wait:
            self._lists_wait = not self._renew()

    def _on_lists_changed(self) -> None:
        self._lists_wait = not self._renew()
        self.noticed.emit(
            self.tr("Signers are looked up on the new lists once what is being checked now is done.")
            if self._lists_wait
            else self.tr("Signers are looked up on the new lists from now on; re-check pictures to see more.")
        )

    def _renew(self) -> bool:
        if not self._restart():
            return False
        self._preferences.in_force = self._preferences.settings
        self._office.restarted()
        return True
