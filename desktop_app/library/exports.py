"""A finished item as a row: JSON Lines, CSV, or a table for people."""

from __future__ import annotations

import csv
import json
import math
from typing import Protocol, TextIO

from desktop_app.core.estimates import Estimate
from desktop_app.core.evidence import EvidenceKind
from desktop_app.core.items import Item
from desktop_app.core.text import plain
from desktop_app.library.records import record

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP, "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = (
    "source",
    "state",
    "words",
    "p_ai",
    "in_range",
    "evidence_says",
    "evidence_strength",
    "evidence_verified",
    "evidence_words",
    "stability_low",
    "stability_high",
    "stability_flips",
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
    "model_choice",
)
_CSV_SOURCES = 2
# Control characters but tab and the line ends, which CSV can say: a name must not command a terminal.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}
_ONE_PERCENT = 0.01


class Writer(Protocol):
    """Writes results as they come."""

    def begin(self) -> None:
        """Write what comes before the first result."""

    def write(self, item: Item) -> None:
        """Write one finished item."""


def writer_for(name: str, stream: TextIO, *, stability: bool = False, private: bool = False) -> Writer:
    """Return the writer for ``jsonl``, ``csv`` or ``table``.

    With ``stability`` the table has a column for it, with ``private`` JSON Lines hold prompts and settings.
    """
    if name == "table":
        return Table(stream, stability=stability)
    return JsonLines(stream, private=private) if name == "jsonl" else Csv(stream)


class JsonLines:
    """One JSON object a line, ASCII only: names that are not UTF-8 survive as escapes."""

    def __init__(self, stream: TextIO, *, private: bool = False) -> None:
        """``private`` adds the prompts and settings that generators left in the files."""
        self._stream = stream
        self._private = private

    def begin(self) -> None:
        """Nothing comes before the first line."""

    def write(self, item: Item) -> None:
        """Write one line, complete at once."""
        self._stream.write(json.dumps(record(item, private=self._private), allow_nan=False) + "\n")
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

    def __init__(self, stream: TextIO, *, stability: bool = False) -> None:
        """``stability`` adds a column that says whether the answer holds after harmless changes."""
        self._stream = stream
        self._stability = stability

    def begin(self) -> None:
        """Write the headings."""
        self._stream.write(self._joined("WORDS", "AI", "CHANGED", "PICTURE") + "\n")

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
            return _facts(item, name) + self._joined(item.estimate.words.value, shown, _mark(item.estimate), name)
        reason = item.error.message if item.error else ""
        row = self._joined(item.state.value.capitalize(), "", "", name)
        return _facts(item, name) + row + (f"\n    {reason}" if reason else "")

    def _joined(self, words: str, shown: str, mark: str, name: str) -> str:
        return f"{words:<27} {shown:>5}  " + (f"{mark:<7}  " if self._stability else "") + name


def _facts(item: Item, name: str) -> str:
    """Return the strongest fact and what contradicts it, a line each, to stand above the estimate."""
    evidence = item.findings.evidence if item.findings else ()
    told = [*evidence[:1], *(mark for mark in evidence[1:] if mark.kind is EvidenceKind.CONTRADICTION)]
    return "".join(f"{name}: {plain(mark.words)}\n" for mark in told)


def _mark(estimate: Estimate) -> str:
    if estimate.stability is None:
        return "?" if estimate.stability_problem else ""
    return "flips" if estimate.stability.flips else "holds"


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
    sent, stability = estimate.get("sent") or {}, estimate.get("stability") or {}
    named = [(source["name"], source["p"]) for source in estimate.get("sources", [])][:_CSV_SOURCES]
    mark = (data["evidence"] or [{}])[0]
    sources = [cell for pair in named for cell in pair] + [None] * 2 * (_CSV_SOURCES - len(named))
    return [
        data["source"],
        data["state"],
        estimate.get("words"),
        estimate.get("p_ai"),
        estimate.get("in_range"),
        mark.get("says"),
        mark.get("strength"),
        mark.get("verified"),
        mark.get("words"),
        stability.get("low"),
        stability.get("high"),
        stability.get("flips"),
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
        estimate.get("model_choice"),
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
