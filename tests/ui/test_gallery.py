from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui import gallery


@pytest.mark.timeout(300)  # more than a hundred pictures
def test_every_scene_can_be_taken_in_light_and_dark(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    qapp.setStyle("fusion")
    monkeypatch.setattr(gallery, "_SETTLE_MS", 60)
    paths = gallery.take_gallery(tmp_path)
    assert len(paths) == 2 * len(gallery.scenes())
    assert len({path.name for path in paths}) == len(paths)
    for path in paths:
        image = QImage(str(path))
        assert image.width() > 300
    light, dark = (QImage(str(tmp_path / f"grid-{theme}.png")) for theme in ("light", "dark"))
    assert light.pixelColor(4, 300).lightness() > dark.pixelColor(4, 300).lightness()
    qapp.setStyleSheet("")
