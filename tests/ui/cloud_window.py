"""A window over the real pipeline, a stand-in NIM and a keyring of our own making."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import composition
from desktop_app.composition import Cloud
from desktop_app.core.estimates import Mode
from desktop_app.core.items import Item, ItemState
from desktop_app.intake.paths import sources_from_paths
from desktop_app.system.secrets.store import KeyStore
from desktop_app.system.settings import Settings
from desktop_app.ui.ports import Services
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.support.nim import StandIn
from tests.support.shelf import Shelf
from tests.ui.fakes import NO_LISTS

_SECONDS = 15_000
_Dialog = TypeVar("_Dialog", bound=QDialog)


@dataclass
class CloudWindow:
    """What a test plays with."""

    qtbot: QtBot
    window: Window
    shelf: Shelf
    saved: list[Settings] = field(default_factory=list)

    def wait(self, finished: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(finished, timeout=_SECONDS)

    def items(self) -> list[Item]:
        store = self.window.desk.listing.store
        return [item for item in map(store.get, store.all_ids()) if item is not None]

    def mode(self) -> Mode:
        return self.window.switch.mode

    def states(self) -> set[ItemState]:
        return {item.state for item in self.items()}

    def finished(self, count: int) -> bool:
        return len(self.items()) == count and all(item.state.finished for item in self.items())

    def add(self, *paths: Path) -> None:
        self.window.add(sources_from_paths(paths))

    def dialog(self, kind: type[_Dialog]) -> _Dialog:
        """Wait for the one visible dialog of a kind."""
        self.wait(lambda: bool(self._visible(kind)))
        (dialog,) = self._visible(kind)
        return dialog

    def no_dialog(self, kind: type[QDialog]) -> bool:
        return not self._visible(kind)

    def select(self, item_id: int) -> None:
        self.window.show_detail()
        self.window.desk.listing.settle()
        self.window.desk.listing.select([item_id])

    def _visible(self, kind: type[_Dialog]) -> list[_Dialog]:
        return [dialog for dialog in self.window.findChildren(kind) if dialog.isVisible()]


@contextmanager
def cloud_window(
    qtbot: QtBot, theme: Theme, settings: Settings, shelf: Shelf | None = None
) -> Iterator[CloudWindow]:
    """Show and start a window; close it in the end."""
    shelf, saved = shelf or Shelf(), list[Settings]()
    services = Services(
        lambda settings, emit, cloud: composition.start_pipeline(settings, emit, cloud=cloud),
        composition.detector_choices,
        composition.model_facts,
        saved.append,
        lambda settings: Cloud(settings, KeyStore(open_backend=lambda: shelf)),
        composition.offline_models,
        NO_LISTS,
    )
    window = Window(services, settings, theme)
    window.show()
    window.start()
    try:
        yield CloudWindow(qtbot, window, shelf, saved)
    finally:
        window.close()
        if window.closing is not None:
            window.closing.join(5)
        window.deleteLater()
        qtbot.wait(1)


def pictures(folder: Path, count: int, size: tuple[int, int] = (48, 36)) -> list[Path]:
    """Small pictures, no two alike; more red than blue."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:03}.png" for number in range(count)]
    for number, path in enumerate(paths):
        Image.new("RGB", size, (200, 40 + number, 90)).save(path)
    return paths


def texts_in(root: QWidget) -> str:
    """Every text that a person or a screen reader could get from the widgets below ``root``."""
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        if isinstance(widget, (QLabel, QLineEdit)):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    return "\n".join(found)


def own(standin: StandIn, **changes: object) -> Settings:
    """A self-hosted service; agreed to."""
    return Settings(**{"jobs": 1, "theme": "light", "nim_url": standin.url, "upload_accepted": True} | changes)  # type: ignore[arg-type]  # fields by name


def keyed(standin: StandIn, **changes: object) -> Settings:
    """A service that wants the key, as NVIDIA's does; agreed to."""
    return own(standin, nim_needs_key=True, **changes)
