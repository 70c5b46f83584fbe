"""The key's field: entered once, tested, removed, and never shown again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.core.errors import TelltaleError
from desktop_app.system.secrets.secret import looks_usual
from desktop_app.system.settings import Settings
from desktop_app.ui.cloud.keys import KeyKeeper
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.phrases import error_hint, error_sentence

_DOTS = "••••"


class _Field(QLineEdit):
    """Keeps the Enter key to itself: the dialog around it must not close on it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.returnPressed.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class KeyPanel(QWidget):
    """What is done here is done at once, whatever becomes of the dialog around it."""

    saved = Signal()

    def __init__(self, keeper: KeyKeeper, settings: Settings) -> None:
        super().__init__()
        self._keeper = keeper
        self._settings = settings
        self._where = label("", wrap=True)
        self.field = _Field()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(self.tr("Paste a key here: nvapi-…"))
        self.field.setAccessibleName(self.tr("Key from NVIDIA"))
        self.field.setAcceptDrops(False)
        self.field.textChanged.connect(self._refresh)
        self.field.returnPressed.connect(self.save)
        self.save_button = push(self.tr("Save key"), "primary")
        self.save_button.clicked.connect(self.save)
        self.memory_only = QCheckBox(self.tr("Keep it only until Telltale is closed"))
        self.test_button = push(self.tr("Test key"), "quiet")
        self.test_button.clicked.connect(self.test)
        self.remove_button = push(self.tr("Remove key"), "quiet")
        self.remove_button.clicked.connect(self.remove)
        self._unusual = label(
            self.tr(
                "This doesn't look like one of NVIDIA's keys (nvapi- and 64 characters). It can be saved anyway."
            ),
            "muted",
            wrap=True,
        )
        self._told = label("", wrap=True)
        self._lay_out()
        keeper.changed.connect(self._on_changed)
        keeper.saved.connect(self._on_saved)
        self._refresh()

    @property
    def where_text(self) -> str:
        """Where the key lies, as shown."""
        return self._where.text()

    @property
    def told_text(self) -> str:
        """What came of the last action, as shown."""
        return self._told.text()

    @property
    def warns_of_form(self) -> bool:
        """Whether the key that is being entered looks unusual."""
        return not self._unusual.isHidden()

    def use_settings(self, settings: Settings) -> None:
        """Test against this service from now on."""
        self._settings = settings

    def save(self) -> None:
        """Keep what was entered, and forget it here."""
        key = self.field.text()
        if not key.strip():
            return
        self._keeper.save(key, self._refused, memory_only=self.memory_only.isChecked())
        # Not clear(): that could be undone.
        self.field.setText("")
        self._tell(self.tr("Saving…"))

    def test(self) -> None:
        """One question with a tiny built-in picture; with what is being entered, if anything."""
        entered = self.field.text().strip() or None
        self._tell(self.tr("Asking the service about a tiny built-in picture…"))
        self.test_button.setEnabled(False)
        self._keeper.test(self._settings, entered, self._passed, self._failed)

    def remove(self) -> None:
        """Forget the kept key."""
        self._tell("")
        self._keeper.remove(self._refused)

    def _passed(self) -> None:
        self._after_test()
        self._tell(self.tr("The service accepted the key and answered."))

    def _failed(self, error: TelltaleError) -> None:
        self._after_test()
        self._refused(error)

    def _after_test(self) -> None:
        if isValid(self):
            self.test_button.setEnabled(True)

    def _refused(self, error: TelltaleError) -> None:
        self._tell(f"{error_sentence(error)} {error_hint(error)}".strip())

    def _tell(self, text: str) -> None:
        if not isValid(self):  # the dialog was closed meanwhile
            return
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _on_saved(self) -> None:
        self._tell(self.tr("Saved."))
        self.saved.emit()

    def _on_changed(self) -> None:
        status = self._keeper.status
        if status is not None and status.problem is not None and status.where in {"none", "memory"}:
            self.memory_only.setChecked(True)
        self._refresh()

    def _refresh(self) -> None:
        status, entered = self._keeper.status, bool(self.field.text().strip())
        if status is None:
            where = self.tr("Asking where the key is kept…") if self._keeper.busy else ""
        else:
            where = status.words
            if status.last_four:
                where += " " + self.tr("It ends in {dots}{last}.").format(dots=_DOTS, last=status.last_four)
            if status.problem is not None:
                where += f" {error_sentence(status.problem)} {error_hint(status.problem)}"
        self._where.setText(where.strip())
        self._unusual.setVisible(entered and not looks_usual(self.field.text()))
        self.save_button.setEnabled(entered)
        self.remove_button.setEnabled(status is not None and status.where in {"keyring", "memory"})
        self.remove_button.setVisible(status is not None and status.where in {"keyring", "memory"})

    def _lay_out(self) -> None:
        entry = QHBoxLayout()
        entry.addWidget(self.field, 1)
        entry.addWidget(self.save_button)
        buttons = QHBoxLayout()
        buttons.addWidget(self.test_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._where)
        layout.addLayout(entry)
        layout.addWidget(self._unusual)
        layout.addWidget(self.memory_only)
        layout.addLayout(buttons)
        layout.addWidget(self._told)
        self._told.hide()
