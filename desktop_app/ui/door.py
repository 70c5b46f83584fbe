"""Drops and pastes: Qt's MIME data as a payload that reads the slow things last."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop_app.core.sources import Source
from desktop_app.intake.payload import Payload, sources_from_payload
from desktop_app.ui.panels.drop_overlay import DropOverlay


def payload_of(mime: QMimeData) -> Payload:
    """Addresses and text are read now, bytes only when somebody asks."""
    return Payload(
        formats=tuple(mime.formats()),
        urls=tuple(bytes(url.toEncoded().data()).decode("ascii", "replace") for url in mime.urls()),
        html=mime.html() if mime.hasHtml() else "",
        text=mime.text() if mime.hasText() else "",
        read=lambda name: bytes(mime.data(name).data()),
        read_image=lambda: _png(mime.imageData()) if mime.hasImage() else b"",
    )


def clipboard_sources() -> list[Source]:
    """What lies on the clipboard.

    The pixels of a copied picture come before the link beside them, other than in a drag: pasting a picture asks
    nobody for anything, which matters in offline mode, and works where the link would want a login. Who wants the
    original bytes copies the picture's address instead.
    """
    mime = QGuiApplication.clipboard().mimeData()
    return sources_from_payload(replace(payload_of(mime), prefer_pixels=True))


class DropTarget(QObject):
    """Makes a whole window take drops; everything inside it lets them through."""

    dropped = Signal(object)
    """A list of sources; at least one, an unusable one for junk."""

    def __init__(self, window: QWidget, overlay: DropOverlay) -> None:
        super().__init__(window)
        self._overlay = overlay
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hover, leave, drop."""
        if isinstance(event, QDragMoveEvent):  # entering is a kind of moving
            self._overlay.appear()
            _accept_copy(event)
            return True
        if isinstance(event, QDragLeaveEvent):
            self._overlay.hide()
            return True
        if isinstance(event, QDropEvent):
            self._overlay.hide()
            # Now, not later: the data are gone when this returns.
            self.dropped.emit(sources_from_payload(payload_of(event.mimeData())))
            _accept_copy(event)
            if event.dropAction() is not Qt.DropAction.CopyAction:
                # The source offers nothing but moving: it must hear that nothing was moved.
                event.setDropAction(Qt.DropAction.IgnoreAction)
                event.ignore()
            return True
        return super().eventFilter(watched, event)


def _accept_copy(event: QDropEvent) -> None:
    # Never the proposed action: a file manager may propose to move, and would then delete the user's file. Qt
    # keeps the proposed one where copying isn't on offer.
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _png(image: object) -> bytes:
    if not isinstance(image, QImage) or image.isNull():
        return b""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, Qt takes the name
    return bytes(data.data())
