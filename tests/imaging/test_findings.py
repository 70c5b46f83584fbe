from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.evidence import Evidence, EvidenceKind, Findings, Says, Strength
from desktop_app.imaging.findings import LONGEST_FINDINGS, pack_findings, unpack_findings

MARK = Evidence(
    EvidenceKind.IPTC, Strength.LABEL, Says.MADE_BY_AI, "It says so.", (("a", "b"),), (("c", "d"),), "XMP"
)


def test_findings_come_back_as_they_were() -> None:
    found = Findings((MARK, replace(MARK, verified=True)), ("a note",), ("why not",))
    assert unpack_findings(pack_findings(found)) == found


def test_what_is_too_long_is_left_out_and_a_note_says_so() -> None:
    long = replace(MARK, private=(("Prompt", "x" * LONGEST_FINDINGS),))
    packed = pack_findings(Findings((long,)))
    assert len(packed) <= LONGEST_FINDINGS
    found = unpack_findings(packed)
    assert found.evidence == (replace(MARK, private=(), detail=()),)
    assert "left out" in found.notes[-1]


def test_even_endless_sentences_fit() -> None:
    endless = replace(MARK, words="x" * LONGEST_FINDINGS)
    packed = pack_findings(Findings((endless,)))
    assert len(packed) <= LONGEST_FINDINGS
    assert "left out" in unpack_findings(packed).notes[-1]


def test_a_worker_that_was_taken_over_commands_no_terminal() -> None:
    found = unpack_findings(pack_findings(Findings((replace(MARK, words="\x1b[2J\u202egpj"),), ("\x07",))))
    assert found.evidence[0].words == "\N{REPLACEMENT CHARACTER}[2Jgpj"
    assert found.notes == ("\N{REPLACEMENT CHARACTER}",)


def test_a_prompt_keeps_its_lines() -> None:
    prompt = replace(MARK, private=(("Prompt", "one\ntwo"),))
    assert unpack_findings(pack_findings(Findings((prompt,)))).evidence[0].private == (("Prompt", "one\ntwo"),)


def test_more_than_an_honest_worker_sends_is_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        unpack_findings(msgspec.msgpack.encode(Findings(notes=("",) * 1_000_000)))
    many = replace(MARK, detail=(("a", "b"),) * 1000)
    with pytest.raises(ValueError, match="too many"):
        unpack_findings(msgspec.msgpack.encode(Findings((many,))))


def test_an_honest_worker_that_found_too_much_keeps_to_the_bounds() -> None:
    found = unpack_findings(pack_findings(Findings((MARK,) * 1000, ("note",) * 1000, ("why",) * 1000)))
    assert len(found.evidence) == len(found.notes) == len(found.absence) == 200
    assert "left out" in found.notes[-1]


@given(st.binary(max_size=200))
def test_anything_else_is_refused(data: bytes) -> None:
    try:
        found = unpack_findings(data)
    except ValueError:
        return
    assert isinstance(found, Findings)  # chance may make one


@pytest.mark.parametrize("packed", [b"", b"\xc1", b"\x91" * 5000, b"\x81\xa8evidence\xa1x"])
def test_broken_bytes_are_no_findings(packed: bytes) -> None:
    with pytest.raises(ValueError, match="not findings"):
        unpack_findings(packed)
