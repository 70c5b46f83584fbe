import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import DamagedPictureError
from desktop_app.core.estimates import (
    Estimate,
    Mode,
    ScoreCounts,
    Sent,
    SourceScore,
    Stability,
    VariantScore,
    Words,
)
from desktop_app.core.evidence import Evidence, EvidenceKind, Findings, Says, Strength
from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import PictureFacts
from desktop_app.core.sources import FileSource, Source, UnusableSource
from desktop_app.library.exports import percentage, writer_for
from desktop_app.library.records import record

ESTIMATE = Estimate(
    detector="cifake",
    title="CIFAKE model",
    model_sha256="ab" * 32,
    p_ai=0.75,
    words=Words.SOME,
    in_range=True,
    range_reason="",
    sources=(SourceScore("SD", 0.75), SourceScore("C", 0.25)),
)


def done(name: str = "/a.png") -> Item:
    facts = PictureFacts("PNG", 32, 32)
    return Item(1, FileSource(Path(name)), "a.png", Mode.OFFLINE, ItemState.DONE, "cd" * 32, 9, facts, ESTIMATE)


def failed(source: Source | None = None) -> Item:
    source = source or FileSource(Path("/b.png"))
    return Item(2, source, source.name, Mode.OFFLINE, ItemState.FAILED, error=DamagedPictureError())


def written(kind: str, *items: Item) -> str:
    stream = io.StringIO()
    writer = writer_for(kind, stream)
    writer.begin()
    for item in items:
        writer.write(item)
    return stream.getvalue()


def test_a_failed_item_has_its_error_and_null_for_the_rest() -> None:
    assert json.loads(written("jsonl", failed())) == {
        "source": "/b.png",
        "sha256": None,
        "width": None,
        "height": None,
        "format": None,
        "state": "failed",
        "estimate": None,
        "evidence": None,
        "evidence_notes": None,
        "error": {
            "code": "damaged_picture",
            "message": "This picture is damaged or cut off.",
            "hint": "Fetch the original again; the download or copy may have stopped early.",
        },
        "elapsed_ms": 0.0,
    }


def test_a_done_item_has_its_estimate_and_null_for_the_error() -> None:
    line: dict[str, Any] = json.loads(written("jsonl", done()))
    assert line["estimate"] == {
        "detector": "cifake",
        "model_sha256": "ab" * 32,
        "p_ai": 0.75,
        "words": "Some signs of AI",
        "in_range": True,
        "sources": [{"name": "SD", "p": 0.75}, {"name": "C", "p": 0.25}],
        "counts": None,
        "stability": None,
        "stability_problem": None,
        "model_choice": None,
    }
    assert line["error"] is None
    assert (line["width"], line["height"], line["format"], line["state"]) == (32, 32, "PNG", "done")


@pytest.mark.parametrize("name", ["/a\nb.png", "/caf\udce9.png", "/👩‍👧.png", "/\u202egpj.exe", '/"quoted",.png'])
def test_strange_names_stay_one_line_and_come_back_exactly(name: str) -> None:
    text = written("jsonl", done(name))
    assert text.count("\n") == 1
    assert text.isascii()
    assert json.loads(text)["source"] == name


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_of_a_csv_file_can_become_a_formula(start: str) -> None:
    source = UnusableSource("x", DamagedPictureError(), location=start + "cmd|' /C calc'!A0")
    rows = list(csv.DictReader(io.StringIO(written("csv", failed(source)), newline="")))
    assert rows[0]["source"].startswith("'")


@given(st.text(st.characters(codec=None), max_size=80))
def test_any_name_makes_one_csv_row_that_can_be_encoded(name: str) -> None:
    text = written("csv", failed(UnusableSource("x", DamagedPictureError(), location=name)), done())
    text.encode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in rows] == [len(rows[0])] * 3


def test_the_table_says_words_before_the_number() -> None:
    assert "Some signs of AI              75%  /a.png" in written("table", done())


def test_the_table_says_why_there_is_no_answer() -> None:
    assert "This picture is damaged or cut off." in written("table", failed())


def test_the_table_never_lets_a_name_move_the_cursor() -> None:
    text = written("table", done("/a\x1b[2J\n.png"))
    assert "\x1b" not in text
    assert text.count("\n") == 2


@pytest.mark.parametrize(
    ("p", "shown"), [(0.0, "0%"), (0.001, "<1%"), (0.5, "50%"), (0.996, ">99%"), (0.99, "99%"), (1.0, "100%")]
)
def test_percentages_are_whole_and_never_round_to_certainty(p: float, shown: str) -> None:
    assert percentage(p) == shown


def test_records_hold_nothing_that_json_cannot_say() -> None:
    json.dumps(record(done()), allow_nan=False)


def test_how_test_pictures_with_such_a_score_turned_out_is_said() -> None:
    told = ScoreCounts(0.7, 0.8, 3, 97, "a test", 300, 200)
    item = replace(done(), estimate=replace(ESTIMATE, counts=told))
    counts = json.loads(written("jsonl", item))["estimate"]["counts"]
    assert counts == {
        "low": 0.7,
        "high": 0.8,
        "photographs": 3,
        "ai": 97,
        "all_photographs": 300,
        "all_ai": 200,
    }


def test_why_this_model_answered_comes_last() -> None:
    why = "The CIFAKE model answers pictures of exactly 32×32 pixels."
    item = replace(done(), estimate=replace(ESTIMATE, chosen=why))
    assert json.loads(written("jsonl", item))["estimate"]["model_choice"] == why
    header, row, unasked = csv.reader(io.StringIO(written("csv", item, done()), newline=""))
    assert (header[-1], row[-1], unasked[-1]) == ("model_choice", why, "")


