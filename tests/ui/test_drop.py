from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.errors import NothingUsableError
from desktop_app.core.estimates import Mode
from desktop_app.core.sources import FileSource, LinkSource, RawSource, Source, UnusableSource
from desktop_app.ui.actions import Do
from desktop_app.ui.window import Window
from tests.ui.fakes import FakeWorld, done
from tests.ui.showing import show

_BOTH = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
_PNG = b"\x89PNG\r\n\x1a\nnot really"


def drop(target: QWidget, mime: QMimeData, actions: Qt.DropAction = _BOTH) -> QDropEvent:
    """Drag over a widget and let go, as Qt's own drag and drop does."""
    where, button, plain = QPoint(20, 20), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(where, actions, mime, button, plain),
        QDragMoveEvent(where, actions, mime, button, plain),
    ):
        QApplication.sendEvent(target, event)
        assert event.isAccepted()
        assert event.dropAction() is Qt.DropAction.CopyAction or actions is Qt.DropAction.MoveAction
    letting_go = QDropEvent(QPointF(where), actions, mime, button, plain)
    QApplication.sendEvent(target, letting_go)
    return letting_go


def urls(*addresses: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    return mime


def added(world: FakeWorld) -> list[Source]:
    (call,) = world.queue.named("add")
    sources = call[1]
    assert isinstance(sources, tuple)
    return list(sources)


def test_junk_becomes_a_source_that_can_only_fail(window: Window, world: FakeWorld) -> None:
    mime = QMimeData()
    mime.setData("application/x-nonsense", QByteArray(b"\0\1\2"))
    drop(window, mime)
    (source,) = added(world)
    assert isinstance(source, UnusableSource)
    assert isinstance(source.error, NothingUsableError)


def test_an_empty_drop_becomes_a_source_that_can_only_fail(window: Window, world: FakeWorld) -> None:
    drop(window, QMimeData())
    (source,) = added(world)
    assert isinstance(source, UnusableSource)


def test_a_page_dragged_as_text_becomes_a_source_that_can_only_fail(window: Window, world: FakeWorld) -> None:
    mime = QMimeData()
    mime.setText("just some words")
    drop(window, mime)
    (source,) = added(world)
    assert isinstance(source, UnusableSource)
    assert source.name == "just some words"


def test_the_drop_action_is_copy_even_where_moving_is_proposed(window: Window) -> None:
    event = drop(window, urls("file:///pictures/cat.jpg"))
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction


def test_a_source_that_only_moves_is_read_but_told_that_nothing_was_moved(
    window: Window, world: FakeWorld
) -> None:
    event = drop(window, urls("file:///pictures/dog.jpg"), Qt.DropAction.MoveAction)
    assert not event.isAccepted()
    assert event.dropAction() is Qt.DropAction.IgnoreAction
    assert added(world) == [FileSource(Path("/pictures/dog.jpg"))]


def test_files_and_folders_arrive_together(window: Window, world: FakeWorld, tmp_path: Path) -> None:
    drop(window, urls(QUrl.fromLocalFile(str(tmp_path / "a b ü.jpg")).toString(), "file:///pictures"))
    assert added(world) == [FileSource(tmp_path / "a b ü.jpg"), FileSource(Path("/pictures"))]


def test_new_things_are_checked_in_the_chosen_mode(window: Window, world: FakeWorld) -> None:
    drop(window, urls("file:///pictures/cat.jpg"))
    assert world.queue.named("add")[0][2] is Mode.OFFLINE


def test_a_picture_dragged_from_chromium_inside_a_link_is_the_picture_not_the_page(
    window: Window, world: FakeWorld
) -> None:
    mime = urls("https://example.org/article")
    mime.setHtml('\ufeff<a href="https://example.org/article"><img src="https://example.org/cat.jpg"></a>')
    mime.setData("application/octet-stream", QByteArray(_PNG))
    drop(window, mime)
    assert added(world) == [LinkSource("https://example.org/cat.jpg")]


def test_a_picture_dragged_from_firefox_is_its_address_not_the_re_encoded_pixels(
    window: Window, world: FakeWorld
) -> None:
    mime = urls("https://example.org/a%20b/cat.png")
    mime.setHtml('<img src="https://example.org/a%20b/cat.png">')
    mime.setData("image/png", QByteArray(_PNG))
    drop(window, mime)
    assert added(world) == [LinkSource("https://example.org/a%20b/cat.png")]


def test_a_data_link_is_its_bytes(window: Window, world: FakeWorld) -> None:
    drop(window, urls("data:image/png;base64,iVBORw0KGgo="))
    (source,) = added(world)
    assert isinstance(source, RawSource)
    assert source.data == b"\x89PNG\r\n\x1a\n"


def test_a_blob_from_chromium_is_its_original_bytes(window: Window, world: FakeWorld) -> None:
    mime = urls("blob:https://example.org/123")
    mime.setData("application/octet-stream", QByteArray(_PNG))
    drop(window, mime)
    (source,) = added(world)
    assert isinstance(source, RawSource)
    assert source.data == _PNG
    assert not source.re_encoded


def test_pixels_without_an_address_are_marked_as_re_encoded(window: Window, world: FakeWorld) -> None:
    mime = QMimeData()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    mime.setImageData(image)
    drop(window, mime)
    (source,) = added(world)
    assert isinstance(source, RawSource)
    assert source.re_encoded
    assert source.data.startswith(b"\x89PNG")


def test_bytes_are_not_read_where_there_is_an_address(window: Window, world: FakeWorld) -> None:
    class Slow(QMimeData):
        """Chromium on X11: reading a large picture's bytes blocks the window for five seconds."""

        def retrieveData(  # noqa: N802  # Qt's name
            self, name: str, kind: object
        ) -> object:
            assert name != "application/octet-stream", "read though not needed"
            return super().retrieveData(name, kind)  # type: ignore[arg-type]

    mime = Slow()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    mime.setData("application/octet-stream", QByteArray(_PNG))
    drop(window, mime)
    assert added(world) == [LinkSource("https://example.org/cat.jpg")]


@pytest.mark.parametrize("state", ["empty", "listed"])
def test_nothing_inside_the_window_keeps_a_drop_for_itself(window: Window, state: str) -> None:
    if state == "listed":
        show(window, [done(1)])
    takers = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.acceptDrops()]
    assert takers == []


def test_a_veil_shows_that_dropping_works_and_goes_when_the_drag_leaves(window: Window) -> None:
    mime = urls("file:///pictures/cat.jpg")
    entering = QDragEnterEvent(
        QPoint(5, 5), _BOTH, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, entering)
    assert window.overlay.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.overlay.isVisible()
    drop(window, mime)
    assert not window.overlay.isVisible()


def test_pasted_files_and_pictures_are_checked(window: Window, world: FakeWorld) -> None:
    QGuiApplication.clipboard().setMimeData(urls("file:///pictures/cat.jpg"))
    window.actions_of[Do.PASTE].trigger()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    window.actions_of[Do.PASTE].trigger()
    first, second = (call[1] for call in world.queue.named("add"))
    assert first == (FileSource(Path("/pictures/cat.jpg")),)
    assert isinstance(second, tuple)
    assert isinstance(second[0], RawSource)


def test_pasting_nothing_usable_says_so(window: Window, world: FakeWorld) -> None:
    QGuiApplication.clipboard().setText("no picture at all")
    window.actions_of[Do.PASTE].trigger()
    (source,) = added(world)
    assert isinstance(source, UnusableSource)
