from pathlib import Path

import pytest

from desktop_app.system import paths


def test_models_and_resources_are_found() -> None:
    assert (paths.models_dir() / "cifake.json").is_file()
    assert (paths.resources_dir() / "samples").is_dir()


def test_a_bundle_brings_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert paths.models_dir() == tmp_path / "models"


def test_without_a_home_of_its_own_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELLTALE_HOME")
    assert paths.config_dir().name == "telltale"
    assert "telltale" in str(paths.log_dir())
