"""Asking for the key when it is needed: after the agreement, or from the banner."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from desktop_app.system.settings import Settings
from desktop_app.ui.cloud.key_panel import KeyPanel
from desktop_app.ui.cloud.keys import KeyKeeper
from desktop_app.ui.dialogs.fitted import FittedDialog
from desktop_app.ui.panels.buttons import label

_LETTERS = 84


class KeyDialog(FittedDialog):
    """Accepted as soon as a key is saved."""

    def __init__(self, keeper: KeyKeeper, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle(self.tr("Key from NVIDIA"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = KeyPanel(keeper, settings)
        self.panel.saved.connect(self.accept)
        self.finished.connect(lambda _result: keeper.stop_test())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)  # Qt's own
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(label(self.tr("Your key from NVIDIA"), "hero", wrap=True))
        layout.addWidget(
            label(
                self.tr(
                    "Cloud mode asks NVIDIA with your own key. Keys come from build.nvidia.com, API keys. "
                    "Telltale keeps yours in this computer's keyring and shows its last four characters only."
                ),
                "muted",
                wrap=True,
            )
        )
        layout.addWidget(self.panel)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.panel.field.setFocus()
        keeper.ask()
