"""What is known for certain: the file, how it was read, which model answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.items import Item
from desktop_app.core.text import plain
from desktop_app.ui.icons import Icons
from desktop_app.ui.panels.buttons import icon_button, label
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.phrases import file_size, grouped, mode_title

translate = QCoreApplication.translate


class FactTable(QWidget):
    """Lines of name and value; long values are shortened in the middle and can be copied whole."""

    copy_asked = Signal(str)

    def __init__(self, icons: Icons, heading: str) -> None:
        super().__init__()
        self._icons = icons
        self._heading = label(heading, "heading")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, ElidedLabel, QWidget]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addLayout(self._grid)

    def show_facts(self, facts: Sequence[tuple[str, str, bool]]) -> None:
        """Show (name, value, can be copied)."""
        while len(self._rows) < len(facts):
            self._add_row()
        for index, (name, value, copy) in enumerate(self._rows):
            known = index < len(facts)
            for widget in (name, value):
                widget.setVisible(known)
            copy.setVisible(known and facts[index][2])
            if known:
                name.setText(facts[index][0])
                value.set_text(facts[index][1])
                copy.setAccessibleName(translate("Facts", "Copy {name}").format(name=facts[index][0]))
        self.setVisible(bool(facts))

    def _add_row(self) -> None:
        row = len(self._rows)
        name, value = label("", "muted"), ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        copy = icon_button(self._icons, "copy", translate("Facts", "Copy"))
        copy.clicked.connect(lambda: self.copy_asked.emit(value.text))
        for column, widget in enumerate((name, value, copy)):
            self._grid.addWidget(widget, row, column)
        self._rows.append((name, value, copy))


def file_facts(item: Item) -> list[tuple[str, str, bool]]:
    """What is known about the file."""
    facts: list[tuple[str, str, bool]] = []
    if item.facts is not None:
        facts.append((translate("Facts", "Format"), item.facts.format, False))
        pixels = f"{grouped(item.facts.width)} × {grouped(item.facts.height)}"
        facts.append((translate("Facts", "Pixels"), pixels, False))
    if item.size is not None:
        facts.append((translate("Facts", "Size"), file_size(item.size), False))
    if item.sha256:
        facts.append((translate("Facts", "SHA-256"), item.sha256, True))
    place = plain(item.source.location)
    if place:
        facts.append((translate("Facts", "Place"), place, True))
    return facts


def detector_facts(item: Item) -> list[tuple[str, str, bool]]:
    """Who gave the number."""
    estimate = item.estimate
    if estimate is None:
        return [(translate("Facts", "Mode"), mode_title(item.mode), False)]
    facts = [
        (translate("Facts", "Name"), estimate.title, False),
        (translate("Facts", "Mode"), mode_title(estimate.mode), False),
    ]
    if estimate.model_sha256:
        facts.append((translate("Facts", "Model SHA-256"), estimate.model_sha256, True))
    if item.elapsed_ms:
        facts.append((translate("Facts", "Time"), f"{item.elapsed_ms:.0f} ms", False))
    return facts


def note_sentences(item: Item) -> str:
    """How the picture was read, one sentence a line."""
    if item.facts is None:
        return ""
    return "\n".join(translate("Notes", note.value) for note in item.facts.notes)
