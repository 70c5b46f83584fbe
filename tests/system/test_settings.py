import json
from pathlib import Path

import pytest

from desktop_app.core.errors import SettingsError
from desktop_app.system.settings import Settings, load_settings, save_settings, settings_path


def test_no_file_means_defaults(own_home: Path) -> None:
    assert load_settings() == Settings()
    assert settings_path().is_relative_to(own_home)


@pytest.mark.parametrize("broken", ['{"max_mega', '{"a":' + "[" * 100_000, "\udcff"])
def test_a_broken_file_is_set_aside_not_deleted(tmp_path: Path, broken: str) -> None:
    data = broken.encode(errors="surrogateescape")
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    assert load_settings(path) == Settings()
    assert (tmp_path / "settings.broken.json").read_bytes() == data


def test_one_bad_value_costs_that_value_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps(
            {"max_megapixels": "many", "jobs": -3, "model": "", "models_folder": "x" * 5000, "theme": "dark"}
        )
    )
    assert load_settings(path) == Settings(theme="dark")


def test_a_folder_in_place_of_the_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    chosen = Settings(
        max_megapixels=50,
        view="table",
        sort_descending=True,
        picture_seconds=5.5,
        model="my-model",
        models_folder="/my models",
    )
    save_settings(chosen, path)
    assert load_settings(path) == chosen
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_keys_of_a_newer_version_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"from_the_future": [1, 2]}')
    save_settings(Settings(), path)
    assert json.loads(path.read_text())["from_the_future"] == [1, 2]


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError):
        save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_a_folder_whose_name_is_not_utf8_does_not_cost_the_other_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(last_folder="/caf\udce9", theme="dark"), path)
    assert load_settings(path) == Settings(last_folder="/caf?", theme="dark")
