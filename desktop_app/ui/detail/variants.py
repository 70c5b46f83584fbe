"""The score of the picture itself and of its harmlessly changed copies, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.core.estimates import Estimate, VariantScore, Words
from desktop_app.core.text import plain
from desktop_app.ui.panels.buttons import label, redress
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.panels.meters import Bar
from desktop_app.ui.phrases import inside_a_sentence, percent
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate

_MOST_LINES = 24
_LEAST_BAR = 2  # in lines of text


class VariantList(QWidget):
    """Name, bar, number; those that don't count stand muted at the end, under a line that says why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._not_counted = label("", "muted", wrap=True)
        self._lines: list[tuple[ElidedLabel, Bar, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)

    def show_estimate(self, estimate: Estimate) -> None:
        """Show what was tried; nothing when nothing was."""
        variants = estimate.stability.variants if estimate.stability is not None else ()
        itself = VariantScore(translate("Changes", "The picture itself"), estimate.p_ai, counted=True)
        counted = [itself, *(variant for variant in variants if variant.counted)]
        others = [variant for variant in variants if not variant.counted]
        shown = [*counted, *others][:_MOST_LINES] if variants else []
        self._need_lines(len(shown))
        self._put_in_place(len(counted) if others else len(self._lines))
        self._not_counted.setText(f"{_why_not_counted(estimate)}:")
        self._not_counted.setVisible(bool(others))
        for line, variant in zip(self._lines, shown, strict=False):
            self._fill(line, variant, estimate)
        for number, line in enumerate(self._lines):
            for widget in line:
                widget.setVisible(number < len(shown))

    def texts(self) -> Sequence[str]:
        """The lines as they read."""
        return [f"{name.text} {number.text()}" for name, _bar, number in self._lines if not name.isHidden()]

    def _fill(self, line: tuple[ElidedLabel, Bar, QLabel], variant: VariantScore, estimate: Estimate) -> None:
        name, bar, number = line
        words, colours = plain(variant.name, 80), self._theme.colours
        name.set_text(words)
        redress(name, "kind", "plain" if variant.counted else "muted")
        number.setText(percent(variant.p_ai))
        spoken = f"{words}, {percent(variant.p_ai)}"
        if not variant.counted:
            spoken = f"{spoken}, {inside_a_sentence(_why_not_counted(estimate))}"
        orange = colours.strong if estimate.words is Words.STRONG else colours.some
        colour = orange if variant.p_ai > 0.5 else colours.few  # noqa: PLR2004  # the side it is on
        muted = not (variant.counted and estimate.in_range)
        bar.show_fraction(variant.p_ai, colour, muted=muted, spoken=spoken)

    def _need_lines(self, count: int) -> None:
        while len(self._lines) < count:
            number = label("", "muted")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            bar = Bar(self._theme, 0.35)
            # With large letters the names would leave it nothing.
            bar.setMinimumWidth(_LEAST_BAR * self.fontMetrics().height())
            self._lines.append((ElidedLabel(), bar, number))

    def _put_in_place(self, counted: int) -> None:
        """Row by row, the sentence behind the first ``counted`` lines."""
        for index, line in enumerate(self._lines):
            row = index if index < counted else index + 1
            for column, widget in enumerate(line):
                self._grid.addWidget(widget, row, column)
        self._grid.addWidget(self._not_counted, counted, 0, 1, 3)


def _why_not_counted(estimate: Estimate) -> str:
    if estimate.in_range:
        return translate("Changes", "Outside this model's range, not counted")
    return translate("Changes", "Inside this model's range, unlike the picture; not counted")
