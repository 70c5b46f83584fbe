"""IPTC's photo metadata in XMP: the digital source type, and the AI fields of the standard's edition 2025.1."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.labels.source_types import meaning
from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.objects import long, named, short
from desktop_app.evidence.tags.xmp import IPTC_EXT, Xmp

_AI = frozenset({Says.MADE_BY_AI, Says.EDITED_WITH_AI})


def iptc_labels(metadata: Metadata) -> Iterator[Evidence]:
    """Yield what the digital source type says, and the AI fields where it doesn't."""
    for packet in metadata.xmp:
        sources = tuple(_source_types(packet))
        yield from sources
        system = packet.text(IPTC_EXT, "AISystemUsed")
        if system and not any(label.says in _AI for label in sources):
            yield _label(packet, Says.MADE_BY_AI, "an AI tool was used for it", "AISystemUsed")


def _source_types(packet: Xmp) -> Iterator[Evidence]:
    for value in dict.fromkeys(packet.texts(IPTC_EXT, "DigitalSourceType")):
        found = meaning(value)
        if found is not None:
            yield _label(packet, *found, "DigitalSourceType", ("Digital source type", short(value)))


def _label(packet: Xmp, says: Says, what: str, name: str, *more: tuple[str, str]) -> Evidence:
    tool = short(packet.text(IPTC_EXT, "AISystemUsed"))
    version = short(packet.text(IPTC_EXT, "AISystemVersionUsed"))
    return Evidence(
        EvidenceKind.IPTC,
        Strength.LABEL,
        says,
        f"Says {what} (unsigned IPTC label).",
        named(*more, ("AI system", tool), ("Version of the AI system", version)),
        named(
            ("Prompt", long(packet.text(IPTC_EXT, "AIPromptInformation"))),
            ("Writer of the prompt", short(packet.text(IPTC_EXT, "AIPromptWriterName"))),
        ),
        f"{name} of {packet.where}",
    )
