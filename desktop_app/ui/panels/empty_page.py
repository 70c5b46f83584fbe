"""The empty window: where to drop, what it can't tell, and that nothing leaves the computer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ui.icons import drawing
from desktop_app.ui.panels.buttons import label, push
from desktop_app.ui.theme import Theme


class EmptyPage(QWidget):
    """A large drop area with one button."""

    def __init__(self, theme: Theme, open_pictures: QAction, open_folder: QAction, learn: QAction) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("empty")
        self.setAccessibleName(self.tr("Drop pictures here"))
        self._sentence = label("", "muted", wrap=True)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setAccessibleName(self.tr("Drop area"))
        title = label(self.tr("Drop pictures, folders or links here"), "hero")
        formats = label(self.tr("JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF, HEIC · or paste with Ctrl+V"), "muted")
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.addStretch(3)
        for widget, gap in (
            (self._picture, 1.0),
            (title, 0.5),
            (formats, 1.4),
            (self._buttons(open_pictures, open_folder), 2.2),
        ):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(round(gap * self.fontMetrics().height()))
        layout.addWidget(self._honest(learn))
        layout.addStretch(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._redraw)
        self._redraw()

    @property
    def sentence(self) -> str:
        """What offline mode can and can't tell, as shown."""
        return self._sentence.text()

    def show_knows(self, pictures: str) -> None:
        """Say which pictures offline mode answers, a part of a sentence; empty where that isn't known."""
        text = self.tr(
            "Offline, Telltale answers {pictures}, and can be wrong. Everything else is shown as outside its "
            "range, with the reason."
        )
        self._sentence.setText(text.format(pictures=pictures) if pictures else "")

    def minimumSizeHint(self) -> QSize:
        """May be squeezed: dropping works all the same."""
        return QSize(200, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The broken line around the drop area."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = self.fontMetrics().height() * 1.2
        pen = QPen(QColor(colours.hatch), 1.6, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), 18, 18)
        painter.end()

    def _buttons(self, open_pictures: QAction, open_folder: QAction) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        first = push(self.tr("Open pictures…"), "hero")
        first.clicked.connect(open_pictures.trigger)
        second = push(self.tr("Open folder…"), "quiet")
        second.clicked.connect(open_folder.trigger)
        layout.addWidget(first)
        layout.addWidget(second)
        return row

    def _honest(self, learn: QAction) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setSpacing(6)
        sentence = self._sentence
        sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sentence.setMaximumWidth(self.fontMetrics().averageCharWidth() * 72)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(sentence, 100)
        centred.addStretch(1)
        layout.addLayout(centred)
        private = label(self.tr("Nothing leaves this computer in offline mode."), "strong")
        more = push(self.tr("What the offline models know"), "link")
        more.clicked.connect(learn.trigger)
        for widget in (private, more):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        return box

    def _redraw(self) -> None:
        side = round(self.fontMetrics().height() * 4.5)
        colour = self._theme.colours.accent.name()
        self._picture.setPixmap(drawing("drop", colour, side, self.devicePixelRatioF()))
        self.update()
