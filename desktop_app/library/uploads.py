"""The ledger of what left this computer: one line for each picture that was sent.

JSON Lines, appended and forced to the disk one by one, so that a crash loses nothing that was written and a
damaged line costs itself alone. It lies in the user's data folder, readable by nobody else, and is never sent
anywhere.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from desktop_app.core.errors import SettingsError
from desktop_app.core.text import plain
from desktop_app.library.exports import cell

_log = logging.getLogger(__name__)
FILE_NAME = "uploads.jsonl"
_LONGEST_LINE = 16_384  # bytes; a line of ours has at most some 3,000
_LONGEST_NAME = 300
_CANT_WRITE = ("The list of what was sent can't be written.", "Check that the disk is not full.")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was sent.

    Attributes:
        time: when, ISO 8601 in UTC, to the second.
        host: to whom; with the port where it is not the usual one.
        bytes: how much of the picture was sent, before base64.
        sha256: hash of what was sent.
        item: the picture's name as its card shows it.
        picture_sha256: hash of the picture's own bytes; the same as ``sha256`` when these were sent untouched.
        format: Pillow's name of the format that was sent.
        reencoded: whether the picture was made smaller or converted for sending.
    """

    time: str
    host: str
    bytes: int
    sha256: str
    item: str
    picture_sha256: str
    format: str = ""
    reencoded: bool = False


class UploadLedger:
    """Appends to and reads one ledger file. Safe from several threads, and beside another running program."""

    def __init__(self, path: Path, clock: Callable[[], dt.datetime] = _now) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        """Where the ledger lies; the file need not exist."""
        return self._path

    def record(
        self,
        sent: bytes,
        *,
        host: str,
        item: str,
        picture_sha256: str,
        format: str,  # noqa: A002  # as everywhere in this program
        reencoded: bool,
    ) -> Upload:
        """Append a line for ``sent``, the picture bytes that are about to leave; returns it.

        Raises:
            SettingsError: it can't be written, with a sentence; nothing should be sent then.
        """
        upload = Upload(
            time=self._clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            host=plain(host, _LONGEST_NAME),
            bytes=len(sent),
            sha256=hashlib.sha256(sent).hexdigest(),
            item=plain(item, _LONGEST_NAME),
            picture_sha256=picture_sha256,
            format=format,
            reencoded=reencoded,
        )
        self.append(upload)
        return upload

    def append(self, upload: Upload) -> None:
        """Append a line and return when it is on the disk.

        Raises:
            SettingsError: as in :meth:`record`.
        """
        line = msgspec.json.encode(upload) + b"\n"
        try:
            with self._lock:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with open(self._path, "ab+", opener=_private) as file:  # Path has no opener
                    # A crash may have cut the last line; the new one must not be lost with it.
                    file.write(line if _ends_well(file) else b"\n" + line)
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise SettingsError(*_CANT_WRITE) from error

    def entries(self, limit: int = 100_000) -> list[Upload]:
        """Return the newest ``limit`` entries, oldest first; lines that can't be read are left out."""
        return list(deque(self._read(), maxlen=limit))

    def export_csv(self, path: Path) -> int:
        """Write all entries to ``path`` as CSV in which no cell can become a formula; returns their number.

        Raises:
            SettingsError: ``path`` can't be written, with a sentence.
        """
        count = 0
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(Upload.__struct_fields__)
                for count, upload in enumerate(self._read(), start=1):  # noqa: B007  # the number is the answer
                    writer.writerow([cell(value) for value in msgspec.structs.astuple(upload)])
        except OSError as error:
            raise SettingsError("The file can't be written there.", "Choose another folder.") from error
        return count

    def clear(self) -> None:
        """Remove all entries.

        Raises:
            SettingsError: the file can't be removed.
        """
        try:
            with self._lock:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError("The list of what was sent can't be removed.") from error

    def _read(self) -> Iterator[Upload]:
        damaged = 0
        try:
            with self._path.open("rb") as file:
                for line in _lines(file):
                    try:
                        yield msgspec.json.decode(line, type=Upload)
                    except (msgspec.DecodeError, UnicodeDecodeError):
                        damaged += 1
        except FileNotFoundError:
            return
        except OSError as error:
            _log.info("the list of what was sent can't be read: %s", error)
        if damaged:
            _log.info("%d damaged lines in the list of what was sent", damaged)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _ends_well(file: BinaryIO) -> bool:
    size = file.seek(0, os.SEEK_END)
    if not size:
        return True
    file.seek(size - 1)
    return file.read(1) == b"\n"


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that are not empty; one that is too long comes cut, which makes it a damaged one."""
    while line := file.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield line
