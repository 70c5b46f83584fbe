"""Findings on their way between the processes: packed within bounds, and read back strictly."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from desktop_app.core.evidence import Findings

LONGEST_FINDINGS = 2**20
"""Bytes; a long workflow of ComfyUI has some 100,000."""

_MOST = 100  # marks and notes that are kept where all would be too long
_SHORTENED = "It says more about itself than can be shown here; details, prompts and settings were left out."

_packer = msgspec.msgpack.Encoder()
_reader: msgspec.msgpack.Decoder[Findings] = msgspec.msgpack.Decoder(Findings)


def pack_findings(found: Findings) -> bytes:
    """Return findings as at most :data:`LONGEST_FINDINGS` bytes; what is over is left out, with a note."""
    packed = _packer.encode(found)
    if len(packed) <= LONGEST_FINDINGS:
        return packed
    short = tuple(replace(item, private=(), detail=()) for item in found.evidence[:_MOST])
    packed = _packer.encode(replace(found, evidence=short, notes=(*found.notes[:_MOST], _SHORTENED)))
    return packed if len(packed) <= LONGEST_FINDINGS else _packer.encode(Findings(notes=(_SHORTENED,)))


def unpack_findings(packed: bytes) -> Findings:
    """Return the findings in ``packed``.

    Raises:
        ValueError: there are none.
    """
    try:
        return _reader.decode(packed)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("not findings") from error
