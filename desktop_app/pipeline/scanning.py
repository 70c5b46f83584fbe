"""First look at what was added: folders become files, known things are recognised."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Mode
from desktop_app.core.events import FolderScanned
from desktop_app.core.sources import FileSource, LinkSource, Source
from desktop_app.core.text import plain
from desktop_app.intake.folders import FolderReport, files_in, is_folder
from desktop_app.pipeline.lanes import Lane
from desktop_app.pipeline.ledger import Identity, Ledger
from desktop_app.pipeline.reading import lane_of
from desktop_app.pipeline.workbench import Workbench

_PORTION = 256
# The window shares Python's lock with the scan. A breath after the first cards lets it build its list first, a
# short one after each batch lets it draw: measured as the longest gaps when 2,000 files are dropped.
_FIRST_CARDS, _FIRST_BREATH_SECONDS, _BREATH_SECONDS = 16, 0.05, 0.004


class Scanner:
    """Turns added sources into queued items, batch by batch."""

    def __init__(self, ledger: Ledger, bench: Workbench) -> None:
        self._ledger = ledger
        self._bench = bench

    def scan(self, sources: Iterable[Source], mode: Mode, cancel: CancelToken) -> None:
        """List and queue ``sources``; stops quietly when ``cancel`` is set."""
        plain_ones: list[Source] = []
        for source in sources:
            if cancel.cancelled:
                return
            if isinstance(source, FileSource) and is_folder(source.path):
                self._queue(plain_ones, mode, cancel)
                plain_ones = []
                self._scan_folder(source, mode, cancel)
            else:
                plain_ones.append(source)
        self._queue(plain_ones, mode, cancel)

    def _scan_folder(self, folder: FileSource, mode: Mode, cancel: CancelToken) -> None:
        report = FolderReport()
        for batch in files_in(folder.path, report, cancel):
            if cancel.cancelled:
                return
            self._queue(batch, mode, cancel)
            time.sleep(_FIRST_BREATH_SECONDS if report.found == _FIRST_CARDS else _BREATH_SECONDS)
        self._ledger.emit(FolderScanned(plain(folder.name), report.found, report.skipped))

    def _queue(self, sources: list[Source], mode: Mode, cancel: CancelToken) -> None:
        # In portions, so that whoever gives an order meanwhile needn't wait long for the ledger.
        for start in range(0, len(sources), _PORTION):
            portion = sources[start : start + _PORTION]
            new, repeated = self._ledger.add(list(zip(portion, identities_of(portion), strict=True)), mode)
            enqueue(self._ledger, self._bench, new)
            again = self._ledger.restart(repeated, mode) if repeated else []
            enqueue(self._ledger, self._bench, again, first=True)
            if cancel.cancelled:
                # "Cancel all" may have looked at the list just before these came onto it.
                self._ledger.cancel([*new, *again])


def enqueue(ledger: Ledger, bench: Workbench, item_ids: list[int], *, first: bool = False) -> None:
    """Put queued items before the threads that read their kind of source."""
    places: dict[tuple[Lane, Mode], list[int]] = {}
    for item_id in item_ids:
        if item := ledger.item(item_id):
            places.setdefault((lane_of(item.source), item.mode), []).append(item_id)
    for (lane, mode), of_place in places.items():
        bench.queue(of_place, lane=lane, mode=mode, first=first)


def identity_of(source: Source) -> Identity | None:
    """Return what makes a file the same file: its resolved path and time of change. A link is the same link.

    None for anything else: two pastes are two items.
    """
    return identities_of([source])[0]


def identities_of(sources: Iterable[Source]) -> list[Identity | None]:
    """Return :func:`identity_of` for each; a folder's own path is resolved once for all its files.

    Measured on 2,000 files: a fifth of the time of resolving each path anew, during which the window would have to
    share Python's lock.
    """
    folders: dict[str, str] = {}
    return [_identity(source, folders) for source in sources]


def _identity(source: Source, folders: dict[str, str]) -> Identity | None:
    if isinstance(source, LinkSource):
        return source.url, 0
    if not isinstance(source, FileSource):
        return None
    path = os.fspath(source.path)
    try:
        status = os.lstat(path)  # a str: Path costs three times as much here
        if stat.S_ISLNK(status.st_mode):
            resolved = os.path.realpath(path)
            return resolved, os.stat(resolved).st_mtime_ns  # noqa: PTH116  # as above
        folder, name = os.path.split(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        return os.path.join(folders[folder], name), status.st_mtime_ns  # noqa: PTH118  # as above
    except (OSError, ValueError):
        return path, 0
