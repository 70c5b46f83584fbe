"""A window to drag from, in a process of its own: ``python -m tests.support.drag_source LEFT TOP < offers``.

Reads one offer a line from stdin: ``{"urls": [...]}`` or ``{"text": "..."}``, and says ``ready``. A press of the
mouse and some way begin a drag of the last offer. What the target did is told on stdout: ``dropped CopyAction``.
Offers Copy and Move, and Qt proposes Move then: a target that simply accepts the proposal would have a file
manager delete the user's file.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QMimeData, QSocketNotifier, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIDE = 160


class Source(QLabel):
    """A yellow square to drag from."""

    def __init__(self) -> None:
        super().__init__("drag me")
        self.offer: dict[str, object] = {}
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet("background: #806000; color: white")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setFixedSize(SIDE, SIDE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if not event.buttons() & Qt.MouseButton.LeftButton or not self.offer:
            return
        drag = QDrag(self)
        drag.setMimeData(_mime(self.offer))
        self.offer = {}
        action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
        _tell(f"dropped {action.name}")


def _mime(offer: dict[str, object]) -> QMimeData:
    mime = QMimeData()
    urls = offer.get("urls")
    if isinstance(urls, list):
        mime.setUrls([QUrl(str(url)) for url in urls])
    if "text" in offer:
        mime.setText(str(offer["text"]))
    return mime


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    app = QApplication(sys.argv)
    source = Source()
    source.move(int(sys.argv[1]), int(sys.argv[2]))
    source.show()

    def take_offer() -> None:
        line = sys.stdin.readline()
        if not line:
            app.quit()
            return
        source.offer = json.loads(line)
        _tell("ready")

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, source)
    notifier.activated.connect(take_offer)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
