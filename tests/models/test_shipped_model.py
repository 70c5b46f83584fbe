import hashlib
import io
import tarfile
from pathlib import Path

import numpy as np
import pytest

from desktop_app.detectors.card import ModelCard, load_card
from desktop_app.detectors.figures import load_figures
from desktop_app.detectors.golden import GOLDEN_PATTERNS, golden_pixels
from models.training import evaluate
from models.training.field import measure_field
from models.training.figures_file import write_figures
from models.training.scoring import Scorer
from tests.models import makers

MODELS = Path(__file__).parents[2] / "models"
CARD = MODELS / "cifake.json"


@pytest.fixture(scope="module")
def card() -> ModelCard:
    return load_card(CARD)


def test_the_card_describes_the_file_beside_it(card: ModelCard) -> None:
    model = MODELS / card.model
    assert hashlib.sha256(model.read_bytes()).hexdigest() == card.sha256
    assert model.stat().st_size <= 2_000_000


def test_the_card_holds_what_the_program_needs(card: ModelCard) -> None:
    assert {golden.pattern for golden in card.golden} == set(GOLDEN_PATTERNS)
    assert 0 < card.bands.few < card.bands.some < card.bands.strong < 1
    assert card.figures is not None
    assert card.figures.accuracy > 0.95
    assert (card.range.width, card.range.height) == (32, 32)


def test_the_model_card_shows_the_figures_of_the_card(card: ModelCard) -> None:
    text = (MODELS / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert card.figures is not None
    assert f"{card.figures.accuracy:.2%}" in text
    assert f"{card.figures.auroc:.4f}" in text


def test_the_golden_scores_are_those_of_the_file_as_a_picture() -> None:
    pattern = np.frombuffer(golden_pixels("disc", 32, 32), np.uint8).reshape(32, 32, 3)
    with Scorer(CARD) as scorer:  # raises where the self-check fails
        assert 0 <= scorer.score(makers.jpeg_bytes(pattern)).p <= 1


def test_evaluation_goes_through_the_program(tmp_path: Path) -> None:
    for name in ("cifake-train-real.tar.xz", "cifake-train-fake.tar.xz"):
        makers.archive(tmp_path / name, ["train/REAL/0000.jpg", "train/REAL/0000 (2).jpg"])
    test = makers.archive(tmp_path / "tiny.tar.xz", makers.NAMES)
    result = evaluate.evaluate(CARD, test, tmp_path)
    assert result["test"] == "tiny"
    assert result["all"]["pictures"] == 18
    assert result["without_training_copies"]["pictures"] == 16
    # PNG holds the same pixels: the way through the program changes nothing.
    assert result["damaged"]["saving as PNG"] == result["all"]
    table = evaluate.table(result)
    assert table[2].startswith("| as they are | 18 |")
    assert {len(row.split("|")) for row in table} == {9}


def test_ordinary_pictures_are_measured_by_generator(tmp_path: Path) -> None:
    rows = ["path,label,generator"]
    with tarfile.open(tmp_path / "field.tar", "w") as tar:
        for number in range(40):
            ai = number % 2 == 1
            content = makers.jpeg_bytes(np.tile(makers.picture(number, ai=ai), (4, 5, 1)))
            member = tarfile.TarInfo(f"{number}.jpg")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
            rows.append(f"{number}.jpg,{'ai' if ai else 'real'},{'gridder' if ai else 'camera'}")
    (tmp_path / "field.csv").write_text("\n".join(rows), encoding="utf-8")
    result = measure_field(CARD, tmp_path / "field.tar")
    assert result["all"]["pictures"] == 40
    assert [(row["name"], row["ai"], row["n"]) for row in result["origins"]] == [
        ("camera", False, 20),
        ("gridder", True, 20),
    ]
    assert result["origins"][0]["auroc"] is None
    assert 0 <= result["origins"][1]["auroc"] <= 1
    assert result["shared"]["all"]["pictures"] == 40
    assert "40 pictures" in evaluate.field_sentence(result)
    assert len(evaluate.field_table(result)) == 4


def test_the_figures_file_is_what_the_program_reads(tmp_path: Path) -> None:
    for name in ("cifake-train-real.tar.xz", "cifake-train-fake.tar.xz"):
        makers.archive(tmp_path / name, [])
    result = evaluate.evaluate(CARD, makers.archive(tmp_path / "tiny.tar.xz", makers.NAMES), tmp_path)
    row = {"name": "camera", "ai": False, "n": 4, "called_ai": 0.5, "low": 0.2, "high": 0.8, "auroc": None}
    part = {"all": result["all"], "origins": [row]}
    result["field"] = {"pictures": "field-dev", **part, "shared": part}
    write_figures(result, tmp_path / "any.json")
    read = load_figures(tmp_path / "any.json")
    assert read is not None
    assert read.test is not None
    assert read.test.rows[0].n == 18
    assert read.field is not None
    assert read.field.shared is not None
    assert read.field.shared.sources[0].name == "camera"
