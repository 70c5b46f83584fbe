import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import ModelCardError
from desktop_app.detectors.card import load_card
from desktop_app.system.paths import models_dir

BUNDLED = models_dir() / "cifake.json"


@pytest.fixture
def card() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(BUNDLED.read_text())
    return data


def written(folder: Path, data: object) -> Path:
    path = folder / "card.json"
    path.write_text(json.dumps(data))
    return path


def test_a_missing_card_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelCardError, match="can't be read"):
        load_card(tmp_path / "none.json")


def test_a_card_that_is_not_json_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(ModelCardError, match="not valid"):
        load_card(path)


def test_an_endless_card_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    path.write_bytes(b" " * 1_000_001)
    with pytest.raises(ModelCardError, match="too large"):
        load_card(path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("sha256", "abc"),
        ("calibration", {"temperature": 0}),
        ("calibration", {"temperature": -1.0}),
        ("sources", []),
        ("golden", [{"pattern": "gradient", "logit": "high"}]),
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


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("bands", {"few": 0.9, "some": 0.5, "strong": 0.95}, "bands must rise"),
        ("model", "../../etc/passwd", "beside the card"),
        ("sources", [{"name": "a", "ai": True}, {"name": "b", "ai": True}], "one source"),
        ("golden", [{"pattern": "unheard of", "logit": 0.0}], "golden"),
    ],
)
def test_a_card_that_contradicts_itself_is_refused(
    tmp_path: Path, card: dict[str, Any], field: str, value: object, words: str
) -> None:
    with pytest.raises(ModelCardError, match=words):
        load_card(written(tmp_path, card | {field: value}))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_card_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("card") / "card.json"
    path.write_bytes(data)
    with pytest.raises(ModelCardError):
        load_card(path)


def test_the_bundled_card_is_sound() -> None:
    card = load_card(BUNDLED)
    assert card.name == "cifake"
    assert (card.range.width, card.range.height) == (32, 32)
    assert card.golden
