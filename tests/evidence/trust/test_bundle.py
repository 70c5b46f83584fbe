"""Certificates in a file: read strictly, with a sentence for whatever is wrong."""

from __future__ import annotations

import base64
import datetime as dt
from contextlib import suppress
from pathlib import Path
from ssl import PEM_cert_to_DER_cert as pem_body

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import TrustListError
from desktop_app.evidence.trust import ListKind, TrustLists, list_from_files, load_lists, save_list
from desktop_app.evidence.trust.bundle import MAX_BYTES, parse_bundle
from tests.support.authority import Authority
from tests.support.signing import TODAY, authority, signer, trust_list

PEM = authority().pem
BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
KEY_USAGE, BASIC_CONSTRAINTS = b"\x06\x03\x55\x1d\x0f", b"\x06\x03\x55\x1d\x13"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
KEY = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"


def _message(data: bytes, today: dt.date = TODAY) -> str:
    with pytest.raises(TrustListError) as caught:
        parse_bundle(data, today)
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no certificates"),
        (b"<!DOCTYPE html><p>404: Not Found", "no certificates"),
        (b"\x30\x82\x03\xff\xfe binary", "text form"),
        (PEM.encode("utf-16"), "text form"),
        (f"{PEM}{BEGIN}\nMIIB".encode(), "cut off"),
        (f"{PEM}{END}".encode(), "cut off"),
        ((PEM + KEY).encode(), "other than certificates"),
        ((KEY + PEM).encode(), "other than certificates"),
        (f"{PEM}{BEGIN}\nbm90IGEgY2VydGlmaWNhdGU=\n{END}".encode(), "number 2"),
        (f"{PEM}{BEGIN}\n%%%\n{END}".encode(), "number 2"),
        (b" " * (MAX_BYTES + 1), "too large"),
        (f"{BEGIN}\n\n{END}\n".encode() * 2_001, "more than 2000"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, words: str) -> None:
    assert words in _message(data)


def _damaged(old: bytes, new: bytes) -> bytes:
    """A certificate with some of its bytes replaced; no signature in a list is checked."""
    der = pem_body(PEM)
    assert der.count(old) == 1
    body = base64.encodebytes(der.replace(old, new)).decode()
    return f"{BEGIN}\n{body}{END}\n".encode()


def _of_a_strange_name() -> bytes:
    """A certificate for a name of a kind that the library doesn't know (an X.400 address)."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    names = x509.UnrecognizedExtension(x509.SubjectAlternativeName.oid, b"\x30\x02\xa3\x00")
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, LONG_AGO, LONG_AGO)
    certificate = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    return certificate.public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    "strange",
    [
        _damaged(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x09"),  # a version that there isn't
        _damaged(KEY_USAGE, BASIC_CONSTRAINTS),  # an extension twice
        _of_a_strange_name(),
    ],
)
def test_a_certificate_that_the_library_refuses_in_a_way_of_its_own(tmp_path: Path, strange: bytes) -> None:
    assert "number 2" in _message(PEM.encode() + strange)
    path = tmp_path / "list.pem"
    path.write_bytes(strange)
    with pytest.raises(TrustListError):
        list_from_files([path], ListKind.OFFICIAL, TODAY)
    save_list(trust_list(strange.decode()), tmp_path)
    assert load_lists(TODAY, tmp_path)[0] == TrustLists()


def test_certificates_that_have_ended_are_left_out() -> None:
    assert "still in date" in _message(PEM.encode(), TODAY + dt.timedelta(days=3650))


@given(st.binary(max_size=400))
def test_random_bytes_are_a_list_or_an_error(tail: bytes) -> None:
    for data in (tail, PEM.encode()[:300] + tail, PEM.encode() + tail):
        with suppress(TrustListError):
            assert parse_bundle(data, TODAY).authorities


def test_authorities_and_single_signers_are_told_apart() -> None:
    text = f"# A comment\nsubject=Somebody\n{Authority('One').pem}\r\n{signer().pem}"
    bundle = parse_bundle(text.encode(), TODAY)
    assert (len(bundle.authorities), len(bundle.signers)) == (2, 1)
    assert all(block.startswith(BEGIN) and block.endswith(f"{END}\n") for block in bundle.authorities)


def test_a_certificate_that_comes_twice_counts_once() -> None:
    assert len(parse_bundle((PEM * 3).encode(), TODAY).authorities) == 1
