import json
import os
from pathlib import Path

import pytest

from desktop_app.core.errors import DetectorError, DetectorUnavailableError
from desktop_app.detectors.contradictions import AUTO, AUTO_EXPERIMENTAL
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.detectors.shelf import MOST_OWN, Shelf, ShelvedModel
from desktop_app.system.paths import models_dir
from tests.support.onnx_files import put, red_logit

BUNDLED = models_dir() / "cifake.json"
MODEL = red_logit()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "my models"
    made.mkdir()
    return made


def shelf(folder: Path | None = None) -> Shelf:
    return Shelf([BUNDLED], folder)


def own(folder: Path) -> list[ShelvedModel]:
    return [model for model in shelf(folder).models() if model.own]


def why_not(folder: Path) -> str:
    (model,) = own(folder)
    assert not model.availability.ready
    assert model.availability.way_out
    return model.availability.why_not


# ---------------------------------------------------------------- what can't be used


def test_a_folder_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(DetectorUnavailableError, match="can't be read") as caught:
        shelf(tmp_path / "gone").models()
    assert "Settings" in caught.value.hint


def test_a_model_without_a_card_is_listed_with_the_reason(folder: Path) -> None:
    (folder / "alone.onnx").write_bytes(MODEL)
    assert "card alone.json can't be read" in why_not(folder)


def test_a_broken_card_is_listed_with_the_reason(folder: Path) -> None:
    put(folder, MODEL).write_text("{")
    assert "not valid" in why_not(folder)


def test_a_card_of_another_model_is_listed_with_the_reason(folder: Path) -> None:
    put(folder, MODEL, model="other.onnx")
    assert "describes other.onnx" in why_not(folder)


def test_a_folder_in_place_of_a_model_is_listed_with_the_reason(folder: Path) -> None:
    put(folder, MODEL)
    (folder / "own.onnx").unlink()
    (folder / "own.onnx").mkdir()
    assert "missing or damaged" in why_not(folder)


def test_an_own_model_never_takes_a_bundled_one_s_name(folder: Path) -> None:
    put(folder, MODEL, "mine", name="cifake")
    assert "already called “cifake”" in why_not(folder)
    assert shelf(folder).choose("cifake") == (BUNDLED,)


def test_of_two_own_models_of_one_name_the_first_is_used(folder: Path) -> None:
    first = put(folder, MODEL, "a", name="twin")
    put(folder, MODEL, "b", name="twin")
    assert [model.availability.ready for model in own(folder)] == [True, False]
    assert shelf(folder).choose("twin") == (first,)


@pytest.mark.parametrize("choice", ["unheard-of", "", "auto ", "\u202ecifake"])
def test_a_name_that_nobody_has_is_said_in_words(folder: Path, choice: str) -> None:
    with pytest.raises(DetectorUnavailableError, match="no model called"):
        shelf(folder).choose(choice)


def test_a_name_whose_model_cannot_be_used_says_why(folder: Path) -> None:
    put(folder, MODEL, "broken")
    (folder / "broken.json").write_text("{}")
    with pytest.raises(DetectorUnavailableError, match="not valid"):
        shelf(folder).choose("broken")


def test_a_model_s_path_needs_a_card_that_describes_it(folder: Path) -> None:
    with pytest.raises(DetectorError, match="can't be read"):
        shelf().choose(str(folder / "none.onnx"))
    put(folder, MODEL, model="other.onnx")
    with pytest.raises(DetectorError, match=r"describes other\.onnx"):
        shelf().choose(str(folder / "own.onnx"))


@pytest.mark.parametrize("choice", ["\0.json", "\0/", "{here}", "{here}/loop.json"])
def test_an_odd_path_is_no_model_and_breaks_nothing(tmp_path: Path, choice: str) -> None:
    (tmp_path / "loop.json").symlink_to(tmp_path / "loop.json")
    (path,) = shelf().choose(choice.format(here=tmp_path))
    assert shelf().is_own(path)
    assert not OfflineDetector(path).availability().ready


def test_an_endless_folder_is_not_read_to_its_end(folder: Path) -> None:
    for number in range(MOST_OWN + 20):
        (folder / f"{number}.onnx").touch()
    assert len(own(folder)) == MOST_OWN


def test_what_is_no_model_is_not_listed(folder: Path) -> None:
    (folder / "notes.json").write_text(json.dumps({"a": 1}))
    (folder / "model.onnx.part").write_bytes(MODEL)
    assert own(folder) == []


# ---------------------------------------------------------------- what can


def test_without_a_folder_there_are_the_bundled_models() -> None:
    (model,) = shelf().models()
    assert (model.name, model.title, model.own, model.availability.ready) == (
        "cifake",
        "CIFAKE model",
        False,
        True,
    )
    assert model.file == "cifake.onnx"


def test_the_program_s_own_choice_is_a_bundled_model(folder: Path) -> None:
    put(folder, MODEL)
    assert shelf(folder).choose(AUTO) == (BUNDLED,)


def test_an_own_model_is_chosen_by_name_or_path(folder: Path) -> None:
    path = put(folder, MODEL, "file-name", name="card-name")
    found = shelf(folder)
    for choice in ("card-name", str(path), str(path.with_suffix(".onnx"))):
        assert found.choose(choice) == (path,)


def test_a_path_is_found_from_where_the_program_was_started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, MODEL)
    monkeypatch.chdir(folder)
    (path,) = shelf().choose("own.onnx")
    assert path.resolve() == (folder / "own.json").resolve()


def test_only_what_came_with_the_program_is_its_own(folder: Path) -> None:
    found = shelf(folder)
    assert found.is_own(put(folder, MODEL))
    assert not found.is_own(BUNDLED)
    assert not found.is_own(Path(os.path.relpath(BUNDLED)))


@pytest.mark.parametrize(
    ("experimental", "choice", "names"),
    [
        (False, AUTO, ["first", "second"]),
        (False, AUTO_EXPERIMENTAL, ["first", "second"]),
        (True, AUTO, ["first"]),
        (True, AUTO_EXPERIMENTAL, ["first", "second"]),
    ],
)
def test_what_is_experimental_answers_only_where_it_was_asked_for(
    folder: Path,
    experimental: bool,  # noqa: FBT001  # a column of the table
    choice: str,
    names: list[str],
) -> None:
    cards = [put(folder, MODEL, "first"), put(folder, MODEL, "second", experimental=experimental)]
    assert [path.stem for path in Shelf(cards).choose(choice)] == names


def test_what_was_left_out_for_being_experimental_is_known(folder: Path) -> None:
    cards = [put(folder, MODEL, name, experimental=name == "second") for name in ("first", "second", "third")]
    (folder / "third.json").write_text("{")
    assert [card.name for card in Shelf(cards).left_out(AUTO)] == ["second"]
    assert Shelf(cards).left_out(AUTO_EXPERIMENTAL) == Shelf(cards).left_out("first") == ()


def test_a_broken_card_takes_the_others_down_only_where_it_is_the_first(folder: Path) -> None:
    sound, broken = put(folder, MODEL, "sound"), put(folder, MODEL, "broken")
    broken.write_text("{")
    assert Shelf([broken]).choose(AUTO) == (broken,)  # whoever uses it says what is wrong
    assert Shelf([sound, broken]).choose(AUTO) == (sound,)
