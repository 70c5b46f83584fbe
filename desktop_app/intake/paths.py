"""Words from the command line, the file dialog or pasted text → sources. Touches no disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from desktop_app.core.errors import MissingFileError, NothingUsableError
from desktop_app.core.sources import FileSource, Source, UnusableSource
from desktop_app.intake.links import source_from_link

_LINK_STARTS = ("http://", "https://", "file:", "data:image/")
_MAX_LINES = 10_000


def sources_from_paths(paths: Iterable[str | Path]) -> list[Source]:
    """Return one source a word; links are recognised, everything else is a path."""
    return [_source(path) for path in paths]


def sources_from_text(text: str) -> list[Source]:
    """Return the links and absolute paths of a pasted text, one a line; empty when a line is neither.

    Of more than 10,000 lines the rest becomes one unusable source that says so.
    """
    found = [line.strip().strip("\"'") for line in text.splitlines() if line.strip()]
    lines, left = found[:_MAX_LINES], len(found) - _MAX_LINES
    if not all(_is_address(line) for line in lines):
        return []
    return [_source(line) for line in lines] + ([_too_many(left)] if left > 0 else [])


def _source(path: str | Path) -> Source:
    if isinstance(path, str) and path.casefold().startswith(_LINK_STARTS):
        return source_from_link(path)
    if path == "":  # an unset variable in a script; Path would make the current folder of it
        return UnusableSource(
            "(empty name)", MissingFileError("This name is empty.", "Name a picture or a folder.")
        )
    return FileSource(Path(path))


def _too_many(left: int) -> UnusableSource:
    message = f"Only the first {_MAX_LINES:,} lines of a pasted text are taken."
    return UnusableSource(f"{left:,} more lines", NothingUsableError(message, "Paste the rest separately."))


def _is_address(line: str) -> bool:
    return line.casefold().startswith(_LINK_STARTS) or os.path.isabs(line)  # noqa: PTH117  # also Windows drives
