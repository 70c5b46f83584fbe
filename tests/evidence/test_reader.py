"""The one way in: everything together, nothing fatal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.core.errors import Cancelled
from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence import reader
from desktop_app.evidence.containers.blocks import BROKEN, TOO_LARGE, TOO_MANY
from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.reader import read_evidence, read_findings
from tests.evidence.makers import evidence, found
from tests.support import pictures
from tests.support.generator_texts import A1111
from tests.support.marks import (
    camera_exif,
    exif_segment,
    jpeg_with,
    png_with,
    source_type,
    text,
    xmp,
    xmp_segment,
)

REPOSITORY = Path(__file__).parents[2]
SIGNED = evidence(Says.CAPTURED, Strength.SIGNED, EvidenceKind.C2PA)


def broken_reader(_: Metadata) -> tuple[Evidence, ...]:
    raise RuntimeError("nobody thought of this")


def starved_reader(_: Metadata) -> tuple[Evidence, ...]:
    raise MemoryError


def test_a_reader_that_fails_costs_its_own_marks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LABELS", (broken_reader, *reader._LABELS))
    findings = read_findings(png_with(text("parameters", A1111)), "PNG")
    assert [item.says for item in findings.evidence] == [Says.MADE_BY_AI]
    assert findings.notes == (BROKEN,)


def test_a_failure_that_nobody_thought_of_leaves_the_credentials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object) -> Metadata:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(reader, "read_metadata", failing)
    findings = read_findings(pictures.png(8, 8), "PNG", credentials=lambda _data, _format: (SIGNED,))
    assert (findings.evidence, findings.notes) == ((SIGNED,), (BROKEN,))


def test_a_packet_that_is_too_long_to_finish_says_so() -> None:
    ancestors = f"<dc:subject><rdf:Bag>{'<rdf:li/>' * 30_000}</rdf:Bag></dc:subject>"
    findings = read_findings(png_with(text("XML:com.adobe.xmp", xmp(ancestors).decode(), "zTXt")), "PNG")
    assert findings.notes == (TOO_LARGE,)


def test_credentials_that_fail_cost_themselves_alone() -> None:
    def failing(_data: bytes, _format: str) -> tuple[Evidence, ...]:
        raise OSError("a library broke")

    findings = read_findings(png_with(text("parameters", A1111)), "PNG", credentials=failing)
    assert [item.says for item in findings.evidence] == [Says.MADE_BY_AI]


@pytest.mark.parametrize("error", [Cancelled, MemoryError])
def test_a_wish_to_stop_and_a_lack_of_memory_come_through(error: type[BaseException]) -> None:
    def stopping(_data: bytes, _format: str) -> tuple[Evidence, ...]:
        raise error

    with pytest.raises(error):
        read_evidence(pictures.png(8, 8), "PNG", credentials=stopping)


def test_a_lack_of_memory_in_a_reader_comes_through_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LABELS", (starved_reader,))
    with pytest.raises(MemoryError):
        read_evidence(pictures.png(8, 8), "PNG")


def test_credentials_get_the_original_bytes_and_stand_with_the_rest() -> None:
    data = jpeg_with(exif_segment(camera_exif()), xmp_segment(source_type("trainedAlgorithmicMedia")))
    given: list[tuple[bytes, str]] = []

    def credentials(original: bytes, format_name: str) -> tuple[Evidence, ...]:
        given.append((original, format_name))
        return (SIGNED,)

    kinds = [item.kind for item in read_evidence(data, "JPEG", credentials=credentials)]
    assert given == [(data, "JPEG")]
    assert kinds[:3] == [EvidenceKind.C2PA, EvidenceKind.IPTC, EvidenceKind.CAMERA]
    assert set(kinds[3:]) == {EvidenceKind.CONTRADICTION}


def test_the_same_label_in_two_packets_is_told_once_with_both_places() -> None:
    packet = source_type("digitalCapture")
    (label,) = found(jpeg_with(xmp_segment(packet), xmp_segment(packet + b" ")))
    assert label.where == "DigitalSourceType of XMP in APP1"
    data = png_with(
        text("XML:com.adobe.xmp", packet.decode(), "iTXt"), text("XML:com.adobe.xmp", packet.decode(), "zTXt")
    )
    (label,) = found(data)
    assert label.where == "DigitalSourceType of XMP in PNG iTXt; DigitalSourceType of XMP in PNG zTXt"


def test_a_damaged_block_is_a_note_and_the_others_still_speak() -> None:
    data = jpeg_with(exif_segment(b"II*\0\xff\xff\xff\xff"), xmp_segment(source_type("digitalCapture")))
    findings = read_findings(data, "JPEG")
    assert [item.says for item in findings.evidence] == [Says.CAPTURED]
    assert findings.notes == (BROKEN,)


def test_a_text_of_70_megabytes_changes_nothing_but_the_notes() -> None:
    findings = read_findings(pictures.text_bomb(), "PNG")
    assert findings.evidence == ()
    assert findings.notes == (TOO_LARGE,)


def test_blocks_by_the_hundred_end_at_a_limit() -> None:
    findings = read_findings(jpeg_with(*[xmp_segment(source_type("digitalCapture"))] * 500), "JPEG")
    assert [item.says for item in findings.evidence] == [Says.CAPTURED]
    assert findings.notes == (TOO_MANY,)


_CONFINED = """
import sys
from desktop_app.evidence.reader import read_findings
from desktop_app.imaging.confine import confine
from desktop_app.imaging.decode import decode
data = sys.stdin.buffer.read()
confine(100_000_000)
picture = decode(data)
found = read_findings(data, picture.facts.format, raster=picture.thumbnail)
print([evidence.kind.value for evidence in found.evidence], found.notes)
"""


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        (png_with(text("parameters", A1111, "zTXt")), "['generator_mark'] ()"),
        (jpeg_with(exif_segment(camera_exif(thumbnail=pictures.jpeg(160, 120)))), "['camera'] ()"),
        (pictures.heic(), "[] ()"),
    ],
)
def test_it_runs_behind_the_decoders_walls(data: bytes, kinds: str) -> None:
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(REPOSITORY)!r})\n{_CONFINED}"]
    done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=60)
    assert (done.stdout.decode().strip(), done.stderr.decode()) == (kinds, "")
