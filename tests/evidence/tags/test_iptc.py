"""IPTC's old records."""

from __future__ import annotations

import pytest

from desktop_app.evidence.tags.iptc import CREDIT, INSTRUCTIONS, read_iptc
from tests.support.marks import iptc_records


@pytest.mark.parametrize(
    "damage", [b"", b"\x1c", b"\x1c\x02\x6e\xff\xff", b"\x1c\x02\x6e\x80\x04\0\0\0\1x", b"noise"]
)
def test_reading_ends_where_the_damage_begins(damage: bytes) -> None:
    assert read_iptc(iptc_records({CREDIT: "A person"}) + damage) == {CREDIT: ("A person",)}


def test_repeated_texts_are_kept() -> None:
    both = iptc_records({CREDIT: "A person"}) + iptc_records({CREDIT: "B person", INSTRUCTIONS: "Bodø"})
    assert read_iptc(both) == {CREDIT: ("A person", "B person"), INSTRUCTIONS: ("Bodø",)}


def test_other_records_are_passed_over() -> None:
    charset = b"\x1c\x01\x5a\x00\x03\x1b%G"
    assert read_iptc(charset + iptc_records({CREDIT: "A person"})) == {CREDIT: ("A person",)}
