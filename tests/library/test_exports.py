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
from desktop_app.core.estimates import Estimate, Mode, Sent, SourceScore, Words
from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import PictureFacts
from desktop_app.core.sources import FileSource, Source, UnusableSource
from desktop_app.library.exports import percentage, record, writer_for

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
