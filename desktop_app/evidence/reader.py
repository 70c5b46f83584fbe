"""The one way in: a picture file's bytes become the evidence in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from desktop_app.core.errors import Cancelled
from desktop_app.core.evidence import Evidence, Findings
from desktop_app.core.picture import Raster
from desktop_app.evidence.absence import why_no_metadata
from desktop_app.evidence.camera import camera_facts
from desktop_app.evidence.containers.blocks import BROKEN, Budget
from desktop_app.evidence.contradictions import contradictions
from desktop_app.evidence.generators.marks import generator_marks
from desktop_app.evidence.labels.aigc import aigc_labels
from desktop_app.evidence.labels.credits import credit_labels
from desktop_app.evidence.labels.iptc import iptc_labels
from desktop_app.evidence.ladder import strongest_first
from desktop_app.evidence.metadata import Metadata, read_metadata

Credentials = Callable[[bytes, str], tuple[Evidence, ...]]
"""Reads Content Credentials: the file's bytes and Pillow's name of its format in, evidence out."""

_LABELS: tuple[Callable[[Metadata], Iterable[Evidence]], ...] = (
    iptc_labels,
    aigc_labels,
    credit_labels,
    generator_marks,
)


def read_findings(
    data: bytes,
    format_name: str,
    *,
    raster: Raster | None = None,
    credentials: Credentials | None = None,
    size: tuple[int, int] | None = None,
    name: str = "",
    re_encoded: bool = False,
) -> Findings:
    """Return everything that a picture file says about its origin.

    Nothing in the file can make this fail: a broken block, or one that nobody foresaw, becomes a note. It opens no
    file, starts no thread and needs no network, so it may run in the decoding process.

    Args:
        data: the original bytes, as they came from the disk or the link.
        format_name: Pillow's name of the format, from :func:`desktop_app.imaging.sniff.sniff`.
        raster: the upright picture at any size, for comparing an embedded thumbnail; None leaves that out.
        credentials: reads Content Credentials; None leaves them out.
        size: the picture's width and height in pixels, for the sentences on missing metadata.
        name: the file's name, for the same.
        re_encoded: whether another program made these bytes from pixels (clipboard, drag).

    Raises:
        MemoryError: there isn't enough.
        Cancelled: ``credentials`` was told to stop.
    """
    budget = Budget()
    evidence: list[Evidence] = []
    metadata = Metadata()
    if credentials is not None:
        _collect(evidence, partial(credentials, data, format_name), budget)
    try:
        metadata = read_metadata(data, format_name, budget)
    except (MemoryError, Cancelled):
        raise
    except Exception:  # noqa: BLE001  # hostile bytes find ways that nobody thought of; the picture is still checked
        budget.note(BROKEN)
    for read in _LABELS:
        _collect(evidence, partial(read, metadata), budget)
    _collect(evidence, partial(camera_facts, metadata, raster), budget)
    found = _merged(evidence)
    found = (*strongest_first(found), *contradictions(found))
    notes = tuple(budget.notes)
    if found:
        return Findings(found, notes)
    absence = why_no_metadata(metadata, size=size, name=name, re_encoded=re_encoded, unread=bool(notes))
    return Findings(found, notes, absence)


def read_evidence(
    data: bytes,
    format_name: str,
    *,
    raster: Raster | None = None,
    credentials: Credentials | None = None,
) -> tuple[Evidence, ...]:
    """Return the evidence alone; see :func:`read_findings`."""
    return read_findings(data, format_name, raster=raster, credentials=credentials).evidence


def _collect(evidence: list[Evidence], read: Callable[[], Iterable[Evidence]], budget: Budget) -> None:
    try:
        evidence.extend(read())
    except (MemoryError, Cancelled):
        raise
    except Exception:  # noqa: BLE001  # as above: one reader's fault costs its own marks alone
        budget.note(BROKEN)


def _merged(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence with the same statement found in several places told once, with all its places."""
    found: dict[tuple[object, ...], Evidence] = {}
    for item in evidence:
        key = (item.kind, item.strength, item.says, item.words)
        if key in found:
            first = found[key]
            places = dict.fromkeys((*first.where.split("; "), item.where))
            item = replace(first, where="; ".join(place for place in places if place))  # noqa: PLW2901  # the same item, told once
        found[key] = item
    return tuple(found.values())
