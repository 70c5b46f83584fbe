"""Everything that can be done, with its words and its keys: for menus, buttons and the list of shortcuts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

translate = QCoreApplication.translate


class Do(Enum):
    """The actions' names."""

    OPEN = auto()
    OPEN_FOLDER = auto()
    PASTE = auto()
    ADD_LINK = auto()
    QUIT = auto()
    UNDO = auto()
    COPY = auto()
    COPY_PATH = auto()
    SELECT_ALL = auto()
    REMOVE = auto()
    FIND = auto()
    ESCAPE = auto()
    UPLOADS = auto()
    SETTINGS = auto()
    GRID = auto()
    TABLE = auto()
    DETAIL = auto()
    LARGER = auto()
    SMALLER = auto()
    RECHECK = auto()
    TRY_CHANGES = auto()
    RETRY_FAILED = auto()
    CANCEL = auto()
    CANCEL_ALL = auto()
    PAUSE = auto()
    SHOW_IN_FOLDER = auto()
    WHY = auto()
    LEARN = auto()
    SHORTCUTS = auto()
    ABOUT = auto()


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu: its title and its actions; None is a line between them."""

    title: str
    actions: tuple[Do | None, ...]


_CHECKABLE = frozenset({Do.GRID, Do.TABLE, Do.DETAIL, Do.PAUSE})
_KEYS = {
    Do.OPEN: ("Ctrl+O",),
    Do.OPEN_FOLDER: ("Ctrl+Shift+O",),
    Do.PASTE: ("Ctrl+V",),
    Do.ADD_LINK: ("Ctrl+L",),
    Do.QUIT: ("Ctrl+Q",),
    Do.UNDO: ("Ctrl+Z",),
    Do.COPY: ("Ctrl+C",),
    Do.SELECT_ALL: ("Ctrl+A",),
    Do.REMOVE: ("Del",),
    Do.FIND: ("Ctrl+F",),
    Do.ESCAPE: ("Esc",),
    Do.SETTINGS: ("Ctrl+,",),
    Do.GRID: ("Ctrl+1",),
    Do.TABLE: ("Ctrl+2",),
    Do.DETAIL: ("Ctrl+I",),
    Do.LARGER: ("Ctrl++", "Ctrl+="),
    Do.SMALLER: ("Ctrl+-",),
    Do.RECHECK: ("F5",),
    Do.TRY_CHANGES: ("Ctrl+T",),
    Do.CANCEL_ALL: ("Ctrl+Shift+C",),
    Do.PAUSE: ("Ctrl+Shift+P",),
    Do.LEARN: ("F1",),
}


class Actions(QObject):
    """The window's actions."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {do: self._make(do, text) for do, text in _texts().items()}
        views = QActionGroup(self)
        for do in (Do.GRID, Do.TABLE):
            views.addAction(self[do])

    def __getitem__(self, do: Do) -> QAction:
        return self._actions[do]

    def shortcuts(self) -> list[tuple[str, str]]:
        """Words and keys of every action that has keys."""
        with_keys = (action for action in self._actions.values() if action.shortcuts())
        return [(_bare(action.text()), _keys_as_text(action)) for action in with_keys]

    def _make(self, do: Do, text: str) -> QAction:
        action = QAction(text, self)
        keys = _KEYS.get(do, ())
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(do in _CHECKABLE)
        words = _bare(text)
        action.setToolTip(f"{words} ({_keys_as_text(action)})" if keys else words)
        return action


def menus() -> tuple[Menu, ...]:
    """The menu bar."""
    return (
        Menu(translate("Menu", "&File"), (Do.OPEN, Do.OPEN_FOLDER, Do.PASTE, None, Do.QUIT)),
        Menu(
            translate("Menu", "&Edit"),
            (
                Do.UNDO,
                None,
                Do.COPY,
                Do.COPY_PATH,
                Do.SELECT_ALL,
                Do.REMOVE,
                None,
                Do.FIND,
                Do.ESCAPE,
                None,
                Do.ADD_LINK,
                None,
                Do.UPLOADS,
                Do.SETTINGS,
            ),
        ),
        Menu(translate("Menu", "&View"), (Do.GRID, Do.TABLE, None, Do.DETAIL, None, Do.LARGER, Do.SMALLER)),
        Menu(
            translate("Menu", "&Queue"),
            (Do.RECHECK, Do.RETRY_FAILED, Do.TRY_CHANGES, None, Do.PAUSE, Do.CANCEL, Do.CANCEL_ALL),
        ),
        Menu(translate("Menu", "&Help"), (Do.LEARN, Do.SHORTCUTS, None, Do.ABOUT)),
    )


CONTEXT_MENU: tuple[Do | None, ...] = (
    Do.WHY,
    Do.TRY_CHANGES,
    Do.RECHECK,
    Do.CANCEL,
    None,
    Do.COPY,
    Do.COPY_PATH,
    Do.SHOW_IN_FOLDER,
    None,
    Do.REMOVE,
)


def _texts() -> dict[Do, str]:
    return {
        Do.OPEN: translate("Action", "&Open pictures…"),
        Do.OPEN_FOLDER: translate("Action", "Open &folder…"),
        Do.PASTE: translate("Action", "&Paste"),
        Do.ADD_LINK: translate("Action", "Add &link…"),
        Do.QUIT: translate("Action", "&Quit"),
        Do.UNDO: translate("Action", "&Undo remove"),
        Do.COPY: translate("Action", "&Copy result"),
        Do.COPY_PATH: translate("Action", "Copy &path"),
        Do.SELECT_ALL: translate("Action", "Select &all"),
        Do.REMOVE: translate("Action", "&Remove from the list"),
        Do.FIND: translate("Action", "&Find by name"),
        Do.ESCAPE: translate("Action", "C&lear filter or selection"),
        Do.UPLOADS: translate("Action", "&What was sent…"),
        Do.SETTINGS: translate("Action", "&Settings…"),
        Do.GRID: translate("Action", "&Grid"),
        Do.TABLE: translate("Action", "&Table"),
        Do.DETAIL: translate("Action", "&Details"),
        Do.LARGER: translate("Action", "&Larger pictures"),
        Do.SMALLER: translate("Action", "&Smaller pictures"),
        Do.RECHECK: translate("Action", "&Re-check"),
        Do.TRY_CHANGES: translate("Action", "Try &harmless changes"),
        Do.RETRY_FAILED: translate("Action", "Retry &failed"),
        Do.CANCEL: translate("Action", "&Cancel"),
        Do.CANCEL_ALL: translate("Action", "Cancel &all"),
        Do.PAUSE: translate("Action", "&Pause"),
        Do.SHOW_IN_FOLDER: translate("Action", "&Show in folder"),
        Do.WHY: translate("Action", "&Why outside the range?"),
        Do.LEARN: translate("Action", "&What the offline models know"),
        Do.SHORTCUTS: translate("Action", "&Keyboard shortcuts"),
        Do.ABOUT: translate("Action", "&About Telltale"),
    }


def _bare(text: str) -> str:
    return text.replace("&", "")


def _keys_as_text(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
