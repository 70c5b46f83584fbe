"""The settings while the window is open: what is remembered, and what the pipeline was built with."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import SettingsError
from desktop_app.system.settings import Settings

BUILT_WITH = (
    "max_megapixels",
    "max_file_mb",
    "picture_seconds",
    "jobs",
    "model",
    "models_folder",
    "nim_url",
    "nim_needs_key",
    "nim_concurrency",
    "nim_connect_seconds",
    "nim_read_seconds",
    "nim_write_seconds",
    "nim_asset_upload",
    "nim_faces",
    "nim_faces_url",
    "max_download_mb",
)
"""The settings that the pipeline is built with; others hold at once."""


class Preferences(QObject):
    """Owner of the settings.

    Attributes:
        settings: what is remembered.
        in_force: what the pipeline was built with; the same but for :data:`BUILT_WITH`.
    """

    failed = Signal(str)
    """A sentence: the settings could not be saved."""

    def __init__(
        self, settings: Settings, save: Callable[[Settings], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._write = save
        self.settings = settings
        self.in_force = settings

    @property
    def wait_for_restart(self) -> bool:
        """Whether something was changed that needs another pipeline."""
        return any(getattr(self.settings, name) != getattr(self.in_force, name) for name in BUILT_WITH)

    def save(self, settings: Settings) -> None:
        """Remember all settings."""
        self.settings = settings
        try:
            self._write(settings)
        except SettingsError as error:
            self.failed.emit(f"{error.message} {error.hint}")

    def change(self, **changes: object) -> None:
        """Remember some settings."""
        self.save(msgspec.structs.replace(self.settings, **changes))
