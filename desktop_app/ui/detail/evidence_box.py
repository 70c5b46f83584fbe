"""One mark in the file: its sign and what it says; prompts and settings on request."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.core.evidence import Evidence, Strength
from desktop_app.core.text import plain
from desktop_app.ui.detail.evidence_text import EvidenceText
from desktop_app.ui.detail.sign_view import SignView
from desktop_app.ui.fact_words import evidence_text
from desktop_app.ui.icons import Icons
from desktop_app.ui.panels.buttons import icon_button, push
from desktop_app.ui.panels.foreign_text import ForeignText
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate


class EvidenceBox(QFrame):
    """All foreign text in it is plain, can be selected, and is copied whole by the button.

    Attributes:
        evidence: what it shows.
        words: its sentence.
        copy: copies everything, prompts and settings too.
        reveal: shows prompts and settings; None where there are none.
    """

    copy_asked = Signal(str)

    def __init__(self, evidence: Evidence, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.evidence = evidence
        contradicts = evidence.strength is Strength.CONTRADICTION
        self.setProperty("kind", "warning" if contradicts else "choice")
        self.words = ForeignText(plain(evidence.words), "strong")
        self._details = EvidenceText(evidence, theme)
        self.copy = icon_button(icons, "copy", translate("Evidence", "Copy what this says"))
        self.copy.clicked.connect(lambda: self.copy_asked.emit(evidence_text(evidence)))
        self.reveal = push("", "link") if evidence.private else None
        top = Qt.AlignmentFlag.AlignTop
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(SignView(evidence, theme), 0, top)
        row.addWidget(self.words, 1, top)
        row.addWidget(self.copy, 0, top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._details)
        self._details.setHidden(not self._details.text())
        if self.reveal is not None:
            self.reveal.setCheckable(True)
            self.reveal.toggled.connect(self._on_reveal)
            self._name_reveal(on=False)
            layout.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignLeft)

    def text(self) -> str:
        """All that can be read in it now."""
        return f"{self.words.text()}\n{self._details.text()}"

    def _on_reveal(self, on: bool) -> None:  # noqa: FBT001  # the slot of a signal
        self._details.show_private(visible=on)
        self._details.setHidden(not self._details.text())
        self._name_reveal(on=on)

    def _name_reveal(self, *, on: bool) -> None:
        if self.reveal is not None:
            shown = translate("Evidence", "Show prompt and settings")
            words = translate("Evidence", "Hide prompt and settings") if on else shown
            self.reveal.setText(words)
            self.reveal.setAccessibleName(words)
