import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import ModelCardError
from desktop_app.core.picture import ShrinkRule, ViewRule
from desktop_app.detectors.card import RangeCard, load_card
from desktop_app.detectors.schema import card_schema
from desktop_app.system.paths import models_dir

BUNDLED = models_dir() / "cifake.json"
ROOT = Path(__file__).parents[2]
AI = {"name": "Machine", "ai": True}
CAMERA = {"name": "Camera", "ai": False}
COUNTS = [
    {"low": 0, "high": 0.5, "photographs": 90, "ai": 10},
    {"low": 0.5, "high": 1, "photographs": 10, "ai": 90},
]


@pytest.fixture
def card() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(BUNDLED.read_text())
    return data


def written(folder: Path, data: object) -> Path:
    path = folder / "card.json"
    path.write_text(json.dumps(data))
    return path


def raw(folder: Path, data: bytes) -> Path:
    path = folder / "card.json"
    path.write_bytes(data)
    return path


def output(**fields: object) -> dict[str, object]:
    return {"name": "y", "kind": "logit"} | fields


def seen(count: int = 1, **fields: object) -> dict[str, object]:
    """An input of `count` equal views."""
    view = {"crop": "quarters", "width": 2, "height": 2, "resize": "bilinear"} | fields
    none = [0, 0, 0]
    return {"name": "x", "layout": "NCHW", "scale": 1, "mean": none, "std": [1, 1, 1], "views": [view] * count}


def shrink(**fields: float) -> dict[str, float]:
    return {"side": 4, "share": 0.5, "least": 2} | fields


# ---------------------------------------------------------------- files that are no cards


@pytest.mark.parametrize("name", ["none.json", "\0.json"])
def test_a_missing_card_is_said_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelCardError, match="can't be read"):
        load_card(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_pipe_in_place_of_a_card_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "card.json")
    with pytest.raises(ModelCardError, match="can't be read"):
        load_card(tmp_path / "card.json")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe{", b"[]", b'"card"', b'{"format": 1', b"[" * 10_000])
def test_a_card_that_is_not_json_or_no_object_is_said_in_words(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ModelCardError, match="not valid"):
        load_card(raw(tmp_path, data))


def test_a_card_of_ten_thousand_levels_is_said_in_words(tmp_path: Path, card: dict[str, Any]) -> None:
    deep = json.dumps(card)[:-1].encode() + b', "figures": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001
    with pytest.raises(ModelCardError, match="not valid"):
        load_card(raw(tmp_path, deep))


def test_an_endless_card_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ModelCardError, match="too large"):
        load_card(raw(tmp_path, b" " * 1_000_001))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_card_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = raw(tmp_path_factory.mktemp("card"), data)
    with pytest.raises(ModelCardError):
        load_card(path)


# ---------------------------------------------------------------- fields outside the format


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("name", "../cifake"),
        ("name", "Auto"),
        ("title", ""),
        ("title", "\u202e\u2066"),
        ("title", "a" * 81),
        ("sha256", "abc"),
        ("calibration", {"temperature": 0}),
        ("calibration", {"temperature": -1.0}),
        ("output", output(kind="verdict")),
        ("output", output(index=-1)),
        ("sources", []),
        ("golden", [{"pattern": "gradient", "logit": "high"}]),
        ("golden_tolerance", 0),
        ("golden_tolerance", 1.5),
        ("conformal", {"level": 0.99, "ai_from": 1.5, "photograph_to": 0.5}),
        ("conformal", {"level": 1, "ai_from": 0.5, "photograph_to": 0.5}),
        ("counts", [{"low": 0, "high": 1, "photographs": -1, "ai": 1}]),
        ("range", {"width": 0, "height": 32, "reason": "none"}),
        ("range", {"shorter_side_min": 3, "reason": "none", "flat_share_max": 1.01}),
        ("range", {"shorter_side_min": 3, "reason": "none", "flat_share_max": -0.1}),
        ("input", seen(crop="thirds")),
        ("input", seen(65)),
        ("input", seen(jpeg_quality=0)),
        ("input", seen(jpeg_quality=101)),
        ("input", seen(jpeg_quality=90.5)),
        ("input", seen(shrink=shrink(share=0))),
        ("input", seen(shrink=shrink(share=1))),
        ("input", seen(shrink=shrink(side=0))),
        ("input", seen(shrink=shrink(side=2049))),
        ("input", seen(shrink=shrink(least=0))),
        ("input", seen(shrink=shrink(blur=1))),
        ("input", seen(shrink={"side": 4, "share": 0.5})),
        ("input", seen(shorter_from=300)),
        ("limits", "Old scans."),
        ("limits", [""]),
        ("limits", ["\u202e"]),
        ("limits", ["Old scans."] * 21),
        ("unknown", 1),
    ],
)
def test_a_field_outside_the_format_is_refused(
    tmp_path: Path, card: dict[str, Any], field: str, value: object
) -> None:
    with pytest.raises(ModelCardError, match="not valid"):
        load_card(written(tmp_path, card | {field: value}))


