"""Folders → files, in growing batches: the first cards appear at once, later overhead falls."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import EmptyFolderError, LinkLoopError, MissingFileError, UnreadableFileError
from desktop_app.core.sources import FileSource, Source, UnusableSource
from desktop_app.core.text import plain
from desktop_app.intake.files import source_error

_FIRST_BATCH = 16
_LARGEST_BATCH = 256
# Written by operating systems into every folder; nobody means to drop them.
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".localized"})
_SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", ".trashes", ".spotlight-v100", ".fseventsd"})


@dataclass(slots=True)
class FolderReport:
    """What a scan met, filled in while it goes on."""

    found: int = 0
    skipped: int = 0


@dataclass(slots=True)
class _Scan:
    report: FolderReport
    cancel: CancelToken
    seen: set[tuple[int, int]] = field(default_factory=set)

    def stopped(self) -> bool:
        return self.cancel.cancelled


def is_folder(path: Path) -> bool:
    """Whether ``path`` leads to a folder; False for everything that can't be looked at."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def files_in(folder: Path, report: FolderReport, cancel: CancelToken) -> Iterator[list[Source]]:
    """Yield the files below ``folder`` in batches of 16, 32 … 256.

    Whatever can't be entered (no permission, vanished, a link back into itself) is yielded as an unusable source,
    so that nothing is dropped silently. Stops quietly when ``cancel`` is set.
    """
    scan = _Scan(report, cancel)
    size, batch = _FIRST_BATCH, list[Source]()
    for source in _walk(folder, scan):
        report.found += 1
        batch.append(source)
        if len(batch) >= size:
            yield batch
            size, batch = min(size * 2, _LARGEST_BATCH), []
    if not report.found and not cancel.cancelled:
        batch.append(_unusable(folder, EmptyFolderError()))
    if batch:
        yield batch


def _walk(folder: Path, scan: _Scan) -> Iterator[Source]:
    pending = [folder]
    while pending and not scan.stopped():
        current = pending.pop()
        entries = _entries(current, scan)
        if isinstance(entries, UnusableSource):
            yield entries
            continue
        folders: list[Path] = []
        for entry in entries:
            if scan.stopped():
                return
            if _skipped(entry.name):
                scan.report.skipped += 1
            elif _leads_to_folder(entry):
                folders.append(Path(entry.path))
            else:
                yield FileSource(Path(entry.path))
        pending.extend(reversed(folders))


def _entries(folder: Path, scan: _Scan) -> list[os.DirEntry[str]] | UnusableSource:
    try:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in scan.seen and identity != (0, 0):
            return _unusable(folder, LinkLoopError("This link leads back to a folder that was already read."))
        scan.seen.add(identity)
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (OSError, ValueError) as error:
        return _unusable(folder, _folder_error(error))


def _folder_error(error: OSError | ValueError) -> MissingFileError | UnreadableFileError | LinkLoopError:
    mapped = source_error(error)
    if isinstance(mapped, MissingFileError):
        return MissingFileError("This folder vanished while it was being read.")
    if isinstance(mapped, LinkLoopError):
        return mapped
    return UnreadableFileError("This folder can't be opened: you don't have permission to read it.")


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _skipped(name: str) -> bool:
    folded = name.casefold()
    return folded in _SYSTEM_FILES or folded in _SYSTEM_FOLDERS or name.startswith("._")


def _unusable(
    folder: Path, error: EmptyFolderError | MissingFileError | UnreadableFileError | LinkLoopError
) -> UnusableSource:
    return UnusableSource(plain(folder.name or str(folder)), error, location=str(folder))
