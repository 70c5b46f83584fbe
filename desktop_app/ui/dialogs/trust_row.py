"""One list of signers: what it is, which one is here, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.panels.foreign_text import ForeignText

_KINDS = ("text", "muted")


class TrustRow(QFrame):
    """Sentences over buttons.

    Attributes:
        fetch: downloads it; hidden for a list that is not published any more.
        add: takes it from files.
        forget: removes it; hidden while there is none.
    """

    def __init__(self, title: str, about: str, *, fetched: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "choice")
        self._fetched = fetched
        self._sentences: list[ForeignText] = []
        self.fetch = push(self.tr("Fetch"), "primary", described=self.tr("Fetch: {list}").format(list=title))
        self.fetch.setVisible(fetched)
        self.add = push(self.tr("Add from file…"), described=self.tr("Add from file: {list}").format(list=title))
        self.forget = push(self.tr("Remove"), described=self.tr("Remove: {list}").format(list=title))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.fetch, self.add, self.forget):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(label(title, "strong"))
        layout.addWidget(label(about, "muted", wrap=True))
        layout.addLayout(self._lines)
        layout.addLayout(buttons)
        self.show_sentences(())

    def text(self) -> str:
        """What is said of the list that is here."""
        return "\n".join(line.text() for line in self._sentences)

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Show what is known of the list that is here; nothing when there is none."""
        for old in self._sentences:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._sentences = []
        # What follows name and hash is a warning.
        kinds = [*_KINDS, *["strong"] * len(sentences)]
        for text, kind in zip(sentences or (self.tr("Not here yet."),), kinds, strict=False):
            line = ForeignText(text, kind)
            self._sentences.append(line)
            self._lines.addWidget(line)
        self.forget.setVisible(bool(sentences))
        if self._fetched:
            self.fetch.setText(self.tr("Fetch again") if sentences else self.tr("Fetch"))

    def set_waiting(self, *, waiting: bool) -> None:
        """Whether something goes on that the buttons wait for."""
        for button in (self.fetch, self.add, self.forget):
            button.setEnabled(not waiting)
