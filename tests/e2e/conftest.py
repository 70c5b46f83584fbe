"""A real desktop for the whole run, and pictures that a screenshot can be searched for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.support import xserver
from tests.support.screen import Rgb
from tests.support.xserver import Desktop

MakePicture = Callable[..., Path]


def lacking(packages: list[str]) -> None:
    """Skip for want of Debian packages; on CI nothing may be skipped, so that fails."""
    if not packages:
        return
    reason = f"missing on this machine: apt install {' '.join(packages)}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    lacking(xserver.missing())
    with xserver.desktop(tmp_path_factory.mktemp("desktop")) as started:
        yield started


@pytest.fixture
def painted(tmp_path: Path) -> MakePicture:
    """Make a picture of one colour; PNG, so that the colour on the screen is the same."""

    def make(name: str, colour: Rgb, size: tuple[int, int] = (400, 320)) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, colour).save(path, "PNG")
        return path

    return make
