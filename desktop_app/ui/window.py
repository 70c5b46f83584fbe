"""The main window: puts the parts together and lets them talk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event
from desktop_app.core.sources import Source
from desktop_app.intake.paths import sources_from_paths
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Actions, Do, menus
from desktop_app.ui.cloud.office import CloudOffice
from desktop_app.ui.commands import Commands
from desktop_app.ui.desk import Desk
from desktop_app.ui.detail.panel import DetailPanel
from desktop_app.ui.dialogs.model_page import model_facts_dialog
from desktop_app.ui.dialogs.pages import about_dialog, shortcuts_dialog
from desktop_app.ui.door import DropTarget
from desktop_app.ui.icons import Icons, app_icon
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.order import Arrangement, SortBy
from desktop_app.ui.panels.drop_overlay import DropOverlay
from desktop_app.ui.panels.empty_page import EmptyPage
from desktop_app.ui.panels.filter_bar import FilterBar
from desktop_app.ui.panels.mode_switch import ModeSwitch
from desktop_app.ui.panels.notice_bar import NoticeBar
from desktop_app.ui.panels.progress_strip import ProgressStrip
from desktop_app.ui.panels.tool_row import LARGEST_PX, SMALLEST_PX, ToolRow
from desktop_app.ui.panels.work_area import WorkArea
from desktop_app.ui.ports import Queue, Services
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.remembered import arrangement_of, mode_of, packed, unpacked, with_arrangement
from desktop_app.ui.settings_flow import SettingsFlow
from desktop_app.ui.theme import Theme
from desktop_app.ui.views.grid_view import GridView
from desktop_app.ui.views.table_view import TableView

_ZOOM_STEP = 32
# When the first paint and the warming up are over.
_REHEARSAL_MS = 800
_FIRST_SIZE = QSize(1240, 800)


class Window(QMainWindow):
    """Telltale's only window."""

    def __init__(self, services: Services, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._services = services
        self._theme = theme
        self.preferences = Preferences(settings, services.save_settings, self)
        self.closing: threading.Thread | None = None
        self.desk = Desk(self)
        self.actions_of = Actions(self)
        self.commands = Commands(self.desk, self.actions_of, self)
        self._build(Icons(theme))
        self._connect()
        self._restore()

    def start(self, paths: Sequence[str] = ()) -> None:
        """Start the pipeline and check ``paths``; called after the first paint."""
        self.desk.open(self._pipeline)
        self.office.start()
        self.add(sources_from_paths(paths))
        QTimer.singleShot(_REHEARSAL_MS, self, self._rehearse)

    def _rehearse(self) -> None:
        # Unseen and once: fonts, styles and layouts are then at hand when the first pictures are dropped.
        if not len(self.desk.listing.store):
            for widget in (self.filters, self.work.view, self.work.detail):
                widget.grab()

    def add(self, sources: Sequence[Source]) -> None:
        """Check new things in the chosen mode."""
        if self.switch.mode is Mode.CLOUD:
            self.office.gate.take(sources)
        else:
            self.desk.add(sources, Mode.OFFLINE)

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and filter."""
        self.desk.listing.arrange(arrangement)
        self.filters.show_arrangement(arrangement)
        self.work.table.show_order(arrangement.sort_by, descending=arrangement.descending)
        self.preferences.settings = with_arrangement(self.preferences.settings, arrangement)
        self.work.refresh()

    def show_detail(self) -> None:
        """Open the detail panel."""
        self.actions_of[Do.DETAIL].setChecked(True)

    def show_reason(self) -> None:
        """Open the detail panel where it says why the picture is out of range."""
        self.show_detail()
        self.work.detail.reveal_reason()

    def try_changes(self) -> None:
        """Try harmless changes on the selected picture, in sight of the detail panel."""
        item = self.commands.to_be_tried()
        if item is not None:
            self.show_detail()
            self.desk.try_changes(item.id)
            self.work.detail.reveal_changes()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember, then end. Nothing is asked: a check that is stopped loses nothing that exists."""
        self._remember()
        self.hide()
        self.office.close()
        self.closing = self.desk.close()
        event.accept()

    # ------------------------------------------------------------ building

    def _build(self, icons: Icons) -> None:
        self.setWindowTitle("Telltale")
        self.setWindowIcon(app_icon())
        desk, actions = self.desk, self.actions_of
        empty = EmptyPage(self._theme, actions[Do.OPEN], actions[Do.OPEN_FOLDER], actions[Do.LEARN])
        grid = GridView(desk.listing, desk.thumbnails, self._theme, self.preferences.settings.thumbnail_px)
        table = TableView(desk.listing, desk.thumbnails, self._theme)
        detail = DetailPanel(desk.listing, desk.thumbnails, desk.tries, desk.request_preview, self._theme, icons)
        self.switch = ModeSwitch(icons, mode_of(self.preferences.settings))
        self.office = CloudOffice(self._services, self.preferences, desk, self.switch, self)
        self.office.offline_known.connect(empty.show_knows)
        self.tools = ToolRow(icons, self.switch)
        self.tools.add_openers(actions[Do.OPEN], actions[Do.OPEN_FOLDER])
        self.tools.add_views(actions[Do.GRID], actions[Do.TABLE], actions[Do.DETAIL])
        self.filters = FilterBar(desk.listing, self._theme, icons)
        self.notices = NoticeBar(icons)
        self.strip = ProgressStrip(icons)
        self.work = WorkArea(desk.listing, empty, grid, table, detail)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.tools, self.filters, self.notices, self.office.banner):
            layout.addWidget(widget)
        layout.addWidget(self.work, 1)
        layout.addWidget(self.strip)
        self.setCentralWidget(centre)
        self.overlay = DropOverlay(centre, self._theme)
        self.drops = DropTarget(self, self.overlay)
        self.flow = SettingsFlow(
            self.preferences,
            self.office,
            self._theme,
            self._restart_pipeline,
            self._services,
            self,
        )
        self._build_menus()

    def _build_menus(self) -> None:
        for menu in menus():
            shown = self.menuBar().addMenu(menu.title)
            for do in menu.actions:
                if do is None:
                    shown.addSeparator()
                else:
                    shown.addAction(self.actions_of[do])
        self.addActions([self.actions_of[do] for do in Do])

    def _connect(self) -> None:
        self.commands.found.connect(self.add)
        self.commands.noticed.connect(lambda message: self.notices.say(message, warning=True))
        self.commands.recheck_asked.connect(lambda ids: self.office.recheck(ids, self.switch.mode))
        self.drops.dropped.connect(self.add)
        self._connect_desk()
        self._connect_views()
        actions = self.actions_of
        for do, run in {
            Do.QUIT: self.close,
            Do.FIND: self._find,
            Do.ESCAPE: self._escape,
            Do.SETTINGS: self.flow.open,
            Do.UPLOADS: self.office.show_uploads,
            Do.LARGER: lambda: self._zoom(_ZOOM_STEP),
            Do.SMALLER: lambda: self._zoom(-_ZOOM_STEP),
            Do.WHY: self.show_reason,
            Do.TRY_CHANGES: self.try_changes,
            Do.LEARN: self._show_model_facts,
            Do.SHORTCUTS: lambda: shortcuts_dialog(actions.shortcuts(), self).open(),
            Do.ABOUT: lambda: about_dialog(self).open(),
        }.items():
            actions[do].triggered.connect(lambda _checked=False, run=run: run())
        actions[Do.TABLE].toggled.connect(self._choose_view)
        actions[Do.DETAIL].toggled.connect(lambda visible: self.work.choose_detail(visible=visible))
        self.tools.zoomed.connect(self.work.grid.set_thumbnail_px)
        self.office.settings_asked.connect(lambda: self.flow.open(cloud=True))

    def _connect_desk(self) -> None:
        desk, strip = self.desk, self.strip
        desk.expected.connect(self.work.expect)
        desk.noticed.connect(self.notices.say)
        desk.warned.connect(lambda message: self.notices.say(message, warning=True))
        desk.previewed.connect(self.work.detail.show_preview)
        desk.tried.connect(self.work.detail.show_tried)
        self.preferences.failed.connect(lambda message: self.notices.say(message, warning=True))
        self.flow.noticed.connect(self.notices.say)
        desk.paused.connect(strip.show_paused)
        desk.waiting.connect(lambda seconds: strip.show_wait(seconds, monotonic()))
        desk.progressed.connect(self._show_progress)
        # In a turn of its own: it may start another pipeline.
        desk.progressed.connect(self.flow.settle, Qt.ConnectionType.QueuedConnection)
        desk.listing.counted.connect(self._on_counted)
        strip.pause_asked.connect(desk.pause)
        strip.cancel_asked.connect(desk.cancel_all)
        strip.retry_asked.connect(desk.retry_failed)
        strip.failed_asked.connect(lambda: self.filters.only(Group.FAILED))

    def _connect_views(self) -> None:
        work = self.work
        self.filters.asked.connect(self.arrange)
        work.no_match.clear_asked.connect(self.filters.clear)
        work.emptied.connect(self._on_emptied)
        work.grid.why_asked.connect(lambda _item_id: self.show_reason())
        work.table.sort_asked.connect(self._on_sort_asked)
        for view in (work.grid, work.table):
            view.opened.connect(self.show_detail)
            view.menu_wanted.connect(self.commands.context_menu)
        work.detail.retry_asked.connect(lambda item_id: self.desk.retry([item_id]))
        work.detail.changes_asked.connect(self.desk.try_changes)
        work.detail.copy_asked.connect(self.commands.copy_text)
        work.detail.host_allowed.connect(self.office.allow_host)
        work.detail.lists_asked.connect(lambda: self.flow.open(trust=True))
        work.detail.step_asked.connect(self.commands.look_elsewhere)
        work.detail.link_asked.connect(lambda link: self.add(sources_from_paths([link])))
        self._on_emptied(empty=True)

    # ------------------------------------------------------------ remembering

    def _restore(self) -> None:
        settings = self.preferences.settings
        self.resize(_FIRST_SIZE)
        self.restoreGeometry(unpacked(settings.window_geometry))
        self.work.restoreState(unpacked(settings.splitter_state))
        self.work.setChildrenCollapsible(False)
        self.commands.last_folder = settings.last_folder
        self.tools.slider.setValue(settings.thumbnail_px)
        self.actions_of[Do.TABLE if settings.view == "table" else Do.GRID].setChecked(True)
        self.actions_of[Do.DETAIL].setChecked(settings.detail_open)
        self.work.choose_detail(visible=settings.detail_open)
        self.arrange(arrangement_of(settings))
        self.work.detail.one.answer.base_rate.choose(settings.ai_one_in)
        self.work.empty.setFocus()

    def _remember(self) -> None:
        self.preferences.change(
            mode=self.switch.mode.value,
            view="table" if self.actions_of[Do.TABLE].isChecked() else "grid",
            thumbnail_px=self.work.grid.thumbnail_px,
            detail_open=self.actions_of[Do.DETAIL].isChecked(),
            window_geometry=packed(self.saveGeometry()),
            splitter_state=packed(self.work.saveState()),
            last_folder=self.commands.last_folder,
            ai_one_in=self.work.detail.one.answer.base_rate.one_in,
        )

    # ------------------------------------------------------------ answers to signals

    def _show_progress(self) -> None:
        listing = self.desk.listing
        failed = listing.count(Group.FAILED)
        checked = len(listing.store) - failed - listing.count(Group.CANCELLED) - listing.count(Group.WAITING)
        self.strip.show_progress(self.desk.progress(), monotonic(), failed, checked)

    def _on_counted(self) -> None:
        self.work.grid.set_source_bars(max(2, min(5, self.desk.most_sources)))
        self._show_progress()

    def _on_emptied(self, empty: bool) -> None:  # noqa: FBT001  # the slot of a signal
        self.filters.setVisible(not empty)
        self.tools.show_list_tools(visible=not empty)

    def _on_sort_asked(self, sort_by: SortBy, descending: bool) -> None:  # noqa: FBT001  # as above
        now = self.desk.listing.store.arrangement
        self.arrange(replace(now, sort_by=sort_by, descending=descending))

    def _choose_view(self, table: bool) -> None:  # noqa: FBT001  # as above
        self.work.choose_view(table=table)
        self.tools.slider.setEnabled(not table)
        current = self.desk.listing.selection.current
        if current is not None:
            self.work.view.reveal(current)

    def _find(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def _escape(self) -> None:
        if self.desk.listing.store.arrangement.filtered:
            self.filters.clear()
        else:
            self.desk.listing.clear_selection()
        self.work.view.setFocus()

    def _zoom(self, change: int) -> None:
        side = self.work.grid.thumbnail_px + change
        self.tools.slider.setValue(max(SMALLEST_PX, min(side, LARGEST_PX)))

    def _show_model_facts(self) -> None:
        facts = self._services.model_facts(self.preferences.settings)
        model_facts_dialog(facts, self._theme, self).open()

    def _pipeline(self, emit: Callable[[Event], None]) -> Queue:
        return self._services.start_pipeline(self.preferences.settings, emit, self.office.cloud)

    def _restart_pipeline(self) -> bool:
        if self.desk.progress().running:
            return False
        self.desk.reopen(self._pipeline)
        return True
