"""The settings' page of the lists of signers: which there are, and how one gets here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.core.errors import TelltaleError
from desktop_app.evidence.trust import ListKind, TrustLists
from desktop_app.ui.dialogs.trust_row import TrustRow
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.phrases import error_hint, error_sentence


class TrustPage(QWidget):
    """What is done here is done at once, whatever becomes of the dialog around it.

    Attributes:
        rows: one a kind of list.
        cancel: gives up what is going on.
    """

    shown = Signal()
    fetch_asked = Signal()
    add_asked = Signal(object, object)
    """Paths of the files that the user picked, and the kind of list that they are."""
    forget_asked = Signal(object)
    cancel_asked = Signal()

    def __init__(self, host: str) -> None:
        """``host`` is asked for the official list."""
        super().__init__()
        self.rows = {
            ListKind.OFFICIAL: TrustRow(
                self.tr("Official list of the C2PA"),
                self.tr("Changes about every month. Fetching asks {host}, where it is published.").format(
                    host=host
                ),
                fetched=True,
            ),
            ListKind.INTERIM: TrustRow(
                self.tr("Older interim list"),
                self.tr(
                    "Frozen on 1 January 2026. Signers of older pictures may be on this one alone; Telltale says "
                    "which list it was."
                ),
            ),
        }
        for kind, row in self.rows.items():
            row.add.clicked.connect(lambda _checked=False, kind=kind: self._pick(kind))
            row.forget.clicked.connect(lambda _checked=False, kind=kind: self.forget_asked.emit(kind))
            row.fetch.clicked.connect(self.fetch_asked)
        self._acting = False
        self._busy = label("")
        self.cancel = push(self.tr("Cancel"), described=self.tr("Cancel fetching"))
        self.cancel.clicked.connect(self.cancel_asked)
        self._problem = label("", "strong", wrap=True)
        self._lay_out()
        self._say("")
        self._set_busy(busy=True)  # until the lists were read
        self.cancel.hide()

    @property
    def problem(self) -> str:
        """What went wrong, as shown; empty when nothing did."""
        return self._problem.text()

    def showEvent(self, event: QShowEvent) -> None:
        """Time to read the lists; not before, since few people come here."""
        super().showEvent(event)
        self.shown.emit()

    def show_lists(self, lists: TrustLists, problems: Sequence[str] = ()) -> None:
        """Show which lists there are; while something goes on, it goes on."""
        if not isValid(self):
            return
        today = dt.datetime.now(dt.UTC).date()
        for kind, known in ((ListKind.OFFICIAL, lists.official), (ListKind.INTERIM, lists.interim)):
            self.rows[kind].show_sentences(() if known is None else known.describe(today))
        if self._acting:
            return
        self.show_idle()
        if problems:
            self._say(" ".join(problems))

    def show_busy(self, words: str, *, can_cancel: bool) -> None:
        """Something goes on; the buttons wait for it."""
        self._acting = True
        self._say("")
        self._busy.setText(words)
        self._set_busy(busy=True)
        self.cancel.setVisible(can_cancel)

    def show_idle(self) -> None:
        """Nothing goes on any more."""
        self._acting = False
        self._set_busy(busy=False)

    def show_done(self) -> None:
        """What went on is done; the buttons wait for the lists that come of it."""
        self._acting = False

    def show_problem(self, error: TelltaleError) -> None:
        """What went wrong; the lists are as they were."""
        if isValid(self):
            self._say(f"{error_sentence(error)} {error_hint(error)}".strip())
            self.show_idle()

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy.setVisible(busy and bool(self._busy.text()))
        self.cancel.setVisible(busy)
        for row in self.rows.values():
            row.set_waiting(waiting=busy)

    def _pick(self, kind: ListKind) -> None:
        title = self.tr("Pick the files of the list") if kind is ListKind.INTERIM else self.tr("Pick the list")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", self.tr("Certificates (*.pem);;All files (*)"))
        if names:
            self.add_asked.emit([Path(name) for name in names], kind)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(label(self.tr("Lists of signers"), "heading"))
        about = self.tr(
            "Content Credentials are signed, and anybody can make a signature in any name. A list says who is "
            "vouched for. Without one, Telltale says whether picture and signature are intact, and that the "
            "signer wasn't checked. No list comes with Telltale, and none is fetched before you click."
        )
        layout.addWidget(label(about, wrap=True))
        line = QHBoxLayout()
        line.addWidget(self._busy)
        line.addWidget(self.cancel)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(self._problem)
        for row in self.rows.values():
            layout.addWidget(row)
        layout.addStretch(1)
