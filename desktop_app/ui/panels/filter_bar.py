"""Finding and ordering: a field for names, a chip for each heap, the order, and the banner of what is left out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.cards.shapes import shape_icon
from desktop_app.ui.icons import Icons
from desktop_app.ui.listing.groups import Group, group_short_title, group_title
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.order import Arrangement, SortBy
from desktop_app.ui.panels.buttons import icon_button, label, push
from desktop_app.ui.panels.evidence_menu import EvidenceMenu
from desktop_app.ui.panels.flow_layout import FlowLayout
from desktop_app.ui.phrases import grouped
from desktop_app.ui.theme import Theme

translate = QCoreApplication.translate

_TYPING_MS = 150


class FilterBar(QFrame):
    """Asks for arrangements; shows the one in use."""

    asked = Signal(object)
    """The :class:`Arrangement` that the user wants."""

    def __init__(self, listing: Listing, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._listing = listing
        self._theme = theme
        self._wanted = listing.store.arrangement
        self._chips: dict[Group, QPushButton] = {}
        self._orders: dict[SortBy, QAction] = {}
        self.setObjectName("filters")
        self.search = self._search_field()
        self.evidence = EvidenceMenu(listing, theme)
        self.evidence.asked.connect(lambda marks: self._ask(marks=marks))
        self._sort = self._sort_button()
        self._direction = icon_button(icons, "direction", self.tr("Turn the order around"), checkable=True)
        self._direction.clicked.connect(lambda turned: self._ask(descending=turned))
        self._banner, self._shown = self._make_banner()
        self._lay_out()
        theme.changed.connect(self._dress_chips)
        listing.counted.connect(self._count)
        listing.arranged.connect(self._count)
        self._dress_chips()
        self.show_arrangement(self._wanted)

    def show_arrangement(self, arrangement: Arrangement) -> None:
        """Show what is in use."""
        self._wanted = arrangement
        self._orders[arrangement.sort_by].setChecked(True)
        self._sort.setText(self.tr("Sort: {order}").format(order=sort_title(arrangement.sort_by)))
        self._direction.setChecked(arrangement.descending)
        if self.search.text().strip() != arrangement.text:
            self.search.setText(arrangement.text)
        for group, chip in self._chips.items():
            chip.setChecked(group in arrangement.wanted)
        self._count()

    def clear(self) -> None:
        """Show everything."""
        self.search.clear()
        self._ask(wanted=frozenset(), text="", marks=frozenset())

    def only(self, group: Group) -> None:
        """Show one heap."""
        self._ask(wanted=frozenset({group}))

    def banner_text(self) -> str:
        """What the banner says; empty while nothing is left out."""
        return self._shown.text() if self._wanted.filtered else ""

    def chip(self, group: Group) -> QPushButton:
        """The chip of a heap."""
        return self._chips[group]

    def _ask(self, **changes: object) -> None:
        self.asked.emit(replace(self._wanted, **changes))  # type: ignore[arg-type]  # fields by name

    def _count(self) -> None:
        for group, chip in self._chips.items():
            count = self._listing.count(group)
            chip.setText(f"{group_short_title(group)} {grouped(count)}")
            chip.setVisible(count > 0 or chip.isChecked())
            chip.setAccessibleName(self.tr("Show {words}: {count}").format(words=group_title(group), count=count))
        self.evidence.show_wanted(self._wanted.marks)
        store = self._listing.store
        self._shown.setText(
            self.tr("Showing {shown} of {all}").format(shown=grouped(len(store.order)), all=grouped(len(store)))
        )
        self._banner.setVisible(self._wanted.filtered)

    def _on_chip(self) -> None:
        self._ask(wanted=frozenset(group for group, chip in self._chips.items() if chip.isChecked()))

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Find by name"))
        field.setAccessibleName(self.tr("Find by name"))
        field.setClearButtonEnabled(True)
        field.setAcceptDrops(False)  # a dropped file must reach the window, not become text here
        typing = QTimer(self)
        typing.setSingleShot(True)
        typing.setInterval(_TYPING_MS)
        typing.timeout.connect(lambda: self._ask(text=field.text().strip()))
        field.textChanged.connect(lambda _text: typing.start())
        return field

    def _sort_button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "menu")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(self.tr("Order"))
        menu, group = QMenu(button), QActionGroup(button)
        for sort_by in SortBy:
            action = menu.addAction(sort_title(sort_by))
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, sort_by=sort_by: self._ask(sort_by=sort_by))
            group.addAction(action)
            self._orders[sort_by] = action
        button.setMenu(menu)
        return button

    def _make_banner(self) -> tuple[QWidget, QLabel]:
        banner = QFrame()
        banner.setProperty("kind", "banner")
        text = label()
        clear = push(self.tr("Clear"), "link", described=self.tr("Clear the filter"))
        clear.clicked.connect(self.clear)
        row = QHBoxLayout(banner)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(text)
        row.addWidget(clear)
        row.addStretch(1)
        return banner, text

    def _lay_out(self) -> None:
        chips = QWidget()
        flow = FlowLayout(chips)
        for group in Group:
            chip = push("", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._on_chip)
            flow.addWidget(chip)
            self._chips[group] = chip
        row = QHBoxLayout()
        row.setSpacing(8)
        self.search.setMaximumWidth(self.fontMetrics().averageCharWidth() * 30)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.search, 1, top)
        row.addWidget(chips, 3, top)
        row.addWidget(self.evidence, 0, top)
        row.addWidget(self._sort, 0, top)
        row.addWidget(self._direction, 0, top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 8)
        layout.addLayout(row)
        layout.addWidget(self._banner)

    def _dress_chips(self) -> None:
        side = round(self.fontMetrics().height() * 0.85)
        for group, chip in self._chips.items():
            chip.setIcon(shape_icon(group, self._theme.colours.of(group), side))
            chip.setIconSize(QSize(side, side))


def sort_title(sort_by: SortBy) -> str:
    """The order's name for people."""
    return {
        SortBy.ADDED: translate("Sort", "Added"),
        SortBy.NAME: translate("Sort", "Name"),
        SortBy.SCORE: translate("Sort", "AI probability"),
        SortBy.UNCERTAIN: translate("Sort", "Most uncertain first"),
        SortBy.WORDS: translate("Sort", "Estimate"),
        SortBy.EVIDENCE: translate("Sort", "Evidence"),
        SortBy.STATE: translate("Sort", "State"),
        SortBy.MODE: translate("Sort", "Mode"),
        SortBy.SIZE: translate("Sort", "File size"),
        SortBy.FORMAT: translate("Sort", "Format"),
    }[sort_by]
