"""The estimate in full: words first, then the number with what it means, then the origins."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.cards.painter import source_colour
from desktop_app.ui.listing.groups import Group, group_of, group_title
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.panels.meters import Bar, Shape
from desktop_app.ui.phrases import percent, range_reason, spoken_percent, state_title
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate

_MOST_SOURCES = 5


class Answer(QWidget):
    """What the detector says of one picture."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shape = Shape(theme, 1.2)
        self._words = label("", "words", wrap=True)
        self._number = label("", "muted")
        self._bar = Bar(theme, 0.6)
        self._meaning = label("", "muted", wrap=True)
        self._range = _Callout()
        self._sources = _Sources(theme)
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
        if estimate is not None:
            self._show_estimate(estimate, group)

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
        self._meaning.setText(meaning(group, number))
        self._range.say(range_reason(estimate))
        self._sources.show_estimate(estimate, group)

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
        layout.addWidget(self._meaning)
        layout.addWidget(self._range)
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


class _Sources(QWidget):
    """One line an origin: name, number, bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[tuple[ElidedLabel, QWidget, Bar]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setVerticalSpacing(3)
        grid.addWidget(label(translate("Answer", "Possible origins"), "heading"), 0, 0, 1, 2)
        # The set of names is the model's, and newer generators are not in it.
        self._from = label(translate("Answer", "From the names this model knows."), "muted", wrap=True)
        grid.addWidget(self._from, 2 * _MOST_SOURCES + 1, 0, 1, 2)
        self._numbers = [label("", "muted") for _ in range(_MOST_SOURCES)]
        for number in self._numbers:
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for row, number in enumerate(self._numbers):
            name, bar = ElidedLabel(), Bar(theme, 0.35)
            grid.addWidget(name, 2 * row + 1, 0)
            grid.addWidget(number, 2 * row + 1, 1)
            grid.addWidget(bar, 2 * row + 2, 0, 1, 2)
            self._lines.append((name, number, bar))
        grid.setColumnStretch(0, 1)

    def show_estimate(self, estimate: Estimate, group: Group) -> None:
        scores = estimate.sources[:_MOST_SOURCES]
        self._from.setVisible(estimate.mode is Mode.CLOUD and bool(scores))
        self.setVisible(bool(scores))
        for index, (name, number, bar) in enumerate(self._lines):
            known = index < len(scores)
            for widget in (name, number, bar):
                widget.setVisible(known)
            if known:
                score = scores[index]
                text = percent(score.p)
                name.set_text(score.name)
                self._numbers[index].setText(text)
                bar.show_fraction(
                    score.p,
                    source_colour(score, group, self._theme.colours),
                    muted=not estimate.in_range,
                    spoken=f"{score.name}, {text}",
                )


def meaning(group: Group, number: str) -> str:
    """One sentence that says what the number does and does not mean."""
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
    elif group is Group.CANT_TELL:
        text = translate("Answer", "The model puts the probability of AI at {number}: too close to call.")
    else:
        text = translate(
            "Answer", "The model puts the probability of AI at {number}. This is an estimate and can be wrong."
        )
    return text.format(number=number)
