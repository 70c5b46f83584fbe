"""The estimate in full: words first, then the number with what it means, then the origins."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.estimates import Estimate
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.detail.base_rate import BaseRate
from desktop_app.ui.detail.counts import counts_sentence, counts_source
from desktop_app.ui.detail.origins import Origins
from desktop_app.ui.listing.groups import Group, group_of, group_title
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.panels.meters import Bar, Shape
from desktop_app.ui.phrases import percent, range_reason, spoken_percent, state_title
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate


class Answer(QWidget):
    """What the detector says of one picture.

    Attributes:
        base_rate: what it means for the user's own pictures.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shape = Shape(theme, 1.2)
        self._words = label("", "words", wrap=True)
        self._number = label("", "muted")
        self._bar = Bar(theme, 0.6)
        self._meaning = label("", "muted", wrap=True)
        self._counts, self._counted_on = label("", wrap=True), label("", "muted", wrap=True)
        self.base_rate = BaseRate()
        self._range = _Callout()
        self._sources = Origins(theme)
        self._item: Item | None = None
        self._lay_out()
        theme.changed.connect(self._refresh)

    def show_item(self, item: Item) -> None:
        """Show an item's estimate, or how far it is."""
        self._item = item
        group = group_of(item)
        estimate = item.estimate if item.state is ItemState.DONE else None
        self._shape.show_group(group)
        self._words.setText(group_title(group) if estimate else state_title(item.state))
        for widget in (self._number, self._bar, self._meaning, self._sources):
            widget.setVisible(estimate is not None)
        self._range.setVisible(estimate is not None and not estimate.in_range)
        self._show_counts(estimate)
        if estimate is not None:
            self._show_estimate(estimate, group)

    def counts_text(self) -> str:
        """How test pictures with such a score turned out, as shown; empty where nothing is said."""
        parts = (self._counts, self._counted_on)
        return " ".join(part.text() for part in parts) if not self._counts.isHidden() else ""

    def range_text(self) -> str:
        """Why the picture is out of range, as shown; empty in range."""
        return self._range.text() if not self._range.isHidden() else ""

    def _show_estimate(self, estimate: Estimate, group: Group) -> None:
        muted = not estimate.in_range
        number = percent(estimate.p_ai)
        self._number.setText(translate("Answer", "{number} AI").format(number=number))
        self._bar.show_fraction(
            estimate.p_ai, self._theme.colours.of(group), muted=muted, spoken=spoken_percent(estimate.p_ai)
        )
        self._meaning.setText(meaning(group, number, flips=_flips(estimate)))
        self._range.say(range_reason(estimate))
        self._sources.show_estimate(estimate, group)

    def _show_counts(self, estimate: Estimate | None) -> None:
        # Test pictures were not tried with changes: nothing is known of those whose answer flips.
        told = estimate is not None and estimate.in_range and not _flips(estimate)
        counts = estimate.counts if estimate is not None and told else None
        for widget in (self._counts, self._counted_on):
            widget.setVisible(counts is not None)
        self.base_rate.show_counts(counts)
        if counts is not None:
            self._counts.setText(counts_sentence(counts))
            self._counted_on.setText(counts_source(counts))

    def _refresh(self) -> None:
        if self._item is not None:
            self.show_item(self._item)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._shape)
        head.addWidget(self._words, 1)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        bar.addWidget(self._bar, 1)
        bar.addWidget(self._number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(bar)
        for widget in (self._meaning, self._counts, self.base_rate, self._counted_on, self._range):
            layout.addWidget(widget)
        layout.addWidget(self._sources)


class _Callout(QFrame):
    """Why the number can't be relied on."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "callout")
        self._heading = label(translate("Answer", "Why outside the range?"), "strong")
        self._text = label("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(self._text)

    def say(self, reason: str) -> None:
        self._text.setText(reason)

    def text(self) -> str:
        return self._text.text()


def _flips(estimate: Estimate) -> bool:
    return estimate.stability is not None and estimate.stability.flips


def meaning(group: Group, number: str, *, flips: bool = False) -> str:
    """One sentence that says what the number does and does not mean; ``flips``: harmless changes turn it."""
    if group is Group.OUT_OF_RANGE:
        text = translate(
            "Answer",
            "The model gave {number}, but it was never tested on pictures like this one: don't rely on it.",
        )
    elif group is Group.FEW:
        text = translate(
            "Answer",
            "The model puts the probability of AI at {number}. It looks for what it knows; few signs are not "
            "proof that a camera took it.",
        )
    elif group is Group.CANT_TELL and flips:
        text = translate(
            "Answer",
            "The model puts the probability of AI at {number}, but harmless changes to the picture turn its "
            "answer around: don't rely on it.",
        )
    elif group is Group.CANT_TELL:
        text = translate("Answer", "The model puts the probability of AI at {number}: too close to call.")
    else:
        text = translate(
            "Answer", "The model puts the probability of AI at {number}. This is an estimate and can be wrong."
        )
    return text.format(number=number)
