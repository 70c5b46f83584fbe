"""Opening and reading one file without ever hanging, and saying in words why it can't be read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    EmptyFileError,
    FileTooLargeError,
    LinkLoopError,
    MissingFileError,
    NotAFileError,
    SourceError,
    UnreadableFileError,
)

_CHUNK = 1 << 20
# A pipe without a writer would block the opening for ever; these flags don't exist on Windows.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_file(path: Path, max_bytes: int, cancel: CancelToken) -> bytes:
    """Return the whole content of an ordinary file of at most ``max_bytes`` bytes.

    Raises:
        SourceError: one of its leaves, with a sentence.
        Cancelled: ``cancel`` was set meanwhile.
    """
    try:
        # Looked at before it is opened: opening alone rewinds a tape, and wakes whoever waits at a pipe.
        _checked_size(os.stat(path), max_bytes)  # noqa: PTH116  # as os.open
        handle = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise source_error(error) from error
    try:
        size = _checked_size(os.fstat(handle), max_bytes)
        return _read_all(handle, size, max_bytes, cancel)
    except OSError as error:
        raise source_error(error) from error
    finally:
        os.close(handle)


def source_error(error: OSError | ValueError) -> SourceError:
    """Return the sentence for what the operating system said."""
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.EACCES, errno.EPERM}:
        return UnreadableFileError()
    if number == errno.ELOOP:
        return LinkLoopError()
    if number in {errno.ENXIO, errno.ENODEV, errno.EISDIR}:
        return NotAFileError()
    if number in {errno.ENOENT, errno.ENOTDIR, errno.ESTALE} or isinstance(error, ValueError):
        return MissingFileError()
    if number == errno.ENAMETOOLONG:
        return MissingFileError("This name is longer than the system allows.")
    reason = os.strerror(number) if number else "unknown"
    return UnreadableFileError(
        f'This file can\'t be read: the system says "{reason}".',
        "Check the disk or the connection, then retry.",
    )


def _checked_size(status: os.stat_result, max_bytes: int) -> int:
    if not stat.S_ISREG(status.st_mode):
        raise NotAFileError
    if status.st_size == 0:
        raise EmptyFileError
    if status.st_size > max_bytes:
        raise too_large(status.st_size, max_bytes)
    return status.st_size


def too_large(size: int, max_bytes: int) -> FileTooLargeError:
    """Return the error with both numbers, in mebibytes."""
    return FileTooLargeError(f"This file has {size / 2**20:,.0f} MB; the limit is {max_bytes / 2**20:,.0f} MB.")


def _read_all(handle: int, size: int, max_bytes: int, cancel: CancelToken) -> bytes:
    first = os.read(handle, size + 1)
    if len(first) == size:  # the usual case: one read, no copy
        return first
    parts, total = [first], len(first)
    while True:  # the file grows or shrinks while it is read, or the system reads in pieces
        cancel.raise_if_cancelled()
        part = os.read(handle, _CHUNK)
        if not part:
            break
        parts.append(part)
        total += len(part)
        if total > max_bytes:
            raise too_large(total, max_bytes)
    if not total:
        raise EmptyFileError
    return b"".join(parts)
