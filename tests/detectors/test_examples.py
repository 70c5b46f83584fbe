"""The demonstration model, and models that somebody brings, on the program's whole way."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from desktop_app.composition import detector_choices, model_facts, offline_models, start_pipeline
from desktop_app.core.errors import DetectorUnavailableError, InferenceError, ModelBrokenError, TelltaleError
from desktop_app.core.estimates import Estimate, Mode, Words
from desktop_app.core.events import Event, ItemChanged, Warned
from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import FileSource
from desktop_app.detectors.card import ViewCard, load_card
from desktop_app.system.paths import models_dir
from desktop_app.system.settings import Settings
from tests.support import onnx_files as onnx
from tests.support.field_views import FIELD_VIEWS
from tests.support.pictures import encode
from tests.support.processes import confined_models, started_with, wait_until

EXAMPLES = models_dir() / "examples"
SECONDS = 30

Check = Callable[..., list[Item]]


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def check(tmp_path: Path, events: list[Event]) -> Check:
    """Check pictures of one colour with a model; returns the finished items in this order."""

    def run(model: str, *colours: int, side: int = 64, folder: Path | None = None) -> list[Item]:
        settings = Settings(jobs=1, model=model, models_folder=str(folder or ""))
        pipeline = start_pipeline(settings, events.append)
        try:
            for colour in colours:
                path = tmp_path / f"{colour}.png"
                path.write_bytes(encode(Image.new("RGB", (side, side), (colour, colour, colour))))
                pipeline.add([FileSource(path)], Mode.OFFLINE)
            assert pipeline.wait_idle(SECONDS)
        finally:
            pipeline.close()
        changed = [event.item for event in events if isinstance(event, ItemChanged)]
        return sorted((item for item in changed if item.state.finished), key=lambda item: item.id)

    return run


def estimate_of(item: Item) -> Estimate:
    assert item.state is ItemState.DONE, item.error
    assert item.estimate is not None
    return item.estimate


def error_of(item: Item) -> TelltaleError:
    assert item.state is ItemState.FAILED
    assert item.error is not None
    return item.error


# ---------------------------------------------------------------- models that can't answer


def test_an_unknown_model_fails_the_picture_in_words_and_nothing_else(check: Check) -> None:
    (item,) = check("unheard-of", 10)
    error = error_of(item)
    assert isinstance(error, DetectorUnavailableError)
    assert "no model called “unheard-of”" in error.message
    assert "Settings" in error.hint


def test_a_broken_choice_is_said_at_the_switch_and_in_help() -> None:
    settings = Settings(model="unheard-of")
    offline = detector_choices(settings)[0]
    assert not offline.ready
    assert "no model called" in offline.why_not
    assert "no model called" in model_facts(settings)[0].text


def test_a_card_that_contradicts_itself_is_said_at_the_switch(tmp_path: Path) -> None:
    path = onnx.put(tmp_path, onnx.red_logit(), bands={"few": 0.9, "some": 0.5, "strong": 0.1})
    offline = detector_choices(Settings(model=str(path)))[0]
    assert not offline.ready
    assert "contradicts itself" in offline.why_not


def test_a_file_that_is_no_model_fails_every_picture_in_words(check: Check, tmp_path: Path) -> None:
    path = onnx.put(tmp_path / "own", b"this is no onnx file")
    errors = [error_of(item) for item in check(str(path), 10, 200)]
    assert {type(error) for error in errors} == {ModelBrokenError}
    assert all("can't be loaded" in error.message for error in errors)


def test_another_file_than_the_card_s_is_not_used(check: Check, tmp_path: Path) -> None:
    path = onnx.put(tmp_path / "own", onnx.red_logit(), sha256="0" * 64)
    (item,) = check(str(path), 10)
    assert "not the one that its card describes" in error_of(item).message


def test_a_model_that_gives_nonsense_fails_the_picture_alone(check: Check, tmp_path: Path) -> None:
    content = onnx.of_means(onnx.node("Log", ["means"], ["y"]))
    path = onnx.put(tmp_path / "own", content, output={"name": "y", "kind": "logit", "index": 0})
    black, grey = check(str(path), 0, 10)
    assert isinstance(error_of(black), InferenceError)
    assert estimate_of(grey).p_ai > 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_model_without_an_end_does_not_keep_the_program(
    tmp_path: Path, own_home: Path, events: list[Event]
) -> None:
    path = onnx.put(tmp_path / "own", onnx.endless())
    picture = tmp_path / "picture.png"
    picture.write_bytes(encode(Image.new("RGB", (8, 8))))
    pipeline = start_pipeline(Settings(jobs=1, model=str(path)), events.append)
    pipeline.add([FileSource(picture)], Mode.OFFLINE)
    assert wait_until(lambda: confined_models(str(own_home)), SECONDS)
    pipeline.close()
    assert wait_until(lambda: not started_with(str(own_home)), SECONDS)
    assert not [event for event in events if isinstance(event, ItemChanged) and event.item.state is ItemState.DONE]


# ---------------------------------------------------------------- models that can


def expected(colour: int) -> float:
    """As models/examples/make_brightness.py has it."""
    brightness = colour / 127.5 - 1
    dark, *bright = (math.exp(gain * brightness + bias) for gain, bias in ((-4, 1), (2, 1), (6, -1)))
    return sum(bright) / (dark + sum(bright))


@pytest.mark.parametrize("name", ["brightness.json", "brightness.onnx"])
def test_the_demonstration_model_answers_with_its_three_classes(
    check: Check, events: list[Event], name: str
) -> None:
    dark, bright = (estimate_of(item) for item in check(str(EXAMPLES / name), 20, 230))
    assert dark.title == "Demonstration: brightness"
    assert dark.p_ai == pytest.approx(expected(20), abs=1e-5)
    assert bright.p_ai == pytest.approx(expected(230), abs=1e-5)
    assert (dark.words, bright.words) == (Words.FEW, Words.STRONG)
    assert [source.name for source in bright.sources] == ["Very bright picture", "Bright picture", "Dark picture"]
    assert math.fsum(source.p for source in bright.sources) == pytest.approx(1)
    assert not [event for event in events if isinstance(event, Warned)]


def test_the_demonstration_model_knows_nothing_of_ordinary_pictures_and_says_so(check: Check) -> None:
    (item,) = check(str(EXAMPLES / "brightness.json"), 230, side=200)
    estimate = estimate_of(item)
    assert estimate.words is Words.OUT_OF_RANGE
    assert "200×200" in estimate.range_reason
    assert "demonstration" in estimate.range_reason


def test_a_model_of_the_chosen_folder_is_found_by_its_name(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    onnx.put(folder, onnx.red_logit(), "reds", calibration={"temperature": 100})
    (item,) = check("reds", 200, folder=folder)
    assert estimate_of(item).detector == "reds"
    assert estimate_of(item).p_ai == pytest.approx(1 / (1 + math.exp(-2)))


def test_the_shelf_lists_the_folder_after_the_bundled_models(tmp_path: Path) -> None:
    onnx.put(tmp_path, onnx.red_logit(), "reds")
    names = [model.name for model in offline_models(Settings(models_folder=str(tmp_path)))]
    assert names == ["cifake", "field", "reds"]


def test_another_model_is_a_change_of_one_setting(tmp_path: Path) -> None:
    path = onnx.put(tmp_path, onnx.red_logit())
    settings = msgspec.structs.replace(Settings(), model=str(path))
    assert detector_choices(settings)[0].ready
    opening, whose, known, *_ = model_facts(settings)
    assert opening.heading == "Own model"
    assert "its maker says" in whose.text
    assert "any size" in known.text


def in_the_read_me(heading: str) -> str:
    """The first JSON under a heading, or under a word that stands before it."""
    _, _, rest = (models_dir() / "README.md").read_text(encoding="utf-8").partition(heading)
    _, _, rest = rest.partition("```json\n")
    return rest.partition("```")[0]


def test_the_card_in_the_read_me_is_the_demonstration_s() -> None:
    card = json.loads(in_the_read_me("## A complete card"))
    assert card == json.loads((EXAMPLES / "brightness.json").read_text(encoding="utf-8"))


def test_the_views_in_the_read_me_are_the_field_detector_s() -> None:
    views = json.loads("{" + in_the_read_me("The field detector sees") + "}")["views"]
    card = load_card(models_dir() / "field.json")
    assert msgspec.convert(views, tuple[ViewCard, ...]) == card.input.views
    assert tuple(view.rule() for view in card.input.views) == FIELD_VIEWS
