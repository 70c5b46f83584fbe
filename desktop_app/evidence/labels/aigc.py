"""China's label for generated content (GB 45438-2025, in force since 1 September 2025): JSON with known fields.

It lies in XMP, in a PNG text, in EXIF's user comment or description, or behind "AIGC" in a JPEG's APP segment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.objects import json_object, named, short
from desktop_app.evidence.tags.exif import DESCRIPTION
from desktop_app.evidence.tags.xmp import TC260

_PRODUCER = frozenset({"Label", "ContentProducer", "ProduceID", "ContentPropagator", "PropagateID"})
_SERVICE = frozenset({"ServiceProvider", "ServiceUser"})  # Tencent's variant, without a Label
_HEADINGS = {
    "Label": "Label",
    "ContentProducer": "Producer",
    "ProduceID": "Producer's number",
    "ContentPropagator": "Platform",
    "PropagateID": "Platform's number",
    "ServiceProvider": "Service",
}
# The standard's three grades. The second and third are a platform's guess about somebody else's picture.
_GRADES = {
    "1": (Says.MADE_BY_AI, "China's AI label says it was made by AI (unsigned)."),
    "2": (Says.NOTHING, "China's AI label says it may have been made by AI: a platform's guess (unsigned)."),
    "3": (Says.NOTHING, "China's AI label says AI is suspected: a platform's guess (unsigned)."),
}
_SERVICE_GRADE = (Says.MADE_BY_AI, "China's AI label names an AI service as its source (unsigned).")
_NO_GRADE = (Says.NOTHING, "It carries China's AI label, which doesn't say whether AI made it.")


def aigc_labels(metadata: Metadata) -> Iterator[Evidence]:
    """Yield one label for every place that holds one."""
    for packet in metadata.xmp:
        for text in packet.texts(TC260, "AIGC"):
            yield from _label(text, f"AIGC of {packet.where}")
    for found in metadata.texts_of("AIGC"):
        yield from _label(found.text, found.where)
    for found in metadata.comments():
        yield from _label(found.text, found.where, wrapped=True)
    for exif in metadata.exif:
        yield from _label(exif.text(DESCRIPTION), f"ImageDescription of {exif.where}", wrapped=True)


def _label(text: str, where: str, *, wrapped: bool = False) -> Iterator[Evidence]:
    found = json_object(text)
    # In a place of its own the label may stand bare; in a free text it has to be wrapped and named.
    inner = found.get("AIGC", None if wrapped else found) if found else None
    if isinstance(inner, str):
        inner = json_object(inner)
    if not isinstance(inner, dict) or not (_PRODUCER | _SERVICE) & inner.keys():
        return
    says, words = _grade(inner)
    detail = named(*((heading, short(inner[key])) for key, heading in _HEADINGS.items() if key in inner))
    yield Evidence(EvidenceKind.AIGC_LABEL, Strength.LABEL, says, words, detail, where=where)


def _grade(label: dict[str, Any]) -> tuple[Says, str]:
    if "Label" in label:
        return _GRADES.get(str(label["Label"]).strip(), _NO_GRADE)
    return _SERVICE_GRADE if _SERVICE & label.keys() else _NO_GRADE
