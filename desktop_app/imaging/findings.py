"""Findings on their way between the processes: packed within bounds, and believed within the same bounds only."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import replace

import msgspec

from desktop_app.core.evidence import Evidence, Findings
from desktop_app.core.text import plain

LONGEST_FINDINGS = 2**20
"""Bytes; a long workflow of ComfyUI has some 100,000."""

_MOST = 200  # marks, notes, or lines of one mark
_LONGEST_LINE = LONGEST_FINDINGS
_SHORTENED = "It says more about itself than can be shown here; details, prompts and settings were left out."

_packer = msgspec.msgpack.Encoder()
_reader: msgspec.msgpack.Decoder[Findings] = msgspec.msgpack.Decoder(Findings)
_Pairs = tuple[tuple[str, str], ...]


def pack_findings(found: Findings) -> bytes:
    """Return findings as at most :data:`LONGEST_FINDINGS` bytes; what is over is left out, with a note."""
    packed = _packer.encode(found)
    if _is_bounded(found) and len(packed) <= LONGEST_FINDINGS:
        return packed
    short = tuple(replace(item, private=(), detail=()) for item in found.evidence[:_MOST])
    notes = (*found.notes[: _MOST - 1], _SHORTENED)
    packed = _packer.encode(replace(found, evidence=short, notes=notes, absence=found.absence[:_MOST]))
    return packed if len(packed) <= LONGEST_FINDINGS else _packer.encode(Findings(notes=(_SHORTENED,)))


def unpack_findings(packed: bytes) -> Findings:
    """Return the findings in ``packed``, every text of them plain.

    Raises:
        ValueError: there are none, or more than an honest worker sends.
    """
    try:
        found = _reader.decode(packed)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("not findings") from error
    if not _is_bounded(found):
        raise ValueError("not findings: too many")
    return Findings(
        tuple(map(_plain, found.evidence)),
        tuple(map(_lines, found.notes)),
        tuple(map(_lines, found.absence)),
    )


def _is_bounded(found: Findings) -> bool:
    parts: list[Sized] = [found.evidence, found.notes, found.absence]
    parts += [pairs for item in found.evidence[:_MOST] for pairs in (item.detail, item.private)]
    return all(len(part) <= _MOST for part in parts)


def _plain(item: Evidence) -> Evidence:
    return replace(
        item,
        words=_lines(item.words),
        where=_lines(item.where),
        detail=_pairs(item.detail),
        private=_pairs(item.private),
    )


def _pairs(pairs: _Pairs) -> _Pairs:
    return tuple((_lines(heading), _lines(text)) for heading, text in pairs)


def _lines(text: str) -> str:
    return "\n".join(plain(line, _LONGEST_LINE) for line in text.split("\n"))  # prompts have several
