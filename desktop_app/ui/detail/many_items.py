"""A summary of several selected items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.items import Item
from desktop_app.ui.listing.groups import Group, group_of, group_title
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.panels.meters import Bar, Shape
from desktop_app.ui.phrases import grouped, inside_a_sentence
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate


class ManyItems(QWidget):
    """How many lie on each heap."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = label("", "title")
        self._lines: dict[Group, tuple[Shape, QLabel, QLabel, Bar]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, group in enumerate(Group):
            shape, words = Shape(theme), label(group_title(group))
            number, bar = label("", "muted"), Bar(theme, 0.3)
            shape.show_group(group)
            grid.addWidget(shape, 2 * row, 0)
            grid.addWidget(words, 2 * row, 1)
            grid.addWidget(number, 2 * row, 2)
            grid.addWidget(bar, 2 * row + 1, 1, 1, 2)
            self._lines[group] = (shape, words, number, bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addLayout(grid)
        layout.addStretch(1)

    def show_items(self, items: Sequence[Item]) -> None:
        """Count them."""
        counts = Counter(group_of(item) for item in items)
        self._title.setText(translate("Many", "{n} selected").format(n=grouped(len(items))))
        self.setAccessibleName(summary(counts))
        for group, line in self._lines.items():
            count = counts[group]
            for widget in line:
                widget.setVisible(count > 0)
            line[2].setText(grouped(count))
            line[3].show_fraction(
                count / max(1, len(items)),
                self._theme.colours.of(group),
                muted=group is Group.OUT_OF_RANGE,
                spoken=f"{group_title(group)}: {count}",
            )


def summary(counts: Counter[Group]) -> str:
    """``12 selected: 3 strong signs of AI, 9 failed``."""
    parts = [f"{counts[group]} {inside_a_sentence(group_title(group))}" for group in Group if counts[group]]
    total = sum(counts.values())
    return translate("Many", "{n} selected: {parts}").format(n=total, parts=", ".join(parts))
