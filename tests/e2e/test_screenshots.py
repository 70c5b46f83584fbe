"""Two pictures of the real window for people to look at, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e.conftest import MakePicture
from tests.e2e.waiting import settled, wait_painted
from tests.support import pictures
from tests.support.processes import ROOT
from tests.support.program import drag_source, telltale
from tests.support.screen import CYAN, LIME, MAGENTA, lightness
from tests.support.xserver import Desktop


def _folder() -> Path:
    folder = Path(os.environ.get("TELLTALE_SCREENSHOTS") or ROOT / "build" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_window_with_dropped_pictures_is_photographed(
    theme: str,
    desktop: Desktop,
    painted: MakePicture,
    tmp_path: Path,
    own_home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dropped = [painted("poster.png", MAGENTA), painted("meadow.png", LIME), painted("tiny.png", CYAN, (32, 32))]
    for name, data in (("photo.jpg", pictures.jpeg(1600, 1200)), ("cut off.jpg", pictures.jpeg(800, 600)[:9000])):
        dropped.append(tmp_path / name)
        dropped[-1].write_bytes(data)
    with telltale(desktop, own_home, theme=theme) as window, drag_source(desktop) as source:
        window.place(250, 60, 1280, 900)
        left, top, right, bottom = window.box()
        target = (left + right) // 2, (top + bottom) // 2
        assert source.drag_to(*target, urls=[path.as_uri() for path in dropped]) == "CopyAction"
        settled(window, len(dropped))
        wait_painted(window, MAGENTA, LIME)
        picture = window.picture()
    file = _folder() / f"x11-{theme}.png"
    picture.save(file)
    with capsys.disabled():
        print(f"\nscreenshot: {file}", end="")  # noqa: T201  # the folder that CI shows
    assert (lightness(picture) > 128) == (theme == "light")
