"""Credit lines that phones and web services write when their AI tools made or changed a picture.

The whole line has to be one of these: a photographer's credit that mentions a company says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.tags.iptc import CREDIT
from desktop_app.evidence.tags.xmp import PHOTOSHOP

_CREDITS = {
    "made with google ai": Says.MADE_BY_AI,
    "edited with google ai": Says.EDITED_WITH_AI,
    "apple image playground": Says.MADE_BY_AI,
    "apple photos clean up": Says.EDITED_WITH_AI,
    "apple photos generative edit": Says.EDITED_WITH_AI,
}
_WORDS = {
    Says.MADE_BY_AI: "Its credit line says that AI made it (unsigned).",
    Says.EDITED_WITH_AI: "Its credit line says that it was edited with AI (unsigned).",
}


def credit_labels(metadata: Metadata) -> Iterator[Evidence]:
    """Yield one label for every credit line that is known."""
    for packet in metadata.xmp:
        for line in packet.texts(PHOTOSHOP, "Credit"):
            yield from _label(line, f"Credit of {packet.where}")
    for records in metadata.iptc:
        for line in records.texts.get(CREDIT, ()):
            yield from _label(line, f"Credit of {records.where}")


def _label(line: str, where: str) -> Iterator[Evidence]:
    says = _CREDITS.get(line.casefold())
    if says is not None:
        yield Evidence(EvidenceKind.IPTC, Strength.LABEL, says, _WORDS[says], (("Credit", line),), where=where)
