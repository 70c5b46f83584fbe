"""Where everything on a card lies: measured in the font, so that cards grow with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF

from desktop_app.ui.listing.groups import Group, group_title
from desktop_app.ui.phrases import percent

_THUMB_SHAPE = 0.8  # height of the picture's place by the chosen size
_LEAST_SHAPE = 0.4  # … and by the width that the words need


def small(font: QFont) -> QFont:
    """The font for small print."""
    smaller = QFont(font)
    if font.pointSizeF() > 0:
        smaller.setPointSizeF(font.pointSizeF() * 0.88)
    else:
        smaller.setPixelSize(max(8, round(font.pixelSize() * 0.88)))
    return smaller


def strong(font: QFont) -> QFont:
    """The font for words that matter."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier


@dataclass(frozen=True, slots=True)
class CardMetrics:
    """Sizes for one font, one thumbnail size and one number of source bars."""

    font: QFont
    small_font: QFont
    strong_font: QFont
    gap: float
    padding: float
    line: float
    small_line: float
    text_width: float
    number_width: float
    thumb_height: float
    source_bars: int

    @staticmethod
    def measure(font: QFont, thumbnail_px: int, source_bars: int = 2) -> CardMetrics:
        """Measure ``font``; the width is that of the thumbnail or of the longest words, whichever is larger."""
        plain, heavy, little = QFontMetricsF(font), QFontMetricsF(strong(font)), QFontMetricsF(small(font))
        line = plain.height()
        longest = max(heavy.horizontalAdvance(group_title(group)) for group in Group)
        width = max(float(thumbnail_px), longest + line * 1.5)
        return CardMetrics(
            font=font,
            small_font=small(font),
            strong_font=strong(font),
            gap=round(line * 0.5),
            padding=round(line * 0.7),
            line=line,
            small_line=little.height(),
            text_width=width,
            number_width=little.horizontalAdvance(percent(1.0)) + 2,
            thumb_height=max(round(thumbnail_px * _THUMB_SHAPE), round(width * _LEAST_SHAPE)),
            source_bars=source_bars,
        )

    @property
    def cell(self) -> QSize:
        """Size of a card with the space around it."""
        width = self.text_width + 2 * self.padding + self.gap
        height = self.thumb_height + 2 * self.padding + self.gap + self._text_height()
        return QSize(round(width), round(height))

    @property
    def source_step(self) -> float:
        """From one source bar to the next."""
        return self.small_line + self.gap * 0.25

    def card(self, cell: QRectF) -> QRectF:
        """The card inside its cell."""
        half = self.gap / 2
        return cell.adjusted(half, half, -half, -half)

    def thumb(self, card: QRectF) -> QRectF:
        """The picture's place."""
        pad = self.padding
        return QRectF(card.left() + pad, card.top() + pad, card.width() - 2 * pad, self.thumb_height)

    def name(self, card: QRectF) -> QRectF:
        """The name's line."""
        thumb = self.thumb(card)
        return QRectF(thumb.left(), thumb.bottom() + self.gap * 0.7, thumb.width(), self.line)

    def headline(self, card: QRectF) -> QRectF:
        """The line of the words, shape included."""
        return self.name(card).translated(0, self.line + self.gap * 0.35)

    def second(self, card: QRectF) -> QRectF:
        """The line of the estimate's words below a fact, which then has the headline's place.

        It takes the place of one source bar, so that all cards are of one height.
        """
        headline = self.headline(card)
        return QRectF(headline.left(), headline.bottom() + self.gap * 0.25, headline.width(), self.small_line)

    def bar_line(self, card: QRectF, *, lowered: bool = False) -> QRectF:
        """The line of the probability bar, number included; ``lowered``: below a fact and an estimate."""
        headline = self.headline(card)
        top = headline.bottom() + self.gap * 0.5 + (self.source_step if lowered else 0)
        return QRectF(headline.left(), top, headline.width(), self.small_line)

    def source_line(self, card: QRectF, index: int, *, lowered: bool = False) -> QRectF:
        """The line of one source bar, its name included."""
        below = self.small_line + self.gap * 0.5 + index * self.source_step
        return self.bar_line(card, lowered=lowered).translated(0, below)

    def message(self, card: QRectF, *, lowered: bool = False) -> QRectF:
        """The place of a failure's sentence: where the bars would be."""
        bar = self.bar_line(card, lowered=lowered)
        return QRectF(bar.left(), bar.top(), bar.width(), card.bottom() - self.padding - bar.top())

    def why(self, card: QRectF, width: float, *, lowered: bool = False) -> QRectF:
        """The place of the small "Why?" at the end of the bar's line."""
        bar = self.bar_line(card, lowered=lowered)
        return QRectF(bar.right() - width, bar.top(), width, bar.height())

    def _text_height(self) -> float:
        lines = 2 * self.line + self.small_line + self.source_bars * self.source_step
        return lines + self.gap * (0.7 + 0.35 + 0.5 + 0.5)