def stable(*, flips: bool = True, problem: str = "") -> Item:
    variants = (VariantScore("Made grey", 0.4, counted=True), VariantScore("Shrunk", 0.1, counted=False))
    stability = None if problem else Stability(variants, 0.4, 0.75, flips)
    return replace(done(), estimate=replace(ESTIMATE, stability=stability, stability_problem=problem))


def test_what_harmless_changes_showed_is_said() -> None:
    line = json.loads(written("jsonl", stable()))
    assert line["estimate"]["stability"] == {
        "low": 0.4,
        "high": 0.75,
        "flips": True,
        "quick": False,
        "variants": [
            {"name": "Made grey", "p_ai": 0.4, "counted": True},
            {"name": "Shrunk", "p_ai": 0.1, "counted": False},
        ],
    }
    rows = list(csv.DictReader(io.StringIO(written("csv", stable(), done(), failed()))))
    found = [(row["stability_low"], row["stability_high"], row["stability_flips"]) for row in rows]
    assert found == [("0.4", "0.75", "true"), ("", "", ""), ("", "", "")]


def test_changes_that_could_not_be_tried_are_said() -> None:
    estimate = json.loads(written("jsonl", stable(problem="Too large.")))["estimate"]
    assert (estimate["stability"], estimate["stability_problem"]) == (None, "Too large.")


def test_the_table_has_a_column_for_changes_when_they_were_asked_for() -> None:
    stream = io.StringIO()
    writer = writer_for("table", stream, stability=True)
    writer.begin()
    for item in (stable(), stable(flips=False), stable(problem="Too large."), failed()):
        writer.write(item)
    lines = stream.getvalue().splitlines()
    assert [line[35:44].strip() for line in lines[:5]] == ["CHANGED", "flips", "holds", "?", ""]
    assert [line[44:] for line in lines[:5]] == ["PICTURE", "/a.png", "/a.png", "/a.png", "/b.png"]
    assert "CHANGED" not in written("table", stable())


def test_what_was_sent_away_is_said() -> None:
    sent = Sent(1200, 640, 480, "JPEG", reencoded=True, reason="It was too large.", host="ai.example")
    item = replace(done(), estimate=replace(ESTIMATE, mode=Mode.CLOUD, sent=sent, faces=()))
    line = json.loads(written("jsonl", item))
    assert line["estimate"]["sent"]["bytes"] == 1200
    assert line["estimate"]["faces"] == []
    (row,) = csv.DictReader(io.StringIO(written("csv", item)))
    assert (row["sent_bytes"], row["sent_format"], row["sent_reencoded"]) == ("1200", "JPEG", "true")


def test_a_csv_cell_cannot_command_a_terminal() -> None:
    text = written("csv", done("/a\x1b[2J\x9b\x07\n\t.png"))
    assert not {"\x1b", "\x9b", "\x07"} & set(text)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["source"] == "/a\\x1b[2J\\x9b\\x07\n\t.png"


SIGNED = Evidence(
    EvidenceKind.C2PA,
    Strength.SIGNED,
    Says.MADE_BY_AI,
    "Its Content Credentials say that it was made by an AI tool.",
    detail=(("Signer", "Somebody"), ("Step", "made"), ("Step", "saved")),
    private=(("Prompt", "a secret garden"),),
    where="JPEG APP11",
)
CONTRADICTION = Evidence(
    EvidenceKind.CONTRADICTION, Strength.CONTRADICTION, Says.NOTHING, "Two marks\x1b[31m disagree."
)
TELLING = replace(done(), findings=Findings((SIGNED, CONTRADICTION), notes=("A block was damaged.",)))


def test_what_the_file_says_is_said_without_prompts() -> None:
    data = record(TELLING)
    assert data["evidence"][0] == {
        "kind": "c2pa",
        "strength": "signed",
        "says": "made_by_ai",
        "words": "Its Content Credentials say that it was made by an AI tool.",
        "verified": False,
        "detail": {"Signer": "Somebody", "Step": "made; saved"},
        "where": "JPEG APP11",
    }
    assert data["evidence_notes"] == ["A block was damaged."]
    for kind in ("jsonl", "csv", "table"):
        assert "secret garden" not in written(kind, TELLING)


def test_prompts_are_there_when_they_were_asked_for() -> None:
    assert record(TELLING, private=True)["evidence"][0]["private"] == {"Prompt": "a secret garden"}
    stream = io.StringIO()
    writer_for("jsonl", stream, private=True).write(TELLING)
    assert "secret garden" in stream.getvalue()


def test_a_file_without_marks_says_nothing_and_one_that_was_not_read_has_null() -> None:
    assert record(replace(done(), findings=Findings()))["evidence"] == []
    assert record(done())["evidence"] is None


def test_a_row_has_the_strongest_fact() -> None:
    (row,) = csv.DictReader(io.StringIO(written("csv", TELLING)))
    assert (row["evidence_says"], row["evidence_strength"]) == ("made_by_ai", "signed")
    assert row["evidence_verified"] == "false"
    assert row["evidence_words"].startswith("Its Content Credentials")


def test_the_table_tells_facts_above_the_estimate_and_flags_contradictions() -> None:
    lines = written("table", TELLING).splitlines()
    assert lines[1] == "/a.png: Its Content Credentials say that it was made by an AI tool."
    assert lines[2].startswith("/a.png: Two marks")
    assert "\x1b" not in lines[2]
    assert lines[3].startswith("Some signs of AI")


def test_the_table_tells_facts_where_the_estimate_failed() -> None:
    lines = written("table", replace(failed(), findings=Findings((SIGNED,)))).splitlines()
    assert lines[1].endswith("Its Content Credentials say that it was made by an AI tool.")
    assert lines[2].startswith("Failed")
