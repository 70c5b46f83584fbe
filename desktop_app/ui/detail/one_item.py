"""Everything about one item."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import Raster
from desktop_app.ui.detail.answer import Answer
from desktop_app.ui.detail.changes import Changes
from desktop_app.ui.detail.earlier import earlier_sentence
from desktop_app.ui.detail.elsewhere import Elsewhere
from desktop_app.ui.detail.error_box import ErrorBox
from desktop_app.ui.detail.facts import FactTable, detector_facts, file_facts, note_sentences
from desktop_app.ui.detail.file_says import FileSays
from desktop_app.ui.detail.heat_key import HeatKey
from desktop_app.ui.detail.picture_view import PictureView
from desktop_app.ui.detail.sent import CloudNotes
from desktop_app.ui.detail.set_aside import SetAside
from desktop_app.ui.icons import Icons
from desktop_app.ui.listing.groups import Group, group_of
from desktop_app.ui.listing.marks import ladder_of
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.phrases import model_choice
from desktop_app.ui.theme import Theme
from desktop_app.ui.tries import Try


class OneItem(QWidget):
    """From top to bottom: picture, name, what the file says, error or estimate, and what else there is to know."""

    retry_asked = Signal(int)
    changes_asked = Signal(int)
    copy_asked = Signal(str)
    host_allowed = Signal(str)
    link_asked = Signal(str)
    lists_asked = Signal()
    step_asked = Signal(object)
    """A :class:`desktop_app.ui.next_steps.Step`."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._item: Item | None = None
        self._state = Try()
        self._wanted_anyway: set[int] = set()
        self.picture = PictureView(theme)
        self._name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("kind", "title")
        self.heat = HeatKey(theme)
        self.says = FileSays(theme, icons)
        self.set_aside = SetAside()
        self.answer = Answer(theme)
        self.changes = Changes(theme)
        self.error = ErrorBox()
        self._earlier = label("", "muted", wrap=True)
        self.cloud = CloudNotes()
        self._notes_heading = label(self.tr("How it was read"), "heading")
        self._notes = label("", wrap=True)
        self._detector = FactTable(icons, self.tr("Detector"))
        self._choice = label("", "muted", wrap=True)
        self._file = FactTable(icons, self.tr("File"))
        self.elsewhere = Elsewhere()
        self.elsewhere.step_asked.connect(self.step_asked)
        for part in (self.says, self._detector, self._file):
            part.copy_asked.connect(self.copy_asked)
        self.says.lists_asked.connect(self.lists_asked)
        self.set_aside.show_asked.connect(self.show_anyway)
        self.heat.toggled.connect(self._tint)
        self.changes.asked.connect(self._on_changes_asked)
        self.changes.recheck_asked.connect(self._on_retry)
        self.error.retry_asked.connect(self._on_retry)
        self.error.host_allowed.connect(self.host_allowed)
        self.error.link_asked.connect(self.link_asked)
        self._lay_out()

    def show_item(self, item: Item, state: Try) -> None:
        """Show a snapshot, and how the try of harmless changes stands."""
        self._item, self._state = item, state
        if state != Try():  # who has changes tried wants the estimate
            self._wanted_anyway.add(item.id)
        self._name.set_text(item.name)
        set_aside = self._is_set_aside(item)
        self.says.show_item(item, alone=set_aside)
        self.set_aside.setVisible(set_aside)
        self.answer.setVisible(not set_aside)
        self.answer.show_item(item)
        self.error.show_error(item.error)
        earlier = earlier_sentence(item)
        self._earlier.setText(earlier)
        self._earlier.setVisible(bool(earlier))
        estimate = item.estimate if item.state is ItemState.DONE else None
        self.cloud.show_estimate(estimate)
        self.picture.show_faces(estimate.faces or () if estimate else ())
        self.heat.show_estimate(None if set_aside else estimate)
        self._tint()
        self.changes.show_item(item, state)
        if set_aside:
            self.changes.hide()
        notes = note_sentences(item)
        self._notes.setText(notes)
        for widget in (self._notes_heading, self._notes):
            widget.setVisible(bool(notes))
        self._detector.show_facts(detector_facts(item))
        choice = model_choice(estimate) if estimate is not None else ""
        self._choice.setText(choice)
        self._choice.setVisible(bool(choice))
        self._file.show_facts(file_facts(item))

    def show_anyway(self) -> None:
        """Show an estimate that was set aside, also when the picture is looked at again in this session."""
        if self._item is not None:
            self._wanted_anyway.add(self._item.id)
            self.show_item(self._item, self._state)

    def _is_set_aside(self, item: Item) -> bool:
        found = ladder_of(item)
        return found.mutes_estimate and found.estimate is not None and item.id not in self._wanted_anyway

    def show_picture(self, raster: Raster | None) -> None:
        """Show the picture, or why there is none."""
        if self._item is not None:
            group = group_of(self._item)
            holder = group if group in {Group.FAILED, Group.CANCELLED} else Group.WAITING
            self.picture.show_raster(raster, holder, self._item.name)

    def error_text(self) -> str:
        """The error as shown; empty without one."""
        return self.error.text()

    def choice_text(self) -> str:
        """Why this of several models answered, as shown."""
        return "" if self._choice.isHidden() else self._choice.text()

    def _tint(self) -> None:
        estimate = self._item.estimate if self._item is not None else None
        self.picture.show_heat(estimate.heat or () if estimate is not None and self.heat.on else ())
        self.picture.setAccessibleDescription(self.heat.words())

    def _on_changes_asked(self) -> None:
        if self._item is not None:
            self.changes_asked.emit(self._item.id)

    def _on_retry(self) -> None:
        if self._item is not None:
            self.retry_asked.emit(self._item.id)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        for widget in (
            self.picture,
            self.heat,
            self._name,
            self.says,
            self.set_aside,
            self.answer,
            self.error,
            self._earlier,
            self.cloud,
            self.changes,
            self.elsewhere,
            self._notes_heading,
            self._notes,
            self._detector,
            self._choice,
            self._file,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
