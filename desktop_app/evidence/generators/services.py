"""Marks of services and apps, each of a shape that no caption has by chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.core.evidence import Evidence, Says
from desktop_app.evidence.generators.mark import generator_mark
from desktop_app.evidence.metadata import Metadata, Text
from desktop_app.evidence.objects import long, named, short
from desktop_app.evidence.tags.exif import ARTIST, DESCRIPTION, MAKE, SOFTWARE
from desktop_app.evidence.tags.xmp import DUBLIN_CORE, XMP_BASIC

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_MIDJOURNEY_JOB = re.compile(rf"Job ID: {_UUID}$")
_GROK_SIGNATURE = re.compile(r"Signature: [A-Za-z0-9+/=]{64,4096}")
_ARTIST_NUMBER = re.compile(_UUID, re.IGNORECASE)
_MOST = 16 * 1024

# Names in the one field that is for the name of the program, with or without a version behind them.
_PROGRAMS = {
    "adobe firefly": "Adobe Firefly",
    "aphrodite ai": "Aphrodite AI",
    "apple image playground": "Apple Image Playground",
    "comfyui": "ComfyUI",
    "draw things": "Draw Things",
    "fooocus": "Fooocus",
    "ideogram": "Ideogram",
    "ideogram ai": "Ideogram",
    "invokeai": "InvokeAI",
    "midjourney": "Midjourney",
    "reve": "Reve",
    "reve.com": "Reve",
}


def service_marks(metadata: Metadata) -> Iterator[Evidence]:
    """Yield the marks of Midjourney, Ideogram, Grok, Luma, Hugging Face and of programs that name themselves."""
    yield from _midjourney(metadata)
    yield from _exif_marks(metadata)
    yield from _png_marks(metadata)
    for text in _program_fields(metadata):
        name = _program(text.text)
        if name:
            yield generator_mark(name, text.where, detail=(("Program", short(text.text)),))


def _midjourney(metadata: Metadata) -> Iterator[Evidence]:
    for text in _descriptions(metadata):
        if _MIDJOURNEY_JOB.search(text.text[-_MOST:]):
            yield generator_mark("Midjourney", text.where, private=named(("Prompt", long(text.text))))


def _descriptions(metadata: Metadata) -> Iterator[Text]:
    yield from metadata.texts_of("Description")
    for exif in metadata.exif:
        yield Text("", exif.text(DESCRIPTION), f"ImageDescription of {exif.where}")
    for packet in metadata.xmp:
        yield Text("", packet.text(DUBLIN_CORE, "description"), f"description of {packet.where}")


def _exif_marks(metadata: Metadata) -> Iterator[Evidence]:
    for exif in metadata.exif:
        if exif.text(MAKE, _MOST) == "Ideogram AI":
            yield generator_mark("Ideogram", f"Make of {exif.where}")
        signed = _GROK_SIGNATURE.match(exif.text(DESCRIPTION, _MOST))
        if signed and _ARTIST_NUMBER.fullmatch(exif.text(ARTIST, _MOST)):
            # xAI publishes no key: the signature can't be checked, so it is a label like any other.
            yield generator_mark("Grok", f"ImageDescription and Artist of {exif.where}")


def _png_marks(metadata: Metadata) -> Iterator[Evidence]:
    for text in metadata.texts_of("Source"):
        if text.text == "Luma AI":
            yield generator_mark("Luma", text.where)
    for text in metadata.texts_of("hf-job-id"):
        # A job may be anything that runs there, so this says where the file comes from and no more.
        yield generator_mark(
            "a Hugging Face job", text.where, says=Says.NOTHING, detail=(("Job", short(text.text)),)
        )


def _program_fields(metadata: Metadata) -> Iterator[Text]:
    for exif in metadata.exif:
        yield Text("", exif.text(SOFTWARE, _MOST), f"Software of {exif.where}")
    for packet in metadata.xmp:
        yield Text("", packet.text(XMP_BASIC, "CreatorTool"), f"CreatorTool of {packet.where}")
    yield from metadata.texts_of("Software")


def _program(value: str) -> str:
    """Return the generator that calls itself ``value``, empty for any other program."""
    words = value[:80].casefold().split()
    for count in (2, 1, 3):
        name = _PROGRAMS.get(" ".join(words[:count]))
        if name and all(_is_version(word) for word in words[count:]):
            return name
    return ""


def _is_version(word: str) -> bool:
    return word.strip("v().").replace(".", "").isdigit()
