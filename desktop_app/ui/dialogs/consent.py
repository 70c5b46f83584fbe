"""Before the first upload: what leaves, to whom, under which terms."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.cloud.receiver import Receiver
from desktop_app.ui.dialogs.fitted import FittedDialog
from desktop_app.ui.panels.buttons import label, push

_LETTERS = 92


class ConsentDialog(FittedDialog):
    """Accepted by "I agree" alone."""

    def __init__(self, receiver: Receiver, parent: QWidget | None = None) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle(self.tr("Before anything is sent"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.agree = push(self.tr("I agree"), "primary")
        self.agree.clicked.connect(self.accept)
        self.not_now = push(self.tr("Not now"))
        self.not_now.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("Cloud mode sends pictures away"), "hero", wrap=True))
        for heading, text in self._paragraphs(receiver):
            layout.addWidget(label(heading, "heading"))
            layout.addWidget(label(text, wrap=True))
        layout.addStretch(1)
        layout.addSpacing(10)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("You can withdraw this in Settings, Cloud."), "muted", wrap=True), 1)
        row.addWidget(self.not_now)
        row.addWidget(self.agree)
        layout.addLayout(row)
        self.not_now.setFocus()

    def _paragraphs(self, receiver: Receiver) -> list[tuple[str, str]]:
        return [
            (
                self.tr("What leaves this computer"),
                self.tr(
                    "Every picture that you check in cloud mode, without its metadata (place, camera, time). "
                    "Large pictures, and those that are neither JPEG nor PNG, go as a JPEG copy; the card says so."
                ),
            ),
            (self.tr("Who gets it"), self._whom(receiver)),
            (self.tr("Under which terms"), self._terms(receiver)),
            (
                self.tr("What not to send"),
                self.tr("Don't send confidential or personal pictures. Offline mode needs no upload."),
            ),
        ]

    def _whom(self, receiver: Receiver) -> str:
        if receiver.hosted:
            text = self.tr(
                "NVIDIA, at {host}, with your own key. The model that answers is made by Hive, a third party."
            )
        else:
            text = self.tr(
                "The service at {host}, which you entered in Settings. The model that answers is made by Hive, a "
                "third party. Whoever runs that service sees your pictures."
            )
        return text.format(host=receiver.host)

    def _terms(self, receiver: Receiver) -> str:
        if not receiver.hosted:
            return self.tr("Those of whoever runs the service. Telltale lists in Settings what it sent, and when.")
        return self.tr(
            "NVIDIA's trial service is for evaluation. Pictures that go through its asset store, which is off "
            "unless you turn it on, can stay there for up to 24 hours unless they are deleted; Telltale deletes "
            "them as soon as it has the answer. Telltale lists in Settings what it sent, and when."
        )
