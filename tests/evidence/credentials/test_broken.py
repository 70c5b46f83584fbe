"""A credential that doesn't hold says nothing at all, and why."""

from __future__ import annotations

import struct
import zlib

import pytest

from tests.evidence.credentials.checks import assert_says_nothing, only, read
from tests.evidence.credentials.smuggling import smuggled
from tests.support import pictures, signing
from tests.support.authority import Authority, Signer
from tests.support.signing import FORMATS, Part, action, ai_made, flipped, opened, plain_picture, sign

_CHANGED = "may have been changed after signing"
_ALTERED = "were altered"
_CANT = "can't be read"


@pytest.mark.parametrize("format_name", ["JPEG", "GIF", "TIFF", "WEBP"])
def test_one_changed_bit_of_the_picture(format_name: str) -> None:
    data = ai_made(format_name)
    place = len(plain_picture(format_name)) // 2 if format_name == "TIFF" else -40
    if format_name == "WEBP":
        place = data.index(b"VP8 ") + 30
    assert_says_nothing(only(flipped(data, place)), _CHANGED)


def test_one_changed_bit_in_a_png() -> None:
    data = ai_made("PNG")
    at = data.index(b"IDAT")
    (length,) = struct.unpack_from(">I", data, at - 4)
    body = flipped(data[at : at + 4 + length], 20)
    whole = data[:at] + body + struct.pack(">I", zlib.crc32(body)) + data[at + 8 + length :]
    assert_says_nothing(only(whole), _CHANGED)


@pytest.mark.parametrize("format_name", FORMATS)
def test_thirteen_bytes_behind_the_picture(format_name: str) -> None:
    found = only(ai_made(format_name) + b"thirteen more")
    assert_says_nothing(found, _CANT if format_name == "AVIF" else _CHANGED)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_file_that_ends_too_early(format_name: str) -> None:
    for cut in (1, 30):
        for found in read(ai_made(format_name)[:-cut]):
            assert_says_nothing(found, "Its Content Credentials")


def test_a_credential_that_ends_too_early() -> None:
    data = ai_made()
    assert_says_nothing(only(data[: data.index(b"c2pa.signature")]), _CANT)


def test_a_credential_moved_to_another_picture() -> None:
    signed, start = ai_made(), len(b"\xff\xd8")
    (length,) = struct.unpack_from(">H", signed, signed.index(b"\xff\xeb") + 2)
    at = signed.index(b"\xff\xeb")
    other = pictures.encode(pictures.photo(64, 48).rotate(180), "JPEG")
    moved = other[:start] + signed[start : at + 2 + length] + other[start:]
    assert_says_nothing(only(moved), _CHANGED)


def test_a_statement_changed_after_signing() -> None:
    data = sign(action(source="digitalCapture"))
    changed = data.replace(b"digitalsourcetype/digitalCapture", b"digitalsourcetype/digitalCreatio")
    assert_says_nothing(only(changed), _ALTERED)


def test_a_signature_that_another_key_made() -> None:
    stranger = signing.authority().signer()
    impostor = Signer(stranger.key, signing.signer().certificate, signing.signer().pem)
    assert_says_nothing(only(sign(action(source="digitalCapture"), by=impostor)), _ALTERED)


def test_actions_in_an_order_that_the_standard_forbids() -> None:
    assert_says_nothing(
        only(sign(action("c2pa.cropped"), action(source="digitalCapture"))), "aren't made by the rules"
    )


def test_a_draft_of_the_format() -> None:
    assert_says_nothing(only(signing.draft()), "old draft format")


def test_a_credential_on_the_web_is_named_and_not_fetched() -> None:
    found = only(sign(action(source="digitalCapture"), remote="https://credentials.example/one.c2pa"))
    assert_says_nothing(found, "kept on the web")
    assert dict(found.detail) == {"Address": "https://credentials.example/one.c2pa"}


def test_an_earlier_manifest_damaged_to_hide_what_it_says() -> None:
    data = sign(opened(), parts=[Part(ai_made())])
    changed = data.replace(
        b"digitalsourcetype/trainedAlgorithmicMedia", b"digitalsourcetype/trainedAlgorithmicMediA"
    )
    assert changed != data
    assert_says_nothing(only(changed), _ALTERED)


def test_a_strangers_manifest_in_the_file_takes_nothing_off_an_earlier_version() -> None:
    made = ai_made("PNG")
    changed = made[:-12] + pictures.chunk(b"tEXt", b"Author\0nobody") + made[-12:]
    signed = sign(opened(), parts=[Part(made, format="PNG")], format_name="PNG")
    slander = sign(
        opened(), parts=[Part(changed, format="PNG")], format_name="PNG", by=Authority("Somebody Else").signer()
    )
    both = smuggled(signed, slander)
    assert len(both) == len(signed)
    assert read(both) == read(signed)
    assert only(both).words == "Signed by Lens Works: it was made by an AI tool."


def test_a_picture_whose_earlier_version_had_been_changed() -> None:
    found = only(sign(opened(), parts=[Part(flipped(ai_made(), -40))]))
    assert found.verified
    assert "nothing is said about how the picture was made" in found.words
    assert "Broken parts" in dict(found.detail)


def test_the_size_of_a_credential_is_bounded() -> None:
    picture = plain_picture("PNG")
    chunk = b"caBX" + ai_made("PNG")[41:].ljust(70_000_000, b"\0")
    data = picture[:33] + struct.pack(">I", len(chunk) - 4) + chunk + bytes(4) + picture[33:]
    assert_says_nothing(only(data), "are 70 MB long and were not read")


def test_a_credential_of_too_many_statements_is_not_checked() -> None:
    many = [{"label": "org.example.statement", "data": {"number": number}} for number in range(700)]
    assert_says_nothing(only(sign(action(source="digitalCapture"), assertions=many)), "were not checked")


def test_a_credential_of_too_many_parts_is_not_checked() -> None:
    first = sign(action(source="composite"), parts=[Part(ai_made(), "componentOf")] * 40)
    parts = [Part(sign(action(source="digitalCapture"), by=signing.signer()), "componentOf") for _ in range(40)]
    assert only(first).verified
    assert_says_nothing(only(sign(action(source="composite"), parts=parts)), "were not checked")


def test_deep_nesting_does_no_harm() -> None:
    deep: dict[str, object] = {}
    for _ in range(120):
        deep = {"deeper": deep}
    assert only(
        sign(action(source="digitalCapture"), assertions=[{"label": "org.example.deep", "data": deep}])
    ).verified
