"""From the page of the lists of signers to what is done with them, away from the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import TelltaleError
from desktop_app.evidence.trust import ListKind
from desktop_app.evidence.trust.adding import HOST
from desktop_app.ui.cloud.errands import Errands
from desktop_app.ui.dialogs.trust_page import TrustPage
from desktop_app.ui.ports import TrustServices


class TrustFlow(QObject):
    """Makes the page, and does what is asked there."""

    changed = Signal()
    """A list came or went; decoders read them when they start."""

    def __init__(self, services: TrustServices, errands: Errands, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._errands = errands
        self._cancel = CancelToken()

    def page(self) -> TrustPage:
        """A page for a dialog that is opened now."""
        page = TrustPage(HOST)
        page.shown.connect(lambda: self._list(page))
        page.fetch_asked.connect(lambda: self._fetch(page))
        page.add_asked.connect(lambda paths, kind: self._add(page, paths, kind))
        page.forget_asked.connect(lambda kind: self._do(page, lambda: self._services.forget(kind), ""))
        page.cancel_asked.connect(lambda: self._give_up(page))
        return page

    def stop(self) -> None:
        """Give up what is going on; nobody looks any more."""
        self._cancel.cancel()

    def _give_up(self, page: TrustPage) -> None:
        self.stop()
        page.show_idle()

    def _list(self, page: TrustPage) -> None:
        self._errands.run(self._services.lists, lambda found: page.show_lists(*found), page.show_problem)

    def _fetch(self, page: TrustPage) -> None:
        self._cancel = cancel = CancelToken()
        self._do(page, lambda: self._services.fetch(cancel), self.tr("Fetching the official list…"), cancel)

    def _add(self, page: TrustPage, paths: Sequence[Path], kind: ListKind) -> None:
        self._do(page, lambda: self._services.add(paths, kind), "")

    def _do(
        self, page: TrustPage, work: Callable[[], object], words: str, cancel: CancelToken | None = None
    ) -> None:
        def failed(error: TelltaleError) -> None:
            if cancel is None or not cancel.cancelled:
                page.show_problem(error)

        page.show_busy(words, can_cancel=cancel is not None)
        self._errands.run(work, lambda _done: self._on_done(page), failed)

    def _on_done(self, page: TrustPage) -> None:
        page.show_done()
        self.changed.emit()
        self._list(page)
