import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.training.field import FieldPicture
from models.training.ordinary import evaluate
from models.training.ordinary.model import upright
from tests.support import pictures


class _Bright:
    """Calls bright pictures AI."""

    def logit(self, image: Image.Image) -> float:
        return float(np.asarray(image).mean() - 127) / 30


def scored(count: int = 400) -> evaluate.Scored:
    rng = np.random.default_rng(0)
    ai = np.arange(count) % 2 == 1
    origin = np.where(ai, np.char.add("maker-", (np.arange(count) % 3).astype(str)), "real-camera")
    return evaluate.Scored(rng.normal(size=count) + 3 * ai, ai, origin)


def test_at_five_and_one_percent_accused_no_more_photographs_are_over_the_threshold() -> None:
    made = scored()
    five, one = evaluate.thresholds(made)
    assert five < one
    assert (made.logits[~made.ai] >= five).sum() == 10
    assert (made.logits[~made.ai] >= one).sum() == 2


def test_figures_tell_origins_apart_with_intervals() -> None:
    result = evaluate.figures(scored(), None)
    assert result["photographs"] == result["ai"] == 200
    assert 0.95 < result["auroc"] < 1
    assert result["found_at_1"]["share"] < result["found_at_5"]["share"]
    assert {row["name"] for row in result["origins"] if row["ai"]} == {"maker-0", "maker-1", "maker-2"}
    assert all(row["low"] <= row["share"] <= row["high"] for row in result["origins"])
    assert "words" not in result


def test_words_are_thresholds_on_the_calibrated_probability(tmp_path: Path) -> None:
    path = tmp_path / "bands.json"
    content = {"temperature": 2.0, "bands": {"few": 0.1, "some": 0.5, "strong": 0.9}}
    path.write_text(json.dumps(content), encoding="utf-8")
    words = evaluate.Words.load(path)
    assert (words.some, words.strong) == pytest.approx((0.0, 2 * np.log(9)))
    said = evaluate.figures(scored(), words)["words"]
    assert said["ai"]["strong"]["share"] <= said["ai"]["some or strong"]["share"]
    assert said["photographs"]["some or strong"]["n"] == 200


def test_a_harmless_treatment_adds_what_it_accuses() -> None:
    photographs = [
        FieldPicture(pictures.encode(Image.new("RGB", size, (level,) * 3)), ai=False, origin="real-camera")
        for level, size in ((40, (400, 400)), (120, (400, 300)), (200, (400, 400)), (210, (600, 400)))
    ]
    result = evaluate.harmless(photographs, _Bright(), evaluate.score(photographs, _Bright()).logits, 0.0)
    assert result["as found"]["share"] == 0.5
    assert result["sharpen"]["added"] == 0.0
    assert result["letterbox"]["share"] == 0.5  # black bars darken, but not by enough


def test_recent_generators_are_told_from_older_ones() -> None:
    made = scored()
    origin = np.where(made.origin == "maker-1", evaluate.RECENT[0], made.origin)
    result = evaluate.eras(evaluate.Scored(made.logits, made.ai, origin))
    assert set(result) == {"2024 on", "before 2024"}
    found = [result[era]["found_at_5"]["n"] for era in result]
    assert found == [int((made.origin == "maker-1").sum()), 200 - int((made.origin == "maker-1").sum())]
    assert set(evaluate.eras(made)) == {"before 2024"}


def test_the_whole_evaluation_is_one_table(tmp_path: Path) -> None:
    levels = {
        "photograph.png": (60, 400),
        "another.png": (130, 320),
        "ai.png": (200, 320),
        "preview.png": (220, 256),
    }
    with tarfile.open(tmp_path / "field.tar", "w") as tar:
        for name, (level, side) in levels.items():
            content = pictures.encode(Image.new("RGB", (side, side), (level,) * 3))
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    lines = ["path,label,generator"]
    lines += [f"{name},{'real,camera' if level < 190 else 'ai,maker'}" for name, (level, _) in levels.items()]
    (tmp_path / "field.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = evaluate.evaluate(_Bright(), tmp_path / "field.tar", evaluate.Words(some=0.0, strong=2.0))
    assert (result["as found"]["photographs"], result["as found"]["ai"]) == (2, 1)
    assert (result["smaller"]["photographs"], result["smaller"]["ai"]) == (2, 1)
    assert result["as found"]["auroc"] == result["web sharing"]["auroc"] == 1.0
    text = "\n".join(evaluate.table(result))
    for words in (
        "| as found | 2 | 1 |",
        "| before 2024 | 1.0000 |",
        "| maker | AI | 1 |",
        "| letterbox |",
        "| photographs | 50.0%",
    ):
        assert words in text


def test_a_picture_is_scored_upright() -> None:
    image = pictures.photo(40, 20)
    content = pictures.encode(image, "JPEG", exif=pictures.exif(6))
    assert upright(content).size == (20, 40)
    result = evaluate.score([FieldPicture(content, ai=True, origin="maker")], _Bright())
    assert list(result.ai) == [True]
    assert result.logits.shape == (1,)
