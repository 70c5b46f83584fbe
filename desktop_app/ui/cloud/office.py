"""What the window does about cloud mode and links: set-up, batches, the waiting queue, private hosts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import LinkPrivateError
from desktop_app.core.estimates import Mode
from desktop_app.core.items import Item
from desktop_app.system.settings import Settings
from desktop_app.ui.cloud.batches import ASK_FROM, Batch, BatchGate
from desktop_app.ui.cloud.errands import Errands
from desktop_app.ui.cloud.keys import KeyKeeper
from desktop_app.ui.cloud.receiver import Receiver, receiver_of, with_key
from desktop_app.ui.desk import Desk
from desktop_app.ui.dialogs.cloud_page import CloudPage
from desktop_app.ui.dialogs.consent import ConsentDialog
from desktop_app.ui.dialogs.key import KeyDialog
from desktop_app.ui.dialogs.uploads import UploadsDialog
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.panels.cloud_banner import CloudBanner
from desktop_app.ui.panels.mode_switch import ModeSwitch
from desktop_app.ui.ports import Services
from desktop_app.ui.preferences import Preferences

_LOOK_MS = 40  # between two looks whether waiting items have become offline ones
_MOST_LOOKS = 250


class CloudOffice(QObject):
    """One for a window. Nothing here waits: the key store, the disk and the network are asked in errands."""

    settings_asked = Signal()
    """The address has to be mended in the settings."""
    offline_known = Signal(str)
    """Which pictures offline mode answers, as a part of a sentence."""

    def __init__(
        self, services: Services, preferences: Preferences, desk: Desk, switch: ModeSwitch, window: QWidget
    ) -> None:
        super().__init__(window)
        self._services = services
        self._preferences = preferences
        self._desk = desk
        self._switch = switch
        self._window = window
        self.cloud = services.make_cloud(preferences.settings)
        self.errands = Errands(self)
        self.keys = KeyKeeper(self.cloud, self.errands, self)
        self.gate = BatchGate(self.errands, lambda: self.receiver().name, window)
        self.banner = CloudBanner()
        self.gate.admitted.connect(desk.add)
        self.keys.changed.connect(self.refresh)
        self.keys.saved.connect(self.banner.mended_key)
        switch.explanation_wanted.connect(lambda _choice: self.set_up())
        switch.chosen.connect(self._on_chosen)
        desk.blocked.connect(self.banner.show_error)
        self.banner.resume_asked.connect(self._resume)
        self.banner.offline_asked.connect(self.check_offline)
        self.banner.settings_asked.connect(self.settings_asked)
        self.banner.agree_asked.connect(lambda: self._ask_consent(self.refresh))
        self.banner.key_asked.connect(lambda: self._ask_key(self.refresh))

    def start(self) -> None:
        """Called when the pipeline is there."""
        self.refresh()
        if self._switch.mode is Mode.CLOUD:
            if self.cloud.permissions.upload:
                self._on_chosen(Mode.CLOUD)
            else:
                self._switch.choose(Mode.OFFLINE)

    def close(self) -> None:
        """Withdraw what is under way."""
        self.keys.stop_test()
        self.gate.close()
        self.errands.close()

    def in_force(self) -> Settings:
        """The settings that the pipeline goes by, with what is allowed now."""
        permissions = self.cloud.permissions
        return msgspec.structs.replace(
            self._preferences.in_force, upload_accepted=permissions.upload, allowed_hosts=permissions.hosts
        )

    def receiver(self) -> Receiver:
        """Who gets the pictures now."""
        return receiver_of(self._preferences.in_force)

    def refresh(self) -> None:
        """Show what can be chosen now."""
        settings = self.in_force()
        choices = self._services.detector_choices(settings)
        self._switch.show_choices(with_key(choices, settings, missing=self.keys.missing))
        self.offline_known.emit(next((choice.knows for choice in choices if choice.mode is Mode.OFFLINE), ""))

    # ------------------------------------------------------------ set-up

    def set_up(self) -> None:
        """Ask for whatever cloud mode still lacks, one after the other, then choose it."""
        receiver = self.receiver()
        self.refresh()
        if receiver.problem:
            self.settings_asked.emit()
        elif not self.cloud.permissions.upload:
            self._ask_consent(self.set_up)
        elif receiver.needs_key and self.keys.status is None:
            self.keys.ask(self.set_up)
        elif receiver.needs_key and self.keys.missing:
            self._ask_key(self.set_up)
        elif self._switch.is_ready(Mode.CLOUD):
            self._switch.choose(Mode.CLOUD)
        else:
            self.settings_asked.emit()

    def withdraw(self) -> None:
        """Send nothing any more."""
        self.cloud.permissions.set_upload(allowed=False)
        self._preferences.change(upload_accepted=False)
        self._switch.choose(Mode.OFFLINE)
        self.refresh()

    def restarted(self) -> None:
        """Another pipeline was built, maybe with another receiver."""
        allowed = self._preferences.settings.upload_accepted
        self.cloud.permissions.set_upload(allowed=allowed)
        self.refresh()
        if self._switch.mode is Mode.CLOUD and not allowed:
            self._switch.choose(Mode.OFFLINE)
            self.set_up()

    def page(self) -> CloudPage:
        """The settings' page, connected."""
        page = CloudPage(self.keys, self._preferences.settings)
        page.show_state(self.in_force())
        page.agree_asked.connect(lambda: self._ask_consent(lambda: page.show_state(self.in_force()), page))
        for asked, work in ((page.withdraw_asked, self.withdraw), (page.forget_asked, self._forget_hosts)):
            asked.connect(work)
            asked.connect(lambda: page.show_state(self.in_force()))
        page.uploads_asked.connect(lambda: self.show_uploads(page))
        page.shown.connect(self.keys.ask)
        return page

    def show_uploads(self, parent: QWidget | None = None) -> UploadsDialog:
        """Open the list of what was sent."""
        dialog = UploadsDialog(self.cloud.uploads, self.errands, parent or self._window)
        dialog.open()
        return dialog

    # ------------------------------------------------------------ the waiting queue

    def check_offline(self) -> None:
        """Check offline what waits for the cloud, then go on."""
        store = self._desk.listing.store
        waiting = [item_id for item_id in store.all_ids() if _waits_for_cloud(store.get(item_id))]
        self._desk.cancel(waiting)
        self._desk.retry(waiting, Mode.OFFLINE)
        self._resume_without(waiting, _MOST_LOOKS)

    def _resume_without(self, moving: list[int], looks: int) -> None:
        # Not at once: a reader could take one before it has become an offline item, and pause the queue again.
        store = self._desk.listing.store
        if looks and any(_waits_for_cloud(store.get(item_id)) for item_id in moving):
            QTimer.singleShot(_LOOK_MS, self, lambda: self._resume_without(moving, looks - 1))
        else:
            self._resume()

    def _resume(self) -> None:
        self._desk.pause(False)  # noqa: FBT003  # the slot of a signal

    def recheck(self, item_ids: Sequence[int], mode: Mode) -> None:
        """Check items again in ``mode``; for the cloud many are asked about, since all of them are sent."""
        items = [item for item in map(self._desk.listing.store.get, item_ids) if item is not None]
        if mode is Mode.OFFLINE or len(items) < ASK_FROM:
            self._desk.retry(item_ids, mode)
            return
        batch = Batch(len(items), sum(item.size or 0 for item in items), whole=True)
        self.gate.ask(batch, lambda chosen: self._desk.retry(item_ids, chosen))

    # ------------------------------------------------------------ links

    def allow_host(self, host: str) -> None:
        """Let links lead to a private host from now on, and try again what failed for its sake."""
        self.cloud.permissions.allow_host(host)
        self._preferences.change(allowed_hosts=self.cloud.permissions.hosts)
        store = self._desk.listing.store
        failed = map(store.get, store.ids_in(Group.FAILED))
        self._desk.retry([item.id for item in failed if item is not None and _leads_to(item, host)])

    def _forget_hosts(self) -> None:
        self.cloud.permissions.forget_hosts()
        self._preferences.change(allowed_hosts=())

    # ------------------------------------------------------------ asking

    def _on_chosen(self, mode: object) -> None:
        if mode is not Mode.CLOUD or not self.receiver().needs_key or self.keys.status is not None:
            return
        # Chosen at once, because the keyring may take its time; taken back when it turns out to have no key.
        self.keys.ask(self._on_asked)

    def _on_asked(self) -> None:
        if self.keys.missing and self._switch.mode is Mode.CLOUD:
            self._switch.choose(Mode.OFFLINE)
            self.set_up()

    def _ask_consent(self, then: object, parent: QWidget | None = None) -> None:
        dialog = ConsentDialog(self.receiver(), parent or self._window)
        dialog.accepted.connect(self._agreed)
        dialog.accepted.connect(then)
        dialog.open()

    def _agreed(self) -> None:
        self.cloud.permissions.set_upload(allowed=True)
        # The agreement is to this receiver; another one in the settings is asked for when it comes into force.
        if receiver_of(self._preferences.settings) == self.receiver():
            self._preferences.change(upload_accepted=True)
        self.refresh()
        self.banner.mended_agreement()

    def _ask_key(self, then: object) -> None:
        dialog = KeyDialog(self.keys, self._preferences.in_force, self._window)
        dialog.accepted.connect(then)
        dialog.open()


def _waits_for_cloud(item: Item | None) -> bool:
    return item is not None and item.mode is Mode.CLOUD and not item.state.finished


def _leads_to(item: Item, host: str) -> bool:
    return isinstance(item.error, LinkPrivateError) and item.error.host == host
