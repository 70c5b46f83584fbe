"""A finished item as a row: JSON Lines, CSV, or a table for people."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Protocol, TextIO

from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.items import Item
from desktop_app.core.text import plain

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP, "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = (
    "source",
    "state",
    "words",
    "p_ai",
    "in_range",
    "detector",
    "source_1",
    "p_1",
    "source_2",
    "p_2",
    "sent_bytes",
    "sent_format",
    "sent_reencoded",
    "width",
    "height",
    "format",
    "sha256",
    "error",
    "message",
    "hint",
    "elapsed_ms",
)
_CSV_SOURCES = 2
# Control characters but tab and the line ends, which CSV can say: a name must not command a terminal.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}
_MILLISECOND_DIGITS = 1
_ONE_PERCENT = 0.01


class Writer(Protocol):
    """Writes results as they come."""

    def begin(self) -> None:
        """Write what comes before the first result."""

    def write(self, item: Item) -> None:
        """Write one finished item."""


def writer_for(name: str, stream: TextIO) -> Writer:
    """Return the writer for ``jsonl``, ``csv`` or ``table``."""
    writers: dict[str, Callable[[TextIO], Writer]] = {"jsonl": JsonLines, "csv": Csv, "table": Table}
    return writers[name](stream)


def record(item: Item) -> dict[str, Any]:
    """Return a finished item as plain data: the JSON that the command line promises. Absent parts are None."""
    facts = item.facts
    return {
        "source": item.source.location or item.name,
        "sha256": item.sha256,
        "width": facts.width if facts else None,
        "height": facts.height if facts else None,
        "format": facts.format if facts else None,
        "state": item.state.value,
        "estimate": _estimate(item.estimate) if item.estimate else None,
        "error": _error(item.error) if item.error else None,
        "elapsed_ms": round(item.elapsed_ms, _MILLISECOND_DIGITS),
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    data: dict[str, Any] = {
        "detector": estimate.detector,
        "model_sha256": estimate.model_sha256 or None,
        "p_ai": estimate.p_ai,
        "words": estimate.words.value,
        "in_range": estimate.in_range,
        "sources": [{"name": source.name, "p": source.p} for source in estimate.sources],
    }
    if estimate.mode is Mode.CLOUD:
        data["sent"] = asdict(estimate.sent) if estimate.sent else None
        data["faces"] = None if estimate.faces is None else [asdict(face) for face in estimate.faces]
        data["faces_problem"] = estimate.faces_problem or None
    return data


def _error(error: TelltaleError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}


class JsonLines:
    """One JSON object a line, ASCII only: names that are not UTF-8 survive as escapes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self) -> None:
        """Nothing comes before the first line."""

    def write(self, item: Item) -> None:
        """Write one line, complete at once."""
        self._stream.write(json.dumps(record(item), allow_nan=False) + "\n")
        self._stream.flush()


class Csv:
    """RFC 4180 with a header; no cell can become a formula."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._writer = csv.writer(stream, lineterminator="\n")

    def begin(self) -> None:
        """Write the header."""
        self._writer.writerow(_COLUMNS)

    def write(self, item: Item) -> None:
        """Write one row, complete at once."""
        self._writer.writerow([cell(value) for value in _row(item)])
        self._stream.flush()


class Table:
    """Words first, then the number, then the name; a sentence where there is no answer."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self) -> None:
        """Write the headings."""
        self._stream.write(f"{'WORDS':<27} {'AI':>5}  PICTURE\n")

    def write(self, item: Item) -> None:
        """Write one row, complete at once."""
        line = self._line(item)
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
        self._stream.flush()

    def _line(self, item: Item) -> str:
        name = plain(item.source.location or item.name)
        if item.estimate:
            percent = percentage(item.estimate.p_ai)
            shown = percent if item.estimate.in_range else f"({percent})"
            return f"{item.estimate.words.value:<27} {shown:>5}  {name}"
        reason = item.error.message if item.error else ""
        return f"{item.state.value.capitalize():<27} {'':>5}  {name}" + (f"\n    {reason}" if reason else "")


def percentage(p: float) -> str:
    """Return a probability in whole percent, never a rounded 0 or 100."""
    if 0 < p < _ONE_PERCENT:
        return "<1%"
    if 1 - _ONE_PERCENT < p < 1:
        return ">99%"
    return f"{round(p * 100)}%"


def _row(item: Item) -> list[object]:
    data = record(item)
    estimate, error = data["estimate"] or {}, data["error"] or {}
    sent = estimate.get("sent") or {}
    named = [(source["name"], source["p"]) for source in estimate.get("sources", [])][:_CSV_SOURCES]
    sources = [cell for pair in named for cell in pair] + [None] * 2 * (_CSV_SOURCES - len(named))
    return [
        data["source"],
        data["state"],
        estimate.get("words"),
        estimate.get("p_ai"),
        estimate.get("in_range"),
        estimate.get("detector"),
        *sources,
        sent.get("bytes"),
        sent.get("format"),
        sent.get("reencoded"),
        data["width"],
        data["height"],
        data["format"],
        data["sha256"],
        error.get("code"),
        error.get("message"),
        error.get("hint"),
        data["elapsed_ms"],
    ]


def cell(value: object) -> str:
    """Return ``value`` as a CSV cell that can be encoded, no spreadsheet's formula and no terminal's command."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else ""
    text = str(value)
    if text.startswith(_FORMULA_STARTS):
        text = "'" + text
    return text.translate(_CONTROLS).encode("utf-8", "backslashreplace").decode("utf-8")
