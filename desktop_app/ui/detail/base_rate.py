"""What a score means for the user's own pictures, by how many of them are AI as they guess."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop_app.core.estimates import ScoreCounts
from desktop_app.ui.detail.odds import AiShare, ai_share
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.panels.flow_layout import FlowLayout

translate = QCoreApplication.translate

_ONE_IN = (2, 20, 100)
_TEN, _HUNDRED = 10, 100


class _Choice(QComboBox):
    """A choice inside a panel that scrolls."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is for the panel around it."""
        event.ignore()


class BaseRate(QWidget):
    """A sentence under a choice that stays from picture to picture."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: ScoreCounts | None = None
        self._asked = label(self.tr("AI among your pictures:"), "muted")
        self.choice = _Choice()
        self.choice.setAccessibleName(self.tr("How many of your pictures are AI, as you guess"))
        for one_in in _ONE_IN:
            self.choice.addItem(self.tr("1 in {n}").format(n=one_in), one_in)
        self.choice.currentIndexChanged.connect(self._refresh)
        self._sentence = label("", wrap=True)
        self._asked.setMinimumHeight(self.choice.sizeHint().height())  # on one line with it
        self._row = QWidget()
        row = FlowLayout(self._row)
        row.addWidget(self._asked)
        row.addWidget(self.choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._row)
        layout.addWidget(self._sentence)
        self.show_counts(None)

    @property
    def one_in(self) -> int:
        """One in how many of the user's pictures is AI."""
        return int(self.choice.currentData())

    def choose(self, one_in: int) -> None:
        """Set it; what isn't offered changes nothing."""
        index = self.choice.findData(one_in)
        if index >= 0:
            self.choice.setCurrentIndex(index)

    def show_counts(self, counts: ScoreCounts | None) -> None:
        """Show what these counts mean; nothing without them."""
        self._counts = counts
        self._refresh()

    def text(self) -> str:
        """The sentence as shown; empty when nothing is."""
        return "" if self.isHidden() else self._sentence.text()

    def _refresh(self) -> None:
        known = self._counts is not None and bool(self._counts.all_photographs and self._counts.all_ai)
        self.setVisible(known)
        if self._counts is not None:
            share = ai_share(self._counts, 1 / self.one_in)
            self._row.setVisible(share is not None)
            self._sentence.setText(base_rate_sentence(share, self.one_in))


def base_rate_sentence(share: AiShare | None, one_in: int) -> str:
    """Say "If 1 in 20 of your pictures is AI, about 7 in 10 with a score like this are (between 6 and 8)."."""
    if share is None:
        return translate("Counts", "Too few to say what such a score means among your pictures.")
    text = translate("Counts", "If 1 in {n} of your pictures is AI, {share} with a score like this are{between}.")
    of = _TEN if 1 <= _TEN * share.likely <= _TEN - 1 else _HUNDRED
    return text.format(n=one_in, share=_share(share, of), between=_between(share, of))


def _share(share: AiShare, of: int) -> str:
    count = round(of * share.likely)
    if count == of:
        text = translate("Counts", "more than {n} in {of}")
    else:
        text = translate("Counts", "about {n} in {of}") if count else translate("Counts", "fewer than {n} in {of}")
    return text.format(n=min(max(count, 1), of - 1), of=of)


def _between(share: AiShare, of: int) -> str:
    count, low, high = (round(of * end) for end in (share.likely, share.low, share.high))
    if count == of:
        text = translate("Counts", " (at least {low})") if low < of - 1 else ""
    elif not count:
        text = translate("Counts", " (at most {high})") if high > 1 else ""
    else:
        text = translate("Counts", " (between {low} and {high})") if low < high else ""
    return text.format(low=low, high=high)
