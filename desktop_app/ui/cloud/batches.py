"""Large batches for the cloud are counted and asked about before anything is queued."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Mode
from desktop_app.core.sources import FileSource, RawSource, Source
from desktop_app.intake.folders import FolderReport, files_in, is_folder
from desktop_app.ui.cloud.errands import Errands
from desktop_app.ui.phrases import file_size, grouped

ASK_FROM = 21
"""Batches of so many items are asked about."""
_SECONDS = 4.0  # longer counting only makes people wait; what is known by then is said


@dataclass(frozen=True, slots=True)
class Batch:
    """What would be sent.

    Attributes:
        count: files and links; folders counted by their files.
        bytes: their sizes, as far as they are on this computer.
        whole: whether all was counted.
    """

    count: int
    bytes: int
    whole: bool


def count_batch(sources: Sequence[Source], cancel: CancelToken, seconds: float = _SECONDS) -> Batch:
    """Count, for so many seconds at most; touches the disk."""
    deadline = monotonic() + seconds
    count = size = 0
    for source in sources:
        if isinstance(source, FileSource) and is_folder(source.path):
            for found in files_in(source.path, FolderReport(), cancel):
                count += len(found)
                size += sum(map(_size, found))
                if cancel.cancelled or monotonic() > deadline:
                    return Batch(count, size, whole=False)
        else:
            count += 1
            size += _size(source)
        if cancel.cancelled or monotonic() > deadline:
            return Batch(count, size, whole=source is sources[-1])
    return Batch(count, size, whole=True)


class BatchGate(QObject):
    """Lets small batches through; holds large ones until somebody answered."""

    admitted = Signal(object, object)
    """Sources and the :class:`Mode` in which they are to be checked."""

    def __init__(self, errands: Errands, receiver_name: Callable[[], str], window: QWidget) -> None:
        super().__init__(window)
        self._errands = errands
        self._receiver_name = receiver_name
        self._window = window
        self._cancel = CancelToken()
        self._waiting: deque[tuple[Batch, Callable[[Mode], object]]] = deque()
        self._open: QMessageBox | None = None

    def take(self, sources: Sequence[Source]) -> None:
        """Take what was dropped in cloud mode; returns at once."""
        if len(sources) < ASK_FROM and not any(isinstance(source, FileSource) for source in sources):
            self.admitted.emit(sources, Mode.CLOUD)
            return
        self._errands.run(lambda: count_batch(sources, self._cancel), lambda batch: self._counted(sources, batch))

    def ask(self, batch: Batch, answer: Callable[[Mode], object]) -> None:
        """Ask about a batch, after those that wait already; ``answer`` isn't called when it is refused."""
        self._waiting.append((batch, answer))
        self._ask_next()

    def close(self) -> None:
        """Stop counting; what was not answered is not sent."""
        self._cancel.cancel()
        self._waiting.clear()

    def _counted(self, sources: Sequence[Source], batch: Batch) -> None:
        if batch.whole and batch.count < ASK_FROM:
            self.admitted.emit(sources, Mode.CLOUD)
            return
        self.ask(batch, lambda mode: self.admitted.emit(sources, mode))

    def _ask_next(self) -> None:
        if self._open is not None or not self._waiting:
            return
        batch, answer = self._waiting.popleft()
        self._open = box = self._question(batch)
        box.buttonClicked.connect(lambda button: _give(answer, button.property("mode")))
        box.finished.connect(lambda _result: self._closed())
        box.open()

    def _closed(self) -> None:
        self._open = None
        self._ask_next()

    def _question(self, batch: Batch) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Send these pictures?"))
        count = grouped(batch.count) if batch.whole else self.tr("more than {n}").format(n=grouped(batch.count))
        box.setText(self.tr("Send {count} files to {name}?").format(count=count, name=self._receiver_name()))
        size = self.tr("They take {size} on this computer; large ones go as smaller copies.")
        asks = self.tr("Telltale asks before every batch of more than 20.")
        box.setInformativeText(f"{size.format(size=file_size(batch.bytes))} {asks}")
        send = box.addButton(self.tr("Send"), QMessageBox.ButtonRole.AcceptRole)
        send.setProperty("mode", Mode.CLOUD.value)
        offline = box.addButton(self.tr("Check offline instead"), QMessageBox.ButtonRole.ActionRole)
        offline.setProperty("mode", Mode.OFFLINE.value)
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        return box


def _give(answer: Callable[[Mode], object], mode: object) -> None:
    if mode:
        answer(Mode(mode))


def _size(source: Source) -> int:
    if isinstance(source, RawSource):
        return len(source.data)
    if isinstance(source, FileSource):
        try:
            return source.path.stat().st_size
        except (OSError, ValueError):
            return 0
    return 0
