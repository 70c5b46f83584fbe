"""Offline or cloud, with what it means for privacy beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app.core.estimates import Mode
from desktop_app.ui.icons import Icons
from desktop_app.ui.panels.buttons import push, redress
from desktop_app.ui.panels.elided_label import ElidedLabel
from desktop_app.ui.phrases import mode_title

if TYPE_CHECKING:
    from desktop_app.composition import DetectorChoice


class ModeSwitch(QWidget):
    """A segmented control. A mode that needs set-up can be reached and says why it can't be chosen."""

    chosen = Signal(object)
    """The new :class:`Mode`, by the user."""
    explanation_wanted = Signal(object)
    """The :class:`DetectorChoice` of a mode that isn't ready."""

    def __init__(self, icons: Icons, mode: Mode) -> None:
        super().__init__()
        self._mode = mode
        self._choices: dict[Mode, DetectorChoice] = {}
        self._buttons: dict[Mode, QPushButton] = {}
        self.setAccessibleName(self.tr("Where new pictures are checked"))
        self._group = QButtonGroup(self)
        self._privacy = ElidedLabel()
        self._privacy.setProperty("kind", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._segments(icons))
        layout.addWidget(self._privacy, 1)
        self._show_mode()

    @property
    def mode(self) -> Mode:
        """Where new items are checked."""
        return self._mode

    def button(self, mode: Mode) -> QPushButton:
        """The button of one mode."""
        return self._buttons[mode]

    @property
    def privacy(self) -> str:
        """What the mode means for privacy, as shown."""
        return self._privacy.text

    def is_ready(self, mode: Mode) -> bool:
        """Whether a mode can be chosen."""
        choice = self._choices.get(mode)
        return choice is None or choice.ready

    def show_choices(self, choices: Sequence[DetectorChoice]) -> None:
        """Learn what is ready and what each mode means."""
        self._choices = {choice.mode: choice for choice in choices}
        for mode, button in self._buttons.items():
            choice = self._choices.get(mode)
            ready = choice is None or choice.ready
            redress(button, "ready", ready)
            name = mode_title(mode) if ready else self.tr("{mode}, needs set-up").format(mode=mode_title(mode))
            button.setAccessibleName(name)
            button.setToolTip(name if choice is None else f"{name}. {choice.about}")
        self._show_mode()

    def choose(self, mode: Mode) -> bool:
        """Choose as a click does; False when the mode isn't ready."""
        choice = self._choices.get(mode)
        if choice is not None and not choice.ready and mode is not self._mode:
            self._show_mode()
            self.explanation_wanted.emit(choice)
            return False
        if mode is not self._mode:
            self._mode = mode
            self.chosen.emit(mode)
        self._show_mode()
        return True

    def _segments(self, icons: Icons) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "segments")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for mode, icon in ((Mode.OFFLINE, "computer"), (Mode.CLOUD, "cloud")):
            button = push(mode_title(mode), "segment")
            button.setCheckable(True)
            icons.give(button, icon)
            side = round(button.fontMetrics().height() * 1.1)
            button.setIconSize(QSize(side, side))
            button.clicked.connect(lambda _checked=False, mode=mode: self.choose(mode))
            self._group.addButton(button)
            self._buttons[mode] = button
            row.addWidget(button)
        return frame

    def _show_mode(self) -> None:
        self._buttons[self._mode].setChecked(True)
        choice = self._choices.get(self._mode)
        fallback = self.tr("Nothing leaves this computer.") if self._mode is Mode.OFFLINE else ""
        self._privacy.set_text(choice.about if choice else fallback)
