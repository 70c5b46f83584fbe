"""The possible origins that a detector names, with their shares."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.core.estimates import Estimate, Mode
from desktop_app.ui.cards.painter import source_colour
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.panels.meters import Bar
from desktop_app.ui.phrases import percent
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate

_MOST_SOURCES = 5


class Origins(QWidget):
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
        """Show the largest ones; nothing when the detector names none."""
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