@pytest.mark.parametrize("field", ["input", "output", "bands", "calibration", "range", "sources"])
def test_a_missing_field_is_refused(tmp_path: Path, card: dict[str, Any], field: str) -> None:
    del card[field]
    with pytest.raises(ModelCardError):
        load_card(written(tmp_path, card))


def test_a_field_that_is_there_twice_is_refused(tmp_path: Path, card: dict[str, Any]) -> None:
    twice = json.dumps(card)[:-1] + ', "calibration": {"temperature": 9.0}}'
    with pytest.raises(ModelCardError, match="twice"):
        load_card(raw(tmp_path, twice.encode()))


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(tmp_path: Path, card: dict[str, Any], number: str) -> None:
    card["calibration"] = {"temperature": "here"}
    with pytest.raises(ModelCardError, match="not a number"):
        load_card(raw(tmp_path, json.dumps(card).replace('"here"', number).encode()))


# ---------------------------------------------------------------- cards that contradict themselves


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "auto"}, "can't be called"),
        ({"bands": {"few": 0.9, "some": 0.5, "strong": 0.95}}, "bands must rise"),
        ({"model": "../../etc/passwd"}, "beside the card"),
        ({"model": "c:model.onnx"}, "beside the card"),
        ({"output": output(map="y")}, "output of its own"),
        ({"sources": [AI, AI | {"name": "Other"}]}, "one that is not"),
        ({"sources": [AI, CAMERA | {"name": "Machine"}]}, "one name"),
        ({"sources": [AI, CAMERA, CAMERA | {"name": "Film"}]}, "two sources"),
        ({"sources": [AI | {"index": 1}, CAMERA | {"index": 0}]}, "only classes"),
        ({"output": output(kind="softmax")}, "need an index"),
        ({"output": output(kind="softmax"), "sources": [AI | {"index": 0}, CAMERA | {"index": 2}]}, "each once"),
        ({"output": output(kind="softmax"), "sources": [AI | {"index": 0}, CAMERA]}, "each once"),
        (
            {"output": output(kind="softmax", index=0), "sources": [AI | {"index": 0}, CAMERA | {"index": 1}]},
            "either the output or",
        ),
        ({"input": seen(4, crop="whole", width=2048, height=2048)}, "16,000,000 pixels"),
        ({"input": seen(crop="quarters", width=2048, height=2048)}, "16,000,000 pixels"),
        ({"input": seen(2, crop="halves", width=2048, height=2048)}, "16,000,000 pixels"),
        ({"input": seen(crop="whole", shrink=shrink())}, "only quarters and halves"),
        ({"input": seen(crop="centre_square", shrink=shrink())}, "only quarters and halves"),
        ({"input": seen(shrink=shrink(least=5))}, "must not be over its side"),
        ({"range": {"width": 32, "reason": "none"}}, "both width and height"),
        ({"range": {"reason": "none"}}, "either an exact size"),
        ({"range": {"width": 3, "height": 3, "shorter_side_min": 3, "reason": "none"}}, "either an exact size"),
        ({"range": {"shorter_side_min": 9, "shorter_side_max": 3, "reason": "none"}}, "bounds must rise"),
        ({"counts": COUNTS, "counts_test": None}, "belong together"),
        ({"counts": COUNTS[:1], "counts_test": "test"}, "without a gap"),
        ({"counts": [], "counts_test": "test"}, "without a gap"),
        ({"counts": [*COUNTS[::-1]], "counts_test": "test"}, "without a gap"),
        ({"golden": [{"pattern": "unheard of", "logit": 0.0}]}, "golden"),
    ],
)
def test_a_card_that_contradicts_itself_is_refused(
    tmp_path: Path, card: dict[str, Any], fields: dict[str, object], words: str
) -> None:
    with pytest.raises(ModelCardError, match=words):
        load_card(written(tmp_path, card | fields))


# ---------------------------------------------------------------- sound cards


