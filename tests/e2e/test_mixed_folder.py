"""A folder of everything: each picture goes to the model that knows its kind, or to none, and is told so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.support import pictures
from tests.support.processes import TELLTALE, run

_LIMIT = 60.0
OUTSIDE = "Outside this model's range"


def _textured(width: int, height: int) -> Image.Image:
    """A picture with something in every corner, as a camera's has."""
    grain = np.random.default_rng(7).normal(0, 12, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(pictures.photo(width, height)) + grain, 0, 255).astype(np.uint8))


def _page(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for line in range(40, height - 40, 28):
        draw.text((40, line), "What this page says is of no importance to anybody. " * 2, fill="black")
    return image


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "mixed"
    made.mkdir()
    _textured(32, 32).save(made / "small.png")
    _textured(640, 480).save(made / "ordinary.jpg", quality=88)
    _textured(480, 640).save(made / "ordinary.webp", quality=88)
    _textured(2000, 1500).save(made / "large.jpg", quality=88)
    _textured(31, 33).save(made / "tiny.png")
    _textured(299, 900).save(made / "strip.png")
    Image.new("RGB", (1, 1)).save(made / "dot.png")
    _page(900, 1200).save(made / "page.png")
    _page(900, 1200).save(made / "page.jpg", quality=75)
    return made


def _scan(folder: Path, home: Path, model: str) -> dict[str, dict[str, Any]]:
    words = [*TELLTALE, "scan", "--format", "jsonl", "--model", model, str(folder)]
    done = run(words, _LIMIT, TELLTALE_HOME=str(home))
    assert done.status == 0, done.stderr
    lines = map(json.loads, done.stdout.splitlines())
    return {Path(line["source"]).name: line["estimate"] for line in lines}


def test_each_picture_is_answered_by_the_model_that_knows_its_kind(folder: Path, own_home: Path) -> None:
    found = _scan(folder, own_home, "auto-experimental")
    assert len(found) == 9
    answered = {name: estimate["detector"] for name, estimate in found.items() if estimate["words"] != OUTSIDE}
    ordinary = dict.fromkeys(("ordinary.jpg", "ordinary.webp", "large.jpg"), "field")
    assert answered == {"small.png": "cifake"} | ordinary


def test_the_same_files_get_the_same_numbers_every_time(folder: Path, own_home: Path) -> None:
    assert _scan(folder, own_home, "auto-experimental") == _scan(folder, own_home, "auto-experimental")


@pytest.mark.parametrize(("model", "names"), [("cifake", {"small.png"}), ("field", {"ordinary.jpg", "large.jpg"})])
def test_a_model_that_was_chosen_answers_everything_and_knows_its_range(
    folder: Path, own_home: Path, model: str, names: set[str]
) -> None:
    found = _scan(folder, own_home, model)
    assert {estimate["detector"] for estimate in found.values()} == {model}
    assert names <= {name for name, estimate in found.items() if estimate["words"] != OUTSIDE}
    assert found["tiny.png"]["words"] == OUTSIDE
