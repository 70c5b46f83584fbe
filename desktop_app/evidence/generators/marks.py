"""All generators whose marks are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_app.core.evidence import Evidence
from desktop_app.evidence.generators.comfyui import comfy_marks
from desktop_app.evidence.generators.libraries import invoke_marks, novel_marks
from desktop_app.evidence.generators.services import service_marks
from desktop_app.evidence.generators.webuis import web_ui_marks
from desktop_app.evidence.metadata import Metadata

_READERS: tuple[Callable[[Metadata], Iterator[Evidence]], ...] = (
    web_ui_marks,
    comfy_marks,
    invoke_marks,
    novel_marks,
    service_marks,
)


def generator_marks(metadata: Metadata) -> Iterator[Evidence]:
    """Yield every generator's mark in a file's metadata."""
    for read in _READERS:
        yield from read(metadata)
