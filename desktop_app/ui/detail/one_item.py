"""Everything about one item."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import Raster
from desktop_app.ui.detail.answer import Answer
from desktop_app.ui.detail.error_box import ErrorBox
from desktop_app.ui.detail.facts import FactTable, detector_facts, file_facts, note_sentences
from desktop_app.ui.detail.picture_view import PictureView
from desktop_app.ui.detail.sent import CloudNotes
from desktop_app.ui.icons import Icons
from desktop_app.ui.listing.groups import Group, group_of
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.theme import Theme


class OneItem(QWidget):
    """From top to bottom: picture, name, error or estimate, notes, detector, file."""

    retry_asked = Signal(int)
    copy_asked = Signal(str)
    host_allowed = Signal(str)
    link_asked = Signal(str)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._item: Item | None = None
        self.picture = PictureView(theme)
        self._name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("kind", "title")
        self.answer = Answer(theme)
        self.error = ErrorBox()
        self.cloud = CloudNotes()
        self._notes_heading = label(self.tr("How it was read"), "heading")
        self._notes = label("", wrap=True)
        self._detector = FactTable(icons, self.tr("Detector"))
        self._file = FactTable(icons, self.tr("File"))
        for table in (self._detector, self._file):
            table.copy_asked.connect(self.copy_asked)
        self.error.retry_asked.connect(self._on_retry)
        self.error.host_allowed.connect(self.host_allowed)
        self.error.link_asked.connect(self.link_asked)
        self._lay_out()

    def show_item(self, item: Item) -> None:
        """Show a snapshot."""
        self._item = item
        self._name.set_text(item.name)
        self.answer.show_item(item)
        self.error.show_error(item.error)
        estimate = item.estimate if item.state is ItemState.DONE else None
        self.cloud.show_estimate(estimate)
        self.picture.show_faces(estimate.faces or () if estimate else ())
        notes = note_sentences(item)
        self._notes.setText(notes)
        for widget in (self._notes_heading, self._notes):
            widget.setVisible(bool(notes))
        self._detector.show_facts(detector_facts(item))
        self._file.show_facts(file_facts(item))

    def show_picture(self, raster: Raster | None) -> None:
        """Show the picture, or why there is none."""
        if self._item is not None:
            group = group_of(self._item)
            holder = group if group in {Group.FAILED, Group.CANCELLED} else Group.WAITING
            self.picture.show_raster(raster, holder, self._item.name)

    def error_text(self) -> str:
        """The error as shown; empty without one."""
        return self.error.text()

    def _on_retry(self) -> None:
        if self._item is not None:
            self.retry_asked.emit(self._item.id)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        for widget in (
            self.picture,
            self._name,
            self.answer,
            self.error,
            self.cloud,
            self._notes_heading,
            self._notes,
            self._detector,
            self._file,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
