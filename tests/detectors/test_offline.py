import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Examination
from desktop_app.core.errors import Cancelled, InferenceError, ModelBrokenError
from desktop_app.core.estimates import Estimate
from desktop_app.core.picture import Picture, PictureFacts, Raster
from desktop_app.detectors.confined.session import ConfinedSession
from desktop_app.detectors.golden import GOLDEN_PATTERNS, golden_pixels
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.system.paths import models_dir
from tests.support.onnx_files import node, of_means, put


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the bundled model that a test may damage."""
    for name in ("cifake.onnx", "cifake.json"):
        shutil.copy(models_dir() / name, tmp_path / name)
    return tmp_path / "cifake.json"


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def detector(model: Path, warnings: list[str]) -> Iterator[OfflineDetector]:
    made = OfflineDetector(model, threads=2, warn=warnings.append)
    yield made
    made.close()


def change(card: Path, **fields: Any) -> None:
    card.write_text(json.dumps(json.loads(card.read_text()) | fields))


def examination(pattern: str = "gradient") -> Examination:
    raster = Raster(32, 32, golden_pixels(pattern, 32, 32))
    return Examination(Picture(PictureFacts("PNG", 32, 32), None, (raster,)), b"")


def ask(detector: OfflineDetector, pattern: str = "gradient") -> Future[Estimate]:
    return detector.submit(examination(pattern), CancelToken())


def test_a_missing_model_file_fails_in_words(model: Path, detector: OfflineDetector) -> None:
    model.with_suffix(".onnx").unlink()
    assert not detector.availability().ready
    assert isinstance(ask(detector).exception(10), ModelBrokenError)


def test_an_altered_model_file_is_not_used(model: Path, detector: OfflineDetector) -> None:
    with model.with_suffix(".onnx").open("ab") as file:
        file.write(b"x")
    error = ask(detector).exception(10)
    assert isinstance(error, ModelBrokenError)
    assert "not the one" in error.message


def test_a_file_that_is_no_model_fails_in_words(model: Path, detector: OfflineDetector) -> None:
    import hashlib

    junk = b"this is no onnx file"
    model.with_suffix(".onnx").write_bytes(junk)
    change(model, sha256=hashlib.sha256(junk).hexdigest())
    error = ask(detector).exception(10)
    assert isinstance(error, ModelBrokenError)
    assert "can't be loaded" in error.message


def test_a_card_that_names_other_tensors_fails_in_words(model: Path, detector: OfflineDetector) -> None:
    change(model, output={"name": "verdict", "kind": "logit"})
    assert isinstance(ask(detector).exception(10), ModelBrokenError)


def test_a_broken_card_makes_the_detector_unavailable(model: Path, detector: OfflineDetector) -> None:
    model.write_text("{")
    available = detector.availability()
    assert not available.ready
    assert available.why_not
    assert available.way_out


def test_a_computer_that_gives_other_numbers_says_so(
    model: Path, detector: OfflineDetector, warnings: list[str]
) -> None:
    golden = json.loads(model.read_text())["golden"]
    golden[0]["logit"] += 1
    change(model, golden=golden)
    ask(detector).result(10)
    assert len(warnings) == 1
    assert "other numbers" in warnings[0]


def test_a_card_may_allow_other_numbers(model: Path, detector: OfflineDetector, warnings: list[str]) -> None:
    golden = json.loads(model.read_text())["golden"]
    golden[0]["logit"] += 0.2
    change(model, golden=golden, golden_tolerance=0.25)
    ask(detector).result(10)
    assert not warnings


def test_a_pipe_in_place_of_the_model_is_not_waited_for(model: Path, detector: OfflineDetector) -> None:
    model.with_suffix(".onnx").unlink()
    os.mkfifo(model.with_suffix(".onnx"))
    assert isinstance(ask(detector).exception(10), ModelBrokenError)


def test_a_self_check_that_fails_is_told(tmp_path: Path, warnings: list[str]) -> None:
    content = of_means(node("Identity", ["means"], ["y"]))
    path = put(tmp_path, content, golden=[{"pattern": "disc", "logit": 1.0}])
    with closing(OfflineDetector(path, warn=warnings.append)) as detector:
        assert isinstance(ask(detector).exception(10), InferenceError)
    assert len(warnings) == 1
    assert "could not be checked on this computer: The model gave another number of answers" in warnings[0]


def test_a_confined_model_that_cannot_be_loaded_is_told_once_a_picture(
    tmp_path: Path, warnings: list[str]
) -> None:
    path = put(tmp_path, b"this is no onnx file", golden=[{"pattern": "disc", "logit": 1.0}])
    with closing(OfflineDetector(path, warn=warnings.append, confined=True)) as detector:
        for _ in range(2):
            error = ask(detector).exception(20)
            assert isinstance(error, ModelBrokenError)
            assert "can't be loaded" in error.message
    assert warnings == []


def test_closing_breaks_off_a_confined_model_and_ends_its_process(model: Path) -> None:
    detector = OfflineDetector(model, confined=True)
    assert ask(detector).result(20).detector == "cifake"
    (session,) = detector._sessions
    assert isinstance(session, ConfinedSession)
    detector.close()
    assert session.worker_pid is None


def test_a_confined_model_gives_the_very_number_of_an_unconfined_one(
    model: Path, detector: OfflineDetector
) -> None:
    with closing(OfflineDetector(model, confined=True)) as confined:
        assert ask(confined, "disc").result(20) == ask(detector, "disc").result(10)


def test_withdrawn_work_ends_as_cancelled(detector: OfflineDetector) -> None:
    token = CancelToken()
    token.cancel()
    assert isinstance(detector.submit(examination(), token).exception(10), Cancelled)


def test_the_bundled_model_gives_its_golden_scores_here(detector: OfflineDetector, warnings: list[str]) -> None:
    golden = {entry.pattern: entry.logit for entry in detector.card.golden}
    assert set(golden) == set(GOLDEN_PATTERNS)
    for pattern, logit in golden.items():
        (answer,) = detector.answers(examination(pattern).picture.views)
        assert answer.logit == pytest.approx(logit, abs=detector.card.golden_tolerance)
    assert not warnings


def test_the_same_picture_gives_the_same_number_in_every_thread(detector: OfflineDetector) -> None:
    answers = [ask(detector, "disc") for _ in range(20)]
    assert len({answer.result(10).p_ai for answer in answers}) == 1


def test_nothing_is_loaded_before_the_first_question(detector: OfflineDetector) -> None:
    assert detector.availability().ready
    assert detector._model is None
