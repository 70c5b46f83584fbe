"""The switch under the picture for where its score came from, and what the colours mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.estimates import Estimate, HeatCell
from desktop_app.ui.detail.heat import tint
from desktop_app.ui.detail.heat_grid import cover_all
from desktop_app.ui.detail.heat_words import heat_sentence
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.theme import Theme


class HeatKey(QWidget):
    """Stays switched on from picture to picture until the program ends; hidden where a model doesn't say."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = push(self.tr("Where the score came from"), "chip")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_toggled)
        self._caution = label(self.tr("Where the score came from, not proof."), "strong", wrap=True)
        self._places = label("", "muted", wrap=True)
        self._unseen = label(self.tr("What lies outside the broken line was not looked at."), "muted", wrap=True)
        self._disowned = label(
            self.tr("This picture is outside the model's range, so this says even less."), "muted", wrap=True
        )
        self._legend = self._make_legend(theme)
        self._cells: tuple[HeatCell, ...] = ()
        self._whole = True
        self._in_range = True
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        for widget in (self._caution, self._legend, self._places, self._unseen, self._disowned):
            layout.addWidget(widget)
        self.show_estimate(None)

    @property
    def on(self) -> bool:
        """Whether the picture is to be tinted."""
        return self.button.isChecked() and not self.isHidden()

    def show_estimate(self, estimate: Estimate | None) -> None:
        """Offer the switch where the estimate says where its score came from."""
        cells = (estimate.heat if estimate is not None else None) or ()
        if cells != self._cells:
            self._cells = cells
            self._places.setText(heat_sentence(cells))
            self._whole = cover_all(cells)
        self._in_range = estimate is None or estimate.in_range
        self.setVisible(bool(cells))
        self._show_words()

    def words(self) -> str:
        """What is said while the picture is tinted; empty while it isn't."""
        shown = (self._caution, self._places, self._unseen, self._disowned)
        return " ".join(part.text() for part in shown if not part.isHidden()) if self.on else ""

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001  # the slot of a signal
        self._show_words()
        self.toggled.emit(on)

    def _show_words(self) -> None:
        on = self.button.isChecked()
        for widget in (self._caution, self._legend, self._places):
            widget.setVisible(on)
        self._unseen.setVisible(on and not self._whole)
        self._disowned.setVisible(on and not self._in_range)

    def _make_legend(self, theme: Theme) -> QWidget:
        legend = QWidget()
        row = QHBoxLayout(legend)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(self.tr("Against AI"), "muted"))
        row.addWidget(_Scale(theme), 1)
        row.addWidget(label(self.tr("For AI"), "muted"))
        return legend


class _Scale(QWidget):
    """From blue over nothing to orange, on white as pale pictures are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Blue speaks against AI, orange for it; no colour speaks neither way."))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As high as half a line."""
        return QSize(60, max(6, round(self.fontMetrics().height() * 0.6)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the scale."""
        colours = self._theme.colours
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shades = QLinearGradient(box.topLeft(), box.topRight())
        for step in (0.0, 0.5, 1.0):
            shades.setColorAt(step, tint(step, colours))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1.0))
        for brush in (Qt.GlobalColor.white, shades):
            painter.setBrush(brush)
            painter.drawRoundedRect(box, 3, 3)
        painter.end()
