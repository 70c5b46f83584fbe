"""The settings' second page: agreement, key, service, links."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.system.settings import Settings
from desktop_app.ui.cloud.key_panel import KeyPanel
from desktop_app.ui.cloud.keys import KeyKeeper
from desktop_app.ui.cloud.receiver import receiver_of
from desktop_app.ui.dialogs.form import Section, add_sections, address, number, seconds
from desktop_app.ui.panels.buttons import label, push


class CloudPage(QWidget):
    """Fields give their values back with the dialog; buttons act at once."""

    agree_asked = Signal()
    withdraw_asked = Signal()
    forget_asked = Signal()
    uploads_asked = Signal()
    shown = Signal()

    def __init__(self, keeper: KeyKeeper, settings: Settings) -> None:
        super().__init__()
        self.url = address(34, "http://…:8000")
        self.needs_key = QCheckBox()
        self.faces_url = address(34, "http://…:8001")
        self.concurrency = number(1, 64, "")
        self.connect_seconds = seconds(600, self.tr(" s"))
        self.read_seconds = seconds(3600, self.tr(" s"))
        self.write_seconds = seconds(3600, self.tr(" s"))
        self.asset_upload, self.faces = QCheckBox(), QCheckBox()
        self.download_mb = number(1, 1024, self.tr(" MB"))
        self._problem = label("", "strong", wrap=True)
        self._agreement, self._hosts = label("", wrap=True), label("", wrap=True)
        self.agree = push(self.tr("Agree…"))
        self.withdraw = push(self.tr("Withdraw"))
        self.uploads = push(self.tr("What was sent…"))
        self.forget = push(self.tr("Forget"), described=self.tr("Forget the allowed hosts"))
        for button, signal in (
            (self.agree, self.agree_asked),
            (self.withdraw, self.withdraw_asked),
            (self.uploads, self.uploads_asked),
            (self.forget, self.forget_asked),
        ):
            button.clicked.connect(signal)
        self.key = KeyPanel(keeper, settings)
        self._lay_out()
        for field in (self.url, self.faces_url):
            field.textChanged.connect(self._refresh)
        for box in (self.needs_key, self.faces):
            box.toggled.connect(self._refresh)
        self.show_settings(settings)
        self.show_state(settings)

    def showEvent(self, event: QShowEvent) -> None:
        """Time to ask where the key lies; not before, since that may open the keyring's own dialog."""
        super().showEvent(event)
        self.shown.emit()

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.url.setText(settings.nim_url)
        self.needs_key.setChecked(settings.nim_needs_key)
        self.faces_url.setText(settings.nim_faces_url)
        self.concurrency.setValue(settings.nim_concurrency)
        self.connect_seconds.setValue(settings.nim_connect_seconds)
        self.read_seconds.setValue(settings.nim_read_seconds)
        self.write_seconds.setValue(settings.nim_write_seconds)
        self.asset_upload.setChecked(settings.nim_asset_upload)
        self.faces.setChecked(settings.nim_faces)
        self.download_mb.setValue(settings.max_download_mb)
        self._refresh()

    def show_state(self, settings: Settings) -> None:
        """Show what was agreed to and which hosts are allowed."""
        agreed = settings.upload_accepted
        self._agreement.setText(
            self.tr("You agreed that pictures checked in cloud mode are sent to {name}.").format(
                name=receiver_of(settings).name
            )
            if agreed
            else self.tr("You have not agreed that pictures are sent anywhere, so none are.")
        )
        self.withdraw.setVisible(agreed)
        self.agree.setVisible(not agreed)
        hosts = settings.allowed_hosts
        self._hosts.setText(
            self.tr("Links may lead to these private hosts: {hosts}.").format(hosts=", ".join(hosts))
            if hosts
            else self.tr("Links into private networks are refused until you allow a host on its card.")
        )
        self.forget.setVisible(bool(hosts))

    def changed(self, base: Settings) -> Settings:
        """``base`` with what the fields say."""
        return msgspec.structs.replace(
            base,
            nim_url=self.url.text().strip(),
            nim_needs_key=self.needs_key.isChecked(),
            nim_faces_url=self.faces_url.text().strip(),
            nim_concurrency=self.concurrency.value(),
            nim_connect_seconds=self.connect_seconds.value(),
            nim_read_seconds=self.read_seconds.value(),
            nim_write_seconds=self.write_seconds.value(),
            nim_asset_upload=self.asset_upload.isChecked(),
            nim_faces=self.faces.isChecked(),
            max_download_mb=self.download_mb.value(),
        )

    @property
    def problem(self) -> str:
        """Why the address can't be used, as shown."""
        return self._problem.text()

    def _refresh(self) -> None:
        own = bool(self.url.text().strip())
        self.needs_key.setEnabled(own)
        self.faces_url.setEnabled(own and not self.needs_key.isChecked() and self.faces.isChecked())
        settings = self.changed(Settings())
        receiver = receiver_of(settings)
        self._problem.setText(receiver.problem)
        self._problem.setVisible(bool(receiver.problem))
        self.key.use_settings(settings)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("Your agreement"), "heading"))
        layout.addLayout(_row(self._agreement, self.agree, self.withdraw, self.uploads))
        layout.addWidget(label(self.tr("Key from NVIDIA"), "heading"))
        layout.addWidget(self.key)
        grid = QGridLayout()
        add_sections(grid, self._service())
        layout.addLayout(grid)
        layout.insertWidget(layout.count() - 1, self._problem)
        layout.addWidget(label(self.tr("Links"), "heading"))
        links = QGridLayout()
        add_sections(links, self._links())
        layout.addLayout(links)
        layout.addLayout(_row(self._hosts, self.forget))
        layout.addStretch(1)

    def _service(self) -> list[Section]:
        return [
            (
                self.tr("Service"),
                [
                    (
                        self.tr("Your own NIM"),
                        self.tr("Address of a NIM container, or of many behind one. Empty means NVIDIA's."),
                        self.url,
                    ),
                    (
                        self.tr("It wants the key"),
                        self.tr("Off for a plain container: then the key never goes there."),
                        self.needs_key,
                    ),
                    (
                        self.tr("Pictures under way at the same time"),
                        self.tr("NVIDIA's trial service takes about 40 a minute; your own may take more."),
                        self.concurrency,
                    ),
                    (
                        self.tr("Time to connect"),
                        self.tr("After this the service can't be reached."),
                        self.connect_seconds,
                    ),
                    (
                        self.tr("Time to answer"),
                        self.tr("A service that slept may need a minute and a half to wake up."),
                        self.read_seconds,
                    ),
                    (self.tr("Time to send"), self.tr("For one picture, on a slow line."), self.write_seconds),
                ],
            ),
            (
                self.tr("More to check, more to send"),
                [
                    (
                        self.tr("Check faces, too"),
                        self.tr("Asks a second model whether faces were swapped. Sends each picture twice."),
                        self.faces,
                    ),
                    (
                        self.tr("Second address, for faces"),
                        self.tr("One container serves one model; without this, your own NIM checks no faces."),
                        self.faces_url,
                    ),
                    (
                        self.tr("Send large originals whole"),
                        self.tr(
                            "By way of NVIDIA's asset store, not as a smaller copy. They can stay there for up to "
                            "24 hours. NVIDIA is giving this up; where it is refused, a smaller copy goes."
                        ),
                        self.asset_upload,
                    ),
                ],
            ),
        ]

    def _links(self) -> list[Section]:
        about = self.tr("More than this is not downloaded through a link.")
        return [("", [(self.tr("Largest download"), about, self.download_mb)])]


def _row(text: QWidget, *buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(text, 1)
    for button in buttons:
        row.addWidget(button)
    return row
