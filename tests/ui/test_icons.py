from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QImage

from desktop_app.system.paths import resources_dir
from desktop_app.ui.icons import app_icon, drawing

_DRAWINGS = sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg"))


@pytest.mark.usefixtures("qapp")
def test_a_missing_drawing_is_nothing_and_no_error() -> None:
    image = drawing("no-such-drawing", "#ff0000", 16).toImage()
    assert _inked(image) == 0


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", [name for name in _DRAWINGS if name != "telltale"])
def test_every_drawing_takes_the_colour_it_is_given(name: str) -> None:
    image = drawing(name, "#ff0000", 32, 2.0).toImage()
    assert image.width() == 64
    assert _inked(image) > 50
    colours = {
        image.pixelColor(x, y).name()
        for x in range(64)
        for y in range(64)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#ff0000"}


@pytest.mark.usefixtures("qapp")
def test_the_program_has_an_icon() -> None:
    assert _inked(app_icon().pixmap(64, 64).toImage()) > 2000


def test_every_drawing_that_the_code_names_is_there() -> None:
    package = resources_dir().parent / "desktop_app" / "ui"
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    named = set(re.findall(r'(?:icon_button|action_button|give|drawing)\((?:[\w.]+, )?"([a-z]+)"', code))
    assert len(named) > 4
    assert named <= set(_DRAWINGS), named - set(_DRAWINGS)


def _inked(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))
