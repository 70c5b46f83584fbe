"""Certificates in a file: read strictly, with a sentence for whatever is wrong."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import TrustListError
from desktop_app.evidence.trust.bundle import MAX_BYTES, parse_bundle
from tests.support.authority import Authority
from tests.support.signing import TODAY, authority, signer

PEM = authority().pem
BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
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
