"""Try harmless changes: the button, what goes on, and whether the answer held."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.estimates import Estimate
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.detail.error_box import ErrorBox
from desktop_app.ui.detail.stability_words import stability_range, stability_verdict
from desktop_app.ui.detail.variants import VariantList
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.theme import Theme
from desktop_app.ui.tries import Try, can_be_tried


class Changes(QWidget):
    """Hidden for unfinished items and for the cloud's."""

    asked = Signal()
    recheck_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._item: Item | None = None
        self._heading = label(self.tr("Harmless changes"), "heading")
        self._about = label("", "muted", wrap=True)
        self.button = push("", "plain")
        self.button.clicked.connect(self.asked)
        self._verdict, self._range = label("", "strong", wrap=True), label("", wrap=True)
        self.variants = VariantList(theme)
        self._error = ErrorBox(retry=False)  # the button above is the way to try again
        self._error.retry_asked.connect(self.recheck_asked)
        self._lay_out()
        theme.changed.connect(self._refresh)

    def show_item(self, item: Item, state: Try) -> None:
        """Show what harmless changes did to an item's answer, or the way to find out."""
        self._item = item
        estimate = item.estimate if item.state is ItemState.DONE else None
        tried = estimate is not None and estimate.stability is not None
        askable = can_be_tried(item)
        self.setVisible(tried or askable)
        for answer in (self._verdict, self._range, self.variants):
            answer.setVisible(tried)
        for question in (self._about, self.button):
            question.setVisible(askable)
        self.button.setEnabled(not state.running)
        words = self.tr("Trying harmless changes…") if state.running else self.tr("Try harmless changes")
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self._error.show_error(state.error if askable else None)
        self._about.setText(self._question(looked_twice=tried))
        if estimate is not None:
            self._show_estimate(estimate)

    def words(self) -> str:
        """What is said of the answer, or of why there is none; empty while nothing was tried."""
        if not self._verdict.isHidden():
            return f"{self._verdict.text()} {self._range.text()}"
        return self._error.text()

    def _question(self, *, looked_twice: bool) -> str:
        if looked_twice:
            return self.tr(
                "Strong answers are looked at twice: what a few quick changes did is below. The whole list of "
                "eight can be tried on this computer."
            )
        return self.tr(
            "Does the answer stay the same when the picture is saved again, made smaller, mirrored or turned "
            "grey? Eight copies are checked on this computer."
        )

    def _show_estimate(self, estimate: Estimate) -> None:
        self.variants.show_estimate(estimate)
        if estimate.stability is not None:
            self._verdict.setText(stability_verdict(estimate, estimate.stability))
            self._range.setText(stability_range(estimate.stability))

    def _refresh(self) -> None:
        if self._item is not None and self._item.estimate is not None:
            self.variants.show_estimate(self._item.estimate)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self._about)
        layout.addLayout(row)
        for widget in (self._error, self._verdict, self._range, self.variants):
            layout.addWidget(widget)
