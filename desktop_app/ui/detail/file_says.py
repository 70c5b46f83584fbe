"""What the file says of itself: the ladder from the strongest fact down, or why there may be none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.evidence import Evidence, Findings, Strength
from desktop_app.core.items import Item
from desktop_app.ui.detail.evidence_box import EvidenceBox
from desktop_app.ui.fact_words import disagree_title
from desktop_app.ui.icons import Icons
from desktop_app.ui.listing.marks import ladder_of
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.theme import Theme


class FileSays(QWidget):
    """Hidden while the file was not read.

    Attributes:
        boxes: one a mark: the strongest, what contradicts itself, the others.
        why: unfolds the sentences on missing metadata; hidden where there is evidence.
        lists: leads to the lists of signers; hidden unless a signer could not be confirmed.
    """

    copy_asked = Signal(str)
    lists_asked = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._shown: Findings | None = None
        self.boxes: list[EvidenceBox] = []
        self._disagree = _Disagreement()
        self._nothing = label(self.tr("Nothing about how the picture was made."), wrap=True)
        self.why = push(self.tr("Why is there no metadata?"), "link")
        self.why.setCheckable(True)
        self._absence = label("", "muted", wrap=True)
        self.why.toggled.connect(self._absence.setVisible)
        self.lists = push(self.tr("Lists of signers…"), "link")
        self.lists.clicked.connect(self.lists_asked)
        self._notes = label("", "muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._lay_out()
        self._show_findings(None)

    def show_item(self, item: Item, *, alone: bool) -> None:
        """Show what an item's file says; ``alone``: without the estimate, which is set aside."""
        self._disagree.setVisible(not alone and ladder_of(item).disagree)
        if item.findings is not self._shown:
            self._show_findings(item.findings)
            if item.findings is not None:
                self._fill(item)

    def text(self) -> str:
        """All that can be read here now."""
        lines = [box.text() for box in self.boxes]
        others = (self._disagree.words, self._nothing, self._absence, self._notes)
        return "\n".join([*lines, *(part.text() for part in others if part.isVisibleTo(self))])

    def _show_findings(self, findings: Findings | None) -> None:
        self._shown = findings
        for box in self.boxes:
            self._lines.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = []
        self.setVisible(findings is not None)
        empty = findings is None or not findings.evidence
        absence = () if findings is None else findings.absence
        notes = () if findings is None else findings.notes
        self._nothing.setVisible(empty)
        self.why.setChecked(False)
        self.why.setVisible(empty and bool(absence))
        self._absence.setText("\n".join(absence))
        self._absence.hide()
        self.lists.setVisible(findings is not None and any(map(_is_unconfirmed, findings.evidence)))
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def _fill(self, item: Item) -> None:
        found = ladder_of(item)
        fact = () if found.fact is None else (found.fact,)
        for evidence in (*fact, *found.contradictions, *found.others):
            box = EvidenceBox(evidence, self._theme, self._icons)
            box.copy_asked.connect(self.copy_asked)
            self.boxes.append(box)
            self._lines.addWidget(box)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("What the file says"), "heading"))
        layout.addWidget(self._disagree)
        layout.addLayout(self._lines)
        left = Qt.AlignmentFlag.AlignLeft
        layout.addWidget(self._nothing)
        layout.addWidget(self.why, 0, left)
        layout.addWidget(self._absence)
        layout.addWidget(self.lists, 0, left)
        layout.addWidget(self._notes)


def _is_unconfirmed(evidence: Evidence) -> bool:
    return evidence.strength is Strength.SIGNED and not evidence.verified


class _Disagreement(QFrame):
    """Both stand there; neither is changed by the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "warning")
        self.words = label(
            self.tr("The file and the estimate point in opposite directions. Neither is changed by the other."),
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(label(disagree_title(), "strong"))
        layout.addWidget(self.words)
