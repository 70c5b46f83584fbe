"""IPTC records among Photoshop's resources."""

from __future__ import annotations

import struct

import pytest

from desktop_app.evidence.containers.photoshop import iptc_records as records_in
from tests.support.marks import iptc_records, photoshop_iptc

RECORDS = {110: "A person"}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"8BIM",
        b"8BIM\x04\x04",
        b"8BIM\x04\x04\xff",
        b"8BIM\x04\x04\0\0\0\0",
        b"8BIM\x04\x04\0\0" + struct.pack(">I", 100) + b"too short",
        b"noise" + photoshop_iptc(RECORDS),
        b"8BIM\x03\xed\0\0" + struct.pack(">I", 0xFFFFFFFF) + photoshop_iptc(RECORDS),
    ],
)
def test_behind_damage_there_are_none(damage: bytes) -> None:
    assert records_in(damage) == b""


def test_other_resources_are_passed_over_whatever_their_names_and_lengths() -> None:
    named = b"8BIM\x03\xed\x04name\0" + struct.pack(">I", 3) + b"abc\0"
    unnamed = b"8BIM\x03\xee\0\0" + struct.pack(">I", 0)
    assert records_in(named + unnamed + photoshop_iptc(RECORDS)) == iptc_records(RECORDS)


def test_a_file_of_nothing_but_resources_ends() -> None:
    assert records_in((b"8BIM\x03\xee\0\0" + bytes(4)) * 5_000 + photoshop_iptc(RECORDS)) == b""
