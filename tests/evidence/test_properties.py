"""Whatever the bytes, reading evidence ends soon, raises nothing, and gives plain text."""

from __future__ import annotations

import json
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.evidence import Evidence, Findings, Strength
from desktop_app.evidence.containers.blocks import Block, BlockKind, Budget
from desktop_app.evidence.metadata import collect
from desktop_app.evidence.reader import read_findings
from desktop_app.imaging.sniff import FORMATS
from desktop_app.imaging.views import raster
from tests.support import marks, pictures
from tests.support.generator_texts import (
    A1111,
    AIGC,
    FOOOCUS,
    INVOKEAI,
    MIDJOURNEY,
    NOVELAI,
    comfy_graph,
    comfy_workflow,
)
from tests.support.marks import text
from tests.support.pictures import chunk, encode, photo

PICTURE = raster(photo(64, 48))
_EXIF = marks.camera_exif(thumbnail=encode(photo(64, 48), "JPEG"))
_PACKET = marks.source_type("trainedAlgorithmicMedia")

FIXTURES: dict[str, tuple[str, bytes]] = {
    "JPEG": (
        "JPEG",
        marks.jpeg_with(
            marks.exif_segment(_EXIF),
            marks.xmp_segment(_PACKET),
            *marks.extended_xmp_segments(_PACKET, piece=400),
            marks.iptc_segment({110: "Made with Google AI", 40: "FBMD0100"}),
            marks.segment(0xFE, A1111.encode()),
            marks.segment(0xEB, b"AIGC" + json.dumps(AIGC).encode()),
        ),
    ),
    "PNG of programs": (
        "PNG",
        marks.png_with(
            text("parameters", A1111),
            text("prompt", json.dumps(comfy_graph())),
            text("workflow", json.dumps(comfy_workflow()), "zTXt"),
            text("invokeai_metadata", json.dumps(INVOKEAI), "iTXz"),
            text("XML:com.adobe.xmp", _PACKET.decode(), "iTXt"),
            chunk(b"eXIf", _EXIF),
        ),
    ),
    "PNG of services": (
        "PNG",
        marks.png_with(
            *(text(key, value) for key, value in NOVELAI.items()),
            text("Description", MIDJOURNEY),
            text("AIGC", json.dumps(AIGC)),
            text("parameters", json.dumps(FOOOCUS)),
            text("Raw profile type exif", f"\nexif\n{len(_EXIF):8}\n{_EXIF.hex()}\n", "zTXt"),
            behind=True,
        ),
    ),
    "WEBP": ("WEBP", marks.webp_with(exif_block=b"Exif\0\0" + _EXIF, packet=_PACKET)),
    "GIF": ("GIF", marks.gif_with(packet=_PACKET, comment=A1111.encode())),
    "TIFF": ("TIFF", marks.exif({700: _PACKET, 271: "Ichos", 272: "D1"}, marks.CAPTURE, thumbnail=b"\xff\xd8")),
    "AVIF": ("AVIF", encode(photo(64, 48), "AVIF", speed=10, exif=_EXIF, xmp=_PACKET)),
    "HEIF": ("HEIF", pictures.heic(32, 32)),
}


def read(data: bytes, format_name: str) -> Findings:
    with warnings.catch_warnings(record=True) as escaped:
        warnings.simplefilter("always")
        findings = read_findings(data, format_name, raster=PICTURE)
    assert not escaped
    for evidence in findings.evidence:
        check(evidence)
    return findings


def check(evidence: Evidence) -> None:
    assert evidence.strength is not Strength.SIGNED
    assert not evidence.verified
    for _, shown in (*evidence.detail, *evidence.private, ("", evidence.words), ("", evidence.where)):
        assert len(shown) <= 2_000
        shown.encode()
        assert not set(shown) & set("\n\r\x1b\u202e\0")


@pytest.mark.parametrize("name", FIXTURES)
def test_the_fixtures_say_something_before_they_are_damaged(name: str) -> None:
    format_name, data = FIXTURES[name]
    findings = read(data, format_name)
    assert findings.notes == ()
    assert findings.evidence or name == "HEIF"


@pytest.mark.parametrize("name", FIXTURES)
@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_never_does_harm(name: str, data: st.DataObject) -> None:
    format_name, original = FIXTURES[name]
    damaged = bytearray(original)
    places = st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)):
        damaged[place] = value
    read(bytes(damaged), format_name)


@pytest.mark.parametrize("name", FIXTURES)
@settings(max_examples=20)
@given(data=st.data())
def test_a_file_with_a_hole_never_does_harm(name: str, data: st.DataObject) -> None:
    format_name, original = FIXTURES[name]
    start = data.draw(st.integers(0, len(original)))
    end = data.draw(st.integers(start, len(original)))
    read(original[:start] + original[end:], format_name)


@given(st.binary(max_size=300), st.sampled_from(sorted(FORMATS)))
def test_random_bytes_never_do_harm(data: bytes, format_name: str) -> None:
    assert read(data, format_name).evidence == ()


@pytest.mark.parametrize("kind", BlockKind)
@settings(max_examples=60)
@given(data=st.data())
def test_damage_inside_of_a_block_never_does_harm(kind: BlockKind, data: st.DataObject) -> None:
    """A PNG's checksum keeps damage outside; here it gets in."""
    whole = {
        BlockKind.EXIF: _EXIF,
        BlockKind.XMP: _PACKET,
        BlockKind.IPTC: marks.iptc_records({110: "Made with Google AI"}),
        BlockKind.TEXT: json.dumps(comfy_graph()).encode(),
    }[kind]
    damaged = bytearray(whole)
    places = st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 127)), min_size=1, max_size=6)):
        damaged[place] = value
    budget = Budget()
    collect([Block(kind, "here", bytes(damaged), "prompt")], budget)
    if kind is BlockKind.TEXT:
        read(marks.png_with(chunk(b"tEXt", b"prompt\0" + bytes(damaged))), "PNG")
    elif kind is BlockKind.EXIF:
        read(marks.png_with(chunk(b"eXIf", bytes(damaged))), "PNG")
