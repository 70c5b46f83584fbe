"""What the actions do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.core.items import Item
from desktop_app.core.sources import FileSource, Source
from desktop_app.intake.paths import sources_from_paths
from desktop_app.ui.actions import CONTEXT_MENU, Actions, Do
from desktop_app.ui.desk import Desk
from desktop_app.ui.dialogs.add_link import AddLinkDialog
from desktop_app.ui.door import clipboard_sources
from desktop_app.ui.listing.groups import Group, group_of
from desktop_app.ui.next_steps import Step, promise, step_about, step_title
from desktop_app.ui.phrases import hedged
from desktop_app.ui.tries import can_be_tried

_ENDINGS = "*.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff *.avif *.heic *.heif"


class Commands(QObject):
    """Commands on what is selected, and those that bring new things."""

    found = Signal(object)
    """Sources to check."""
    recheck_asked = Signal(object)
    """Ids of items to check again."""
    noticed = Signal(str)
    """A sentence for the notice bar."""

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._window = window
        self.last_folder = ""
        self.open_address: Callable[[QUrl], bool] = QDesktopServices.openUrl
        listing = desk.listing
        for do, run in {
            Do.OPEN: self.open_pictures,
            Do.OPEN_FOLDER: self.open_folder,
            Do.PASTE: lambda: self._bring(clipboard_sources()),
            Do.ADD_LINK: self.add_link,
            Do.UNDO: desk.undo_remove,
            Do.COPY: self.copy_results,
            Do.COPY_PATH: self.copy_paths,
            Do.SELECT_ALL: listing.select_all,
            Do.REMOVE: lambda: desk.remove(listing.selected_ids()),
            Do.RECHECK: lambda: self.recheck_asked.emit(listing.selected_ids()),
            Do.RETRY_FAILED: desk.retry_failed,
            Do.CANCEL: lambda: desk.cancel(listing.selected_ids()),
            Do.CANCEL_ALL: desk.cancel_all,
            Do.SHOW_IN_FOLDER: self.show_in_folder,
        }.items():
            actions[do].triggered.connect(lambda _checked=False, run=run: run())
        actions[Do.PAUSE].triggered.connect(desk.pause)
        desk.paused.connect(actions[Do.PAUSE].setChecked)
        for signal in (listing.selected, listing.counted, listing.arranged, desk.progressed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Enable what makes sense now."""
        listing = self._desk.listing
        chosen = bool(listing.selection.ids)
        for do in (Do.COPY, Do.REMOVE, Do.RECHECK, Do.COPY_PATH, Do.SHOW_IN_FOLDER, Do.CANCEL):
            self._actions[do].setEnabled(chosen)
        self._actions[Do.WHY].setEnabled(self._out_of_range() is not None)
        self._actions[Do.TRY_CHANGES].setEnabled(self.to_be_tried() is not None)
        self._actions[Do.SELECT_ALL].setEnabled(len(listing.store.order) > 0)
        self._actions[Do.UNDO].setEnabled(self._desk.undoable)
        self._actions[Do.RETRY_FAILED].setEnabled(listing.count(Group.FAILED) > 0)
        waiting = listing.count(Group.WAITING) > 0
        self._actions[Do.CANCEL_ALL].setEnabled(waiting)

    def open_pictures(self) -> None:
        """Ask for files; Telltale looks at the content, so any file may be chosen."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open pictures"),
            self.last_folder,
            self.tr("Pictures ({endings});;All files (*)").format(endings=_ENDINGS),
        )
        if names:
            self.last_folder = str(Path(names[0]).parent)
            self._bring(sources_from_paths(Path(name) for name in names))

    def open_folder(self) -> None:
        """Ask for a folder; all pictures below it are checked."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Open folder"), self.last_folder)
        if name:
            self.last_folder = name
            self._bring(sources_from_paths([Path(name)]))

    def add_link(self) -> None:
        """Ask for links."""
        dialog = AddLinkDialog(self._window)
        dialog.entered.connect(self._bring)
        dialog.open()

    def copy_results(self) -> None:
        """Hedged sentences, one an item."""
        self.copy_text("\n".join(hedged(item) for item in self._desk.listing.selected_items()))

    def copy_paths(self) -> None:
        """Paths or links, one an item."""
        self.copy_text("\n".join(item.source.location for item in self._desk.listing.selected_items()))

    def copy_text(self, text: str) -> None:
        """Put text on the clipboard; nothing replaces nothing."""
        if text:
            QGuiApplication.clipboard().setText(text)

    def show_in_folder(self) -> None:
        """Open the file manager where the current file lies."""
        item = self._first_file()
        if item is not None and isinstance(item.source, FileSource):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(item.source.path.absolute().parent)))

    def look_elsewhere(self, step: Step) -> None:
        """Open another service in the browser; nothing of the picture goes there."""
        if not self.open_address(QUrl(step.value)):
            text = self.tr("No browser could be opened. The address is {address}")
            self.noticed.emit(text.format(address=step.value))

    def context_menu(self, where: QPoint) -> QMenu | None:
        """Show what can be done with the selected cards; returns the open menu."""
        items = self._desk.listing.selected_items()
        if not items:
            return None
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        for do in CONTEXT_MENU:
            if do is None:
                menu.addSeparator()
            elif self._fits(do, items):
                menu.addAction(self._actions[do])
        if len(items) == 1 and items[0].state.finished:
            self._add_steps(menu)
        menu.popup(where)
        return menu

    def _add_steps(self, menu: QMenu) -> None:
        menu.addSeparator()
        steps = menu.addMenu(self.tr("&Look elsewhere"))
        steps.setToolTipsVisible(True)
        for step in Step:
            action = steps.addAction(step_title(step))
            action.setToolTip(f"{step_about(step)} {promise()}")
            action.triggered.connect(lambda _checked=False, step=step: self.look_elsewhere(step))

    def _fits(self, do: Do, items: list[Item]) -> bool:
        if do is Do.WHY:
            return self._out_of_range() is not None
        if do is Do.TRY_CHANGES:
            return self.to_be_tried() is not None
        if do is Do.CANCEL:
            return any(not item.state.finished for item in items)
        if do is Do.RECHECK:
            return any(item.state.finished for item in items)
        if do is Do.SHOW_IN_FOLDER:
            return any(isinstance(item.source, FileSource) for item in items)
        return True

    def _first_file(self) -> Item | None:
        items = self._desk.listing.selected_items()
        return next((item for item in items if isinstance(item.source, FileSource)), None)

    def to_be_tried(self) -> Item | None:
        """The one selected item, if harmless changes can be tried on it."""
        item = self._only_one()
        return item if item is not None and can_be_tried(item) else None

    def _out_of_range(self) -> Item | None:
        item = self._only_one()
        return item if item is not None and group_of(item) is Group.OUT_OF_RANGE else None

    def _only_one(self) -> Item | None:
        ids = self._desk.listing.selection.ids
        return self._desk.listing.store.get(next(iter(ids))) if len(ids) == 1 else None

    def _bring(self, sources: list[Source]) -> None:
        self.found.emit(sources)