def test_foreign_texts_are_made_plain(tmp_path: Path, card: dict[str, Any]) -> None:
    titled = load_card(written(tmp_path, card | {"title": "gpj.\u202eexe\n\x1b[31m"}))
    assert titled.title == "gpj.exe\ufffd\ufffd[31m"
    limited = load_card(written(tmp_path, card | {"limits": ["Old\u202e scans\x1b.", "Paintings."]}))
    assert limited.limits == ("Old scans\ufffd.", "Paintings.")


def test_a_card_may_ask_for_views_cut_from_a_shrunk_copy_and_saved(tmp_path: Path, card: dict[str, Any]) -> None:
    views = seen(crop="halves", jpeg_quality=90, shrink=shrink())
    (view,) = load_card(written(tmp_path, card | {"input": views})).input.views
    assert view.rule() == ViewRule(2, 2, "halves", shrink=ShrinkRule(4, 0.5, 2), jpeg_quality=90)


def test_views_are_the_pictures_own_pixels_and_not_saved_unless_the_card_says_so(
    tmp_path: Path, card: dict[str, Any]
) -> None:
    (view,) = load_card(written(tmp_path, card | {"input": seen()})).input.views
    assert view.rule() == ViewRule(2, 2, "quarters")


@pytest.mark.parametrize(("crop", "count"), [("centre_square", 1), ("whole", 1), ("halves", 2), ("quarters", 4)])
def test_every_crop_of_a_card_is_one_that_can_be_cut(
    tmp_path: Path, card: dict[str, Any], crop: str, count: int
) -> None:
    (view,) = load_card(written(tmp_path, card | {"input": seen(crop=crop)})).input.views
    assert view.rule().count == count


def test_a_range_may_leave_out_flat_pictures(tmp_path: Path, card: dict[str, Any]) -> None:
    tested = {"shorter_side_min": 300, "reason": "none"}
    assert load_card(written(tmp_path, card | {"range": tested})).range.flat_share_max is None
    flat = load_card(written(tmp_path, card | {"range": tested | {"flat_share_max": 0.4}})).range
    assert flat.flat_share_max == 0.4


@pytest.mark.parametrize(
    ("fields", "held", "words"),
    [
        ({"width": 32, "height": 24}, [(32, 24)], "exactly 32×24"),
        ({"shorter_side_min": 24, "shorter_side_max": 40}, [(32, 24), (24, 24), (99, 40)], "24 to 40"),
        ({"shorter_side_min": 24}, [(32, 24), (24, 24), (99, 40), (99, 99)], "at least 24"),
        ({"shorter_side_max": 24}, [(32, 24), (24, 24), (1, 1)], "at most 24"),
        ({"shorter_side_min": 1}, [(32, 24), (24, 24), (99, 40), (99, 99), (1, 1)], "any size"),
    ],
)
def test_a_range_is_an_exact_size_or_bounds_of_the_shorter_side(
    fields: dict[str, int], held: list[tuple[int, int]], words: str
) -> None:
    tested = RangeCard(reason="none", **fields)
    sizes = [(32, 24), (24, 24), (99, 40), (99, 99), (1, 1)]
    assert [size for size in sizes if tested.holds(*size)] == [size for size in sizes if size in held]
    assert words in tested.words()


def test_a_card_may_carry_counts_and_conformal_sets(tmp_path: Path, card: dict[str, Any]) -> None:
    conformal = {"level": 0.99, "ai_from": 0.1, "photograph_to": 0.9}
    full = load_card(written(tmp_path, card | {"conformal": conformal, "counts": COUNTS, "counts_test": "test"}))
    assert full.conformal is not None
    assert full.conformal.photograph_to == 0.9
    assert full.counts is not None
    assert [span.ai for span in full.counts] == [10, 90]


@pytest.mark.parametrize("path", sorted(models_dir().glob("**/*.onnx")), ids=lambda path: path.stem)
def test_every_shipped_model_has_a_sound_card(path: Path) -> None:
    card = load_card(path.with_suffix(".json"))
    assert card.model == path.name
    assert card.golden


def test_the_bundled_card_names_its_range() -> None:
    card = load_card(BUNDLED)
    assert card.name == "cifake"
    assert (card.range.width, card.range.height) == (32, 32)


def test_the_committed_schema_is_the_one_that_the_program_checks_with() -> None:
    assert (ROOT / "models" / "card.schema.json").read_text(encoding="utf-8") == card_schema()
