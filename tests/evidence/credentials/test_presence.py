"""The cheap look: is there a credential at all?"""

from __future__ import annotations

import struct
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.evidence.credentials.effort import is_reasonable
from desktop_app.evidence.credentials.pointer import find_pointer
from desktop_app.evidence.credentials.presence import find_store
from desktop_app.imaging.sniff import FORMATS
from tests.evidence.credentials.checks import read
from tests.support import pictures, signing
from tests.support.processes import run

_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dcterms="{namespace}" dcterms:provenance="{address}"/></rdf:RDF></x:xmpmeta>"""
_TERMS = "http://purl.org/dc/terms/"


def _with_xmp(address: str, namespace: str = _TERMS) -> bytes:
    packet = _XMP.format(namespace=namespace, address=address)
    return pictures.encode(pictures.photo(32, 32), "JPEG", xmp=packet.encode())


@pytest.mark.parametrize("format_name", FORMATS)
def test_ordinary_pictures_have_none(format_name: str) -> None:
    assert find_store(pictures.FORMATS[format_name](), format_name) is None


def test_words_about_credentials_are_none() -> None:
    caption = b"c2pa jumb caBX OpenAI http://purl.org/dc/terms/ provenance https://example.org"
    for data in (
        pictures.jpeg(32, 32, comment=caption),
        pictures.jpeg(32, 32) + signing.ai_made()[20:3000],
        pictures.png(32, 32) + b"caBX" + caption,
        _with_xmp("c2pa"),
        _with_xmp("https://example.org/x", "http://example.org/terms/"),
    ):
        assert not read(data)


def test_a_box_of_another_kind_in_app11_is_none() -> None:
    other = struct.pack(">2sHI", b"JP", 1, 1) + b"\0\0\0\x28jumb\0\0\0\x20jumd" + b"exif" + bytes(24)
    picture = pictures.jpeg(32, 32)
    segment = b"\xff\xeb" + struct.pack(">H", len(other) + 2) + other
    assert find_store(picture[:2] + segment + picture[2:], "JPEG") is None


@pytest.mark.parametrize("format_name", signing.FORMATS)
def test_the_place_and_all_boxes_are_found(format_name: str) -> None:
    store = find_store(signing.ai_made(format_name), format_name)
    assert store is not None
    assert (store.boxes[4:8], store.boxes[16:20]) == (b"jumb", b"c2pa")
    assert len(store.boxes) >= int.from_bytes(store.boxes[:4], "big")
    assert is_reasonable(store.boxes)


def test_a_credential_in_several_segments_is_put_together() -> None:
    long = {"label": "org.example.long", "data": {"text": "credential " * 12_000}}
    data = signing.sign(signing.action(source="digitalCapture"), assertions=[long])
    store = find_store(data, "JPEG")
    assert data.count(b"\xff\xeb") > 1
    assert store is not None
    assert int.from_bytes(store.boxes[:4], "big") == len(store.boxes)
    assert read(data)[0].verified


def test_an_address_in_xmp_is_found() -> None:
    assert find_pointer(_with_xmp("https://example.org/x"), "JPEG") == "https://example.org/x"


def test_an_address_is_made_harmless() -> None:
    assert "\u202e" not in find_pointer(_with_xmp("https://example.org/\u202egpj"), "JPEG")


@pytest.mark.parametrize("format_name", sorted(FORMATS))
@given(data=st.binary(max_size=300))
def test_random_bytes_do_no_harm(format_name: str, data: bytes) -> None:
    find_store(data, format_name)
    is_reasonable(data)


@pytest.mark.parametrize("long", [False, True])
def test_endless_boxes_are_counted(*, long: bool) -> None:
    box = struct.pack(">I4sQ", 1, b"free", 16) if long else struct.pack(">I4s", 8, b"free")
    start = struct.pack(">I4s", 0, b"jumb")
    assert is_reasonable(start + box * 1_000)
    assert not is_reasonable(start + box * 3_000)


def test_boxes_in_boxes_without_end_are_refused() -> None:
    assert not is_reasonable(struct.pack(">I4s", 0, b"jumb") * 40)


def test_a_chunk_with_a_credentials_name_and_nothing_in_it() -> None:
    picture = pictures.png(32, 32)
    empty = struct.pack(">I4sI", 0, b"caBX", zlib.crc32(b"caBX"))
    found = read(picture[:33] + empty + picture[33:])
    assert all(not item.verified for item in found)


def test_pictures_without_credentials_never_load_the_library() -> None:
    code = (
        "import sys; from desktop_app.evidence.credentials import read_credentials;"
        "import desktop_app.evidence, desktop_app.evidence.trust;"
        f"read_credentials({pictures.jpeg(16, 16)!r}, 'JPEG', None);"
        "sys.exit('c2pa' in sys.modules or 'cryptography' in sys.modules)"
    )
    done = run([sys.executable, "-c", code], 30)
    assert done.status == 0, done.stderr
