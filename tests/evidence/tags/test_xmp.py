"""XMP packets."""

from __future__ import annotations

import pytest

from desktop_app.evidence.containers.blocks import BrokenBlockError
from desktop_app.evidence.tags.xmp import IPTC_EXT, PHOTOSHOP, read_xmp
from tests.support.marks import source_type, xmp

LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


def credit(packet: bytes) -> tuple[str, ...]:
    return read_xmp(packet, "here").texts(PHOTOSHOP, "Credit")


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<<&&",
        b"<x:xmpmeta tiff:Orientation=\xff\xfe>",
        xmp()[:-30],
        LAUGHS.encode() + xmp("<photoshop:Credit>&c;</photoshop:Credit>"),
        b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + xmp(),
        b"<a>" * 100_000 + b"</a>" * 100_000,
        xmp(attributes=" ".join(f'dc:a{number}="x"' for number in range(30_000))),
        xmp(attributes=" ".join(f'dc:a{number} = "x"' for number in range(30_000))),
        xmp("<unknown:prefix>text</unknown:prefix>"),
    ],
)
def test_what_is_no_packet_is_broken(packet: bytes) -> None:
    with pytest.raises(BrokenBlockError):
        read_xmp(packet, "here")


@pytest.mark.parametrize(
    "packet",
    [
        xmp("<photoshop:Credit>A person</photoshop:Credit>"),
        xmp(attributes='photoshop:Credit="A person"'),
        xmp("<photoshop:Credit><rdf:Alt><rdf:li>A person</rdf:li></rdf:Alt></photoshop:Credit>"),
        xmp('<photoshop:Credit rdf:resource="A person"/>'),
        xmp("<photoshop:Credit>\n  A <!-- note -->person </photoshop:Credit>"),
        xmp("<photoshop:Credit>A person</photoshop:Credit>") + b"\0\0  \n",
        xmp("<photoshop:Credit>A person</photoshop:Credit>").decode().encode("utf-16"),
    ],
)
def test_a_property_is_read_however_it_is_written(packet: bytes) -> None:
    assert credit(packet) == ("A person",)


def test_a_packet_without_its_wrapper_is_read() -> None:
    packet = xmp("<photoshop:Credit>A person</photoshop:Credit>")
    bare = packet[packet.index(b"<rdf:RDF") : packet.index(b"</x:xmpmeta>")]
    spaces = packet[packet.index(b" xmlns:") : packet.index(b"><rdf:RDF")]
    assert credit(b"<rdf:RDF" + spaces + bare[len(b"<rdf:RDF") :]) == ("A person",)


def test_what_an_ingredient_says_is_not_said_of_the_picture() -> None:
    inner = "<Iptc4xmpExt:DigitalSourceType>trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>"
    whole = f"<rdf:Description>{inner}</rdf:Description>"
    pantry = f"<xmpMM:Pantry><rdf:Bag><rdf:li>{whole}</rdf:li></rdf:Bag></xmpMM:Pantry>"
    history = (
        f'<xmpMM:History><rdf:Seq><rdf:li rdf:parseType="Resource">{inner}</rdf:li></rdf:Seq></xmpMM:History>'
    )
    found = read_xmp(xmp(pantry + history), "here")
    assert found.texts(IPTC_EXT, "DigitalSourceType") == ()


def test_a_description_outside_of_rdf_says_nothing() -> None:
    packet = (
        source_type("trainedAlgorithmicMedia").replace(b"<rdf:RDF>", b"<x:a>").replace(b"</rdf:RDF>", b"</x:a>")
    )
    assert read_xmp(packet, "here").values == {}


def test_a_packet_of_very_many_elements_keeps_what_came_first() -> None:
    ancestors = "<rdf:li>x</rdf:li>" * 50_000
    body = f"<photoshop:Credit>A person</photoshop:Credit><dc:subject><rdf:Bag>{ancestors}</rdf:Bag></dc:subject>"
    found = read_xmp(xmp(body), "here")
    assert found.text(PHOTOSHOP, "Credit") == "A person"
    assert not found.complete


def test_a_packet_of_very_many_properties_is_read_up_to_a_limit() -> None:
    many = "".join(f"<dc:subject{number}>x</dc:subject{number}>" for number in range(5_000))
    assert len(read_xmp(xmp(many), "here").values) == 2_000
