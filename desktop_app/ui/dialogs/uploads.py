"""What was sent: the ledger of uploads, to look at, to export and to clear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import TelltaleError
from desktop_app.library.uploads import Upload, UploadLedger
from desktop_app.ui.cloud.errands import Errands
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.phrases import error_hint, error_sentence, file_size, grouped

translate = QCoreApplication.translate
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HASH_SHOWN = 12
_WIDEST = ("0000-00-00 00:00:00", "ai.api.nvidia.com:8000", "", "999 bytes", "0" * _HASH_SHOWN)
"""What a column is made wide enough for; the empty one takes the rest."""


class UploadsDialog(QDialog):
    """Reads the ledger off the GUI thread; newest first."""

    def __init__(self, ledger: UploadLedger, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._errands = errands
        self._gone = False
        self.setWindowTitle(self.tr("What was sent"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.finished.connect(self._leave)
        self.model = _Uploads(self)
        self._table = self._make_table()
        self._about = label("", "muted", wrap=True)
        self._summary = ""
        self.export_button = push(self.tr("Export CSV…"))
        self.export_button.clicked.connect(self._ask_where)
        self.clear_button = push(self.tr("Clear…"))
        self.clear_button.clicked.connect(self.ask_to_clear)
        self._lay_out()
        self.load()

    @property
    def about(self) -> str:
        """The line above the buttons."""
        return self._about.text()

    def load(self) -> None:
        """Read the ledger anew."""
        self._summary = self.tr("Reading the list…")
        self._tell(self._summary)
        self._errands.run(self._ledger.entries, self._show)

    def export_to(self, path: Path) -> None:
        """Write everything to a file."""
        told = self.tr("{n} lines were written to {name}.")
        self._errands.run(
            lambda: self._ledger.export_csv(path),
            lambda count: self._tell(told.format(n=grouped(count), name=path.name)),
            self._tell_error,
        )

    def ask_to_clear(self) -> None:
        """Clear after a question."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Clear the list?"))
        box.setText(self.tr("Clear the list of what was sent?"))
        box.setInformativeText(self.tr("This removes the record from this computer. It takes nothing back."))
        clear = box.addButton(self.tr("Clear"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(lambda button: self.clear() if button is clear else None)
        box.open()

    def clear(self) -> None:
        """Remove every entry."""
        self._errands.run(self._ledger.clear, lambda _nothing: self.load(), self._tell_error)

    def _show(self, uploads: Sequence[Upload]) -> None:
        if self._gone:
            return
        self.model.show_uploads(list(reversed(uploads)))
        for button in (self.export_button, self.clear_button):
            button.setEnabled(bool(uploads))
        if uploads:
            total = file_size(sum(upload.bytes for upload in uploads))
            text = self.tr("{n} pictures, {size} in all. This list never leaves this computer.")
            self._sum_up(text.format(n=grouped(len(uploads)), size=total))
        else:
            self._sum_up(self.tr("Nothing was sent from this computer."))

    def _sum_up(self, text: str) -> None:
        # In place of the list's own words alone: what came of an export stays, whichever errand ends first.
        if self._about.text() == self._summary:
            self._tell(text)
        self._summary = text

    def _tell(self, text: str) -> None:
        if not self._gone:
            self._about.setText(text)

    def _tell_error(self, error: TelltaleError) -> None:
        self._tell(f"{error_sentence(error)} {error_hint(error)}".strip())

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the list"), "telltale-uploads.csv", self.tr("CSV files (*.csv)")
        )
        if name:
            self.export_to(Path(name))

    def _leave(self) -> None:
        self._gone = True

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("table")
        table.setModel(self.model)
        table.setAccessibleName(self.tr("What was sent"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().height() * 1.8))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        metrics = table.fontMetrics()
        for column, sample in enumerate(_WIDEST):
            if sample:
                table.setColumnWidth(column, metrics.horizontalAdvance(sample) + 2 * metrics.height())
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        close = push(self.tr("Close"), "primary")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.export_button)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        row.addWidget(close)
        for button in (self.export_button, self.clear_button):
            button.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._about)
        layout.addLayout(row)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 128, metrics.height() * 28)


class _Uploads(QAbstractTableModel):
    """The entries as cells of text."""

    def __init__(self, parent: QDialog) -> None:
        super().__init__(parent)
        self._uploads: list[Upload] = []

    def show_uploads(self, uploads: list[Upload]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._uploads = uploads
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Number of entries."""
        return 0 if parent.isValid() else len(self._uploads)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(_titles())

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(self._uploads[index.row()])[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _titles() -> tuple[str, ...]:
    return (
        translate("Uploads", "Time"),
        translate("Uploads", "To"),
        translate("Uploads", "Picture"),
        translate("Uploads", "Size sent"),
        translate("Uploads", "SHA-256"),
    )


def _cells(upload: Upload) -> tuple[str, ...]:
    return (_local(upload.time), upload.host, upload.item, file_size(upload.bytes), upload.sha256[:_HASH_SHOWN])


def _local(time: str) -> str:
    try:
        return dt.datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return time
