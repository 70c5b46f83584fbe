"""Short ways from a made-up file to what is found in it."""

from __future__ import annotations

from desktop_app.core.estimates import Estimate, Words
from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.containers.blocks import Block, Budget
from desktop_app.evidence.containers.walk import metadata_blocks
from desktop_app.evidence.metadata import Metadata, read_metadata
from desktop_app.evidence.reader import read_evidence
from desktop_app.imaging.sniff import sniff


def found(data: bytes) -> tuple[Evidence, ...]:
    """Return the evidence in a file, its format told from its bytes."""
    return read_evidence(data, sniff(data))


def only(data: bytes) -> Evidence:
    """Return the one piece of evidence in a file."""
    (evidence,) = found(data)
    return evidence


def blocks(data: bytes) -> tuple[list[Block], list[str]]:
    """Return a file's blocks of metadata and the notes about those left out."""
    budget = Budget()
    return list(metadata_blocks(data, sniff(data), budget)), budget.notes


def metadata(data: bytes) -> Metadata:
    """Return a file's readable metadata."""
    return read_metadata(data, sniff(data), Budget())


def evidence(
    says: Says,
    strength: Strength = Strength.LABEL,
    kind: EvidenceKind = EvidenceKind.GENERATOR_MARK,
    *,
    verified: bool = False,
) -> Evidence:
    """Return evidence that says so."""
    return Evidence(kind, strength, says, f"{strength.value} {says.value}", where="somewhere", verified=verified)


def estimate(words: Words) -> Estimate:
    """Return an estimate in these words."""
    return Estimate("test", "Test", "", 0.5, words, words is not Words.OUT_OF_RANGE, "", ())
