"""First look at what was added: folders become files, known things are recognised."""

from __future__ import annotations

import os
from collections.abc import Iterable

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Mode
from desktop_app.core.events import FolderScanned
from desktop_app.core.sources import FileSource, LinkSource, Source
from desktop_app.core.text import plain
from desktop_app.intake.folders import FolderReport, files_in, is_folder
from desktop_app.pipeline.ledger import Identity, Ledger
from desktop_app.pipeline.reading import lane_of
from desktop_app.pipeline.workbench import Lane, Workbench

_PORTION = 256


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
        self._ledger.emit(FolderScanned(plain(folder.name), report.found, report.skipped))

    def _queue(self, sources: list[Source], mode: Mode, cancel: CancelToken) -> None:
        # In portions, so that whoever gives an order meanwhile needn't wait long for the ledger.
        for start in range(0, len(sources), _PORTION):
            portion = [(source, identity_of(source)) for source in sources[start : start + _PORTION]]
            new, repeated = self._ledger.add(portion, mode)
            enqueue(self._ledger, self._bench, new)
            again = self._ledger.restart(repeated, mode) if repeated else []
            enqueue(self._ledger, self._bench, again, first=True)
            if cancel.cancelled:
                # "Cancel all" may have looked at the list just before these came onto it.
                self._ledger.cancel([*new, *again])


def enqueue(ledger: Ledger, bench: Workbench, item_ids: list[int], *, first: bool = False) -> None:
    """Put queued items before the threads that read their kind of source."""
    for lane in Lane:
        of_lane = [item_id for item_id in item_ids if _lane(ledger, item_id) is lane]
        if of_lane:
            bench.queue(of_lane, lane=lane, first=first)


def _lane(ledger: Ledger, item_id: int) -> Lane | None:
    item = ledger.item(item_id)
    return lane_of(item.source) if item else None


def identity_of(source: Source) -> Identity | None:
    """Return what makes a file the same file: its resolved path and time of change. A link is the same link.

    None for anything else: two pastes are two items.
    """
    if isinstance(source, LinkSource):
        return source.url, 0
    if not isinstance(source, FileSource):
        return None
    try:
        resolved = os.path.realpath(source.path)
        return resolved, os.stat(resolved).st_mtime_ns  # noqa: PTH116  # a str; Path costs three times as much here
    except (OSError, ValueError):
        return str(source.path), 0
