"""The line at the top: open, the mode, the view."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QToolButton, QWidget

from desktop_app.ui.icons import Icons
from desktop_app.ui.panels.buttons import action_button
from desktop_app.ui.panels.mode_switch import ModeSwitch

SMALLEST_PX, LARGEST_PX = 96, 384


class ToolRow(QFrame):
    """Everything here is also in the menus."""

    zoomed = Signal(int)
    """Width of a card's picture in logical pixels, by the slider."""

    def __init__(self, icons: Icons, switch: ModeSwitch) -> None:
        super().__init__()
        self._icons = icons
        self.setObjectName("tools")
        self.setAccessibleName(self.tr("Tools"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(SMALLEST_PX, LARGEST_PX)
        self.slider.setPageStep(32)
        self.slider.setSingleStep(16)
        self.slider.setFixedWidth(self.fontMetrics().averageCharWidth() * 14)
        self.slider.setAccessibleName(self.tr("Size of the pictures"))
        self.slider.setToolTip(self.tr("Size of the pictures"))
        self.slider.valueChanged.connect(self.zoomed)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 10, 14, 8)
        self._layout.setSpacing(8)
        self._switch = switch
        self._list_tools: list[QWidget] = [self.slider]

    def add_openers(self, open_pictures: QAction, open_folder: QAction) -> None:
        """The buttons on the left, then the mode."""
        pictures = action_button(self._icons, "open", open_pictures)
        pictures.setText(self.tr("Open"))
        pictures.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._layout.addWidget(pictures)
        self._layout.addWidget(action_button(self._icons, "folder", open_folder))
        self._layout.addSpacing(10)
        self._layout.addWidget(self._switch, 1)
        self._layout.addSpacing(10)

    def add_views(self, grid: QAction, table: QAction, detail: QAction) -> None:
        """The buttons on the right."""
        frame = QFrame()
        frame.setProperty("kind", "segments")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for icon, action in (("grid", grid), ("table", table)):
            row.addWidget(self._segment(icon, action))
        panel = action_button(self._icons, "detail", detail)
        self._layout.addWidget(self.slider)
        self._layout.addWidget(frame)
        self._layout.addWidget(panel)
        self._list_tools += [frame, panel]

    def show_list_tools(self, *, visible: bool) -> None:
        """The tools on the right make sense only with a list."""
        for tool in self._list_tools:
            tool.setVisible(visible)

    def _segment(self, icon: str, action: QAction) -> QToolButton:
        button = action_button(self._icons, icon, action)
        button.setProperty("kind", "segment")
        side = round(self.fontMetrics().height())
        button.setIconSize(QSize(side, side))
        return button
