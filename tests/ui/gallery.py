"""The window in every state, as pictures: ``python -m tests.ui.gallery OUT``."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.core.errors import MissingFileError, NotAPictureError, TooManyPixelsError
from desktop_app.core.estimates import Mode, Words
from desktop_app.core.events import Event, FolderScanned, ItemsAdded, PreviewReady, ThumbnailReady
from desktop_app.core.items import Item, ItemState
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.cards import painted
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.ui import gallery_cloud, gallery_detail, gallery_evidence, gallery_models
from tests.ui.fakes import FakeWorld, done, failed, raster, waiting

_WORDS = (
    (0.97, Words.STRONG),
    (0.81, Words.SOME),
    (0.52, Words.CANT_TELL),
    (0.04, Words.FEW),
    (0.64, Words.OUT_OF_RANGE),
    (0.995, Words.OUT_OF_RANGE),
    (0.003, Words.FEW),
    (0.88, Words.OUT_OF_RANGE),
)
_SETTLE_MS = 420
_THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_NAMES = ("harbour at dawn.jpg", "IMG_2041.JPG", "cat on sofa.png", "truck (2).jpg", "DSC00417.jpeg", "frog.webp")
_FOREIGN = (
    "a_very_long_file_name_from_some_camera_or_web_site_that_nobody_can_read_at_a_glance_final_final_2.jpeg",
    "صورة من البحر الأبيض المتوسط.jpg",
    "תמונה מהחוף.png",
    "日本の写真と長い名前のファイル.webp",
    "🐱‍👓 cat 🌊🏖️ holiday.jpg",
    "<b>bold</b> & <img src=x>.png",
)


_CLOUD: dict[str, Callable[[Window], None]] = {
    "cards": gallery_cloud.cards,
    "faces": gallery_cloud.faces,
    "banner": gallery_cloud.banner,
    "wait": gallery_cloud.wait,
    "links": gallery_cloud.links,
    "consent": gallery_cloud.consent,
    "key": gallery_cloud.key,
    "settings": gallery_cloud.settings,
    "batch": gallery_cloud.batch,
    "ledger": gallery_cloud.ledger,
    "add-link": gallery_cloud.add_link,
}


@dataclass(frozen=True)
class Scene:
    """One state of the window."""

    name: str
    play: Callable[[Window], None]
    view: Literal["grid", "table"] = "grid"
    font_scale: float = 1.0
    size: tuple[int, int] = (1240, 800)


def take_gallery(folder: Path) -> list[Path]:
    """Save a picture of every scene, in light and in dark; needs a QApplication."""
    folder.mkdir(parents=True, exist_ok=True)
    usual = painted.FRAME_SECONDS
    painted.FRAME_SECONDS = math.inf  # a picture of the window is one frame, and shows every card
    try:
        return [_take(folder, scene, theme) for scene in scenes() for theme in _THEMES]
    finally:
        painted.FRAME_SECONDS = usual


def scenes() -> list[Scene]:
    """All states."""
    return [
        Scene("empty", lambda _window: None),
        Scene("working", _working),
        Scene("grid", _full),
        Scene("table", _full, "table"),
        Scene("detail", _detail),
        Scene("reason", _reason),
        *(Scene(f"detail-{name}", play, size=(1240, 960)) for name, play in gallery_detail.SCENES.items()),
        Scene("detail-heat-big-fonts", gallery_detail.heat, font_scale=1.6, size=(1240, 960)),
        Scene("detail-field-big-fonts", gallery_detail.field, font_scale=1.6, size=(1240, 960)),
        Scene("detail-steady-big-fonts", gallery_detail.steady, font_scale=1.6, size=(1240, 960)),
        *(Scene(f"evidence-{name}", play, size=(1240, 1000)) for name, play in gallery_evidence.SCENES.items()),
        Scene("evidence-label-big-fonts", gallery_evidence.SCENES["label"], font_scale=1.8, size=(1240, 1000)),
        Scene("evidence-narrow", gallery_evidence.cards, size=(620, 700)),
        Scene("errors", _errors),
        Scene("many", _many),
        Scene("filtered", _filtered),
        Scene("cloud", _cloud),
        *(Scene(f"cloud-{name}", play) for name, play in _CLOUD.items()),
        Scene("foreign", _foreign),
        Scene("big-fonts", _full, font_scale=2.0),
        Scene("big-fonts-empty", lambda _window: None, font_scale=2.0),
        Scene("narrow", _full, size=(620, 700)),
        Scene("dragging", _dragging),
        Scene("settings", lambda window: window.actions_of[Do.SETTINGS].trigger()),
        *(Scene(f"settings-{name}", play) for name, play in gallery_models.SCENES.items()),
        *(Scene(f"settings-{name}", play) for name, play in gallery_evidence.TRUST_SCENES.items()),
        Scene("settings-models-big-fonts", gallery_models.settings, font_scale=1.8),
        Scene("model", lambda window: window.actions_of[Do.LEARN].trigger()),
        Scene("model-narrow", gallery_detail.narrow_model),
        Scene("model-big-fonts", lambda window: window.actions_of[Do.LEARN].trigger(), font_scale=1.8),
        Scene("shortcuts", lambda window: window.actions_of[Do.SHORTCUTS].trigger()),
        Scene("about", lambda window: window.actions_of[Do.ABOUT].trigger()),
    ]


def _take(folder: Path, scene: Scene, theme_name: Literal["light", "dark"]) -> Path:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font = app.font()
    larger = app.font()
    larger.setPointSizeF(font.pointSizeF() * scene.font_scale)
    app.setFont(larger)
    theme = Theme(theme_name)
    theme.apply()
    world = FakeWorld()
    window = Window(world.services(), Settings(view=scene.view, theme=theme_name), theme)
    window.resize(*scene.size)
    window.show()
    window.start()
    scene.play(window)
    _settle()
    path = folder / f"{scene.name}-{theme_name}.png"
    _topmost(window).grab().save(str(path))
    window.close()
    window.deleteLater()
    theme.deleteLater()
    # Before the next font and theme: the old ones would still answer to them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.setFont(font)
    QCoreApplication.processEvents()
    return path


def _topmost(window: Window) -> QWidget:
    return next((dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()), window)


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    QCoreApplication.processEvents()


def _show(window: Window, items: list[Item], *events: Event) -> None:
    pictures = [
        ThumbnailReady(item.id, raster(item.id, *_shape(item.id)))
        for item in items
        if item.state in {ItemState.DONE, ItemState.CHECKING}
    ]
    window.desk.take([ItemsAdded(tuple(items)), *pictures, *events])


def _shape(number: int) -> tuple[int, int]:
    return ((192, 144), (144, 192), (256, 120), (176, 176))[number % 4]


def _mixed(count: int) -> list[Item]:
    items = []
    for number in range(1, count + 1):
        p_ai, words = _WORDS[number % len(_WORDS)]
        items.append(done(number, p_ai, words, _NAMES[number % len(_NAMES)]))
    return items


def _full(window: Window) -> None:
    items = _mixed(40)
    items[5] = failed(6, "holiday.heic")
    items[8] = replace(waiting(9), state=ItemState.CANCELLED)
    _show(window, items)


def _working(window: Window) -> None:
    items = [*_mixed(7), *(waiting(number) for number in range(8, 2001))]
    items[7] = replace(items[7], state=ItemState.CHECKING)
    items[8] = replace(items[8], state=ItemState.READING)
    _show(window, items, FolderScanned("Holiday", 2000, 2))


def _detail(window: Window) -> None:
    _full(window)
    _select(window, 8)
    window.desk.take([PreviewReady(8, raster(8, 640, 480))])


def _reason(window: Window) -> None:
    _full(window)
    _select(window, 4)
    window.show_reason()


def _select(window: Window, *ids: int) -> None:
    window.desk.listing.select(ids)
    window.desk.listing.selection.current = ids[0]
    window.desk.listing.selected.emit()


def _errors(window: Window) -> None:
    items = [
        failed(1, "holiday.heic"),
        failed(2, "notes.txt", NotAPictureError()),
        failed(3, "gone.jpg", MissingFileError()),
        failed(
            4, "poster.tif", TooManyPixelsError("This picture has 412 million pixels; the limit is 100 million.")
        ),
        *_mixed(12)[4:],
    ]
    _show(window, items)
    _select(window, 4)


def _many(window: Window) -> None:
    _full(window)
    _select(window, *range(2, 14))


def _filtered(window: Window) -> None:
    _full(window)
    window.filters.only(Group.STRONG)


def _cloud(window: Window) -> None:
    modes = (Mode.OFFLINE, Mode.CLOUD, Mode.CLOUD)
    items = [done(number, *_WORDS[number % 4], mode=modes[number % 3]) for number in range(1, 12)]
    _show(window, items)
    _select(window, 1)


def _foreign(window: Window) -> None:
    items = [
        done(number, *_WORDS[number % len(_WORDS)], name)
        for number, name in enumerate((*_FOREIGN, *_FOREIGN), start=1)
    ]
    _show(window, items)
    _select(window, 2)


def _dragging(window: Window) -> None:
    _full(window)
    window.overlay.appear()


def main() -> int:
    """Take the gallery."""
    app = QApplication.instance() or QApplication(["gallery"])
    if isinstance(app, QApplication):
        app.setStyle("fusion")
    for path in take_gallery(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")):
        print(path)  # noqa: T201  # a command-line tool
    return 0


if __name__ == "__main__":
    sys.exit(main())
