"""Harmless changes tried on a finished item, and on every item of a run."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Availability, Examination
from desktop_app.core.errors import (
    Cancelled,
    DecoderMemoryError,
    DecoderTimeoutError,
    DetectorError,
    DetectorUnavailableError,
    FileChangedError,
    InferenceError,
    MissingFileError,
    ModelChangedError,
    TelltaleError,
    UnexpectedError,
)
from desktop_app.core.estimates import Estimate, Mode, SourceScore, Words
from desktop_app.core.events import ChangesTried, ItemChanged
from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import PictureFacts, ViewRule
from desktop_app.core.sources import FileSource, RawSource
from desktop_app.imaging.changes import Change
from desktop_app.imaging.decoder import Decoder
from desktop_app.pipeline.pipeline import Pipeline
from tests.support import pictures as made
from tests.support.collector import Collector

Start = Callable[..., Pipeline]
Pictures = Callable[[int], list[Path]]

HOSTILE = [sys.executable, "-m", "tests.support.hostile_decoder"]
COLOURFUL = made.png(32, 32)
SOURCES = (SourceScore("a", 0.9), SourceScore("b", 0.1, ai=False))


class Weathercock:
    """An offline detector that likes colours: a grey picture of any size flips it. Knows 32x32 pixels alone."""

    name, title, mode = "weathercock", "Weathercock", Mode.OFFLINE
    views: Sequence[ViewRule] = (ViewRule(32, 32),)

    def __init__(self) -> None:
        self.model = "ab" * 32
        self.error: DetectorError | None = None
        self.hold = False
        self.asked = threading.Semaphore(0)

    def availability(self) -> Availability:
        return Availability(ready=True)

    def warm_up(self) -> None:
        """Nothing to load."""

    def larger_side(self, _data: bytes, _facts: PictureFacts) -> None:
        """Views are enough."""

    def submit(self, examination: Examination, cancel: CancelToken) -> Future[Estimate]:
        future: Future[Estimate] = Future()
        if self.hold:
            cancel.on_cancel(lambda: future.set_exception(Cancelled()))
        elif self.error and not examination.data:
            future.set_exception(self.error)
        else:
            future.set_result(self._estimate(examination))
        self.asked.release()
        return future

    def close(self) -> None:
        """No threads."""

    def _estimate(self, examination: Examination) -> Estimate:
        (view,), facts = examination.picture.views, examination.picture.facts
        grey = view.pixels[::3] == view.pixels[1::3]
        p_ai, words = (0.2, Words.FEW) if grey else (0.9, Words.STRONG)
        in_range = (facts.width, facts.height) == (32, 32)
        words = words if in_range else Words.OUT_OF_RANGE
        return Estimate("weathercock", "Weathercock", self.model, p_ai, words, in_range, "", SOURCES)


@pytest.fixture
def weathercock() -> Weathercock:
    return Weathercock()


def checked(pipeline: Pipeline, heard: Collector, *sources: FileSource | RawSource) -> list[Item]:
    pipeline.add(sources)
    assert pipeline.wait_idle(30)
    return list(heard.items().values())


def tried(pipeline: Pipeline, heard: Collector, item_id: int = 1) -> ChangesTried:
    before = len(heard.of(ChangesTried))
    pipeline.try_changes(item_id)
    assert heard.wait_for(lambda: len(heard.of(ChangesTried)) > before)
    assert pipeline.wait_idle(30)
    (event,) = heard.of(ChangesTried)[before:]
    assert event.item_id == item_id
    return event


# ---------------------------------------------------------------- what goes wrong


def test_a_picture_that_has_changed_or_gone_since_is_not_tried(
    start: Start, heard: Collector, pictures: Pictures, weathercock: Weathercock
) -> None:
    (path,) = pictures(1)
    pipeline = start(offline=weathercock)
    (item,) = checked(pipeline, heard, FileSource(path))
    path.write_bytes(COLOURFUL)
    assert isinstance(tried(pipeline, heard).error, FileChangedError)
    path.unlink()
    assert isinstance(tried(pipeline, heard).error, MissingFileError)
    assert heard.items()[1] == item


def test_a_model_that_has_changed_since_is_not_tried(
    start: Start, heard: Collector, weathercock: Weathercock
) -> None:
    pipeline = start(offline=weathercock)
    (item,) = checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    weathercock.model = "cd" * 32
    assert isinstance(tried(pipeline, heard).error, ModelChangedError)
    assert heard.items()[1] == item


@pytest.mark.parametrize("error", [InferenceError(), DetectorUnavailableError("No.", "Wait.")])
def test_a_detector_that_fails_on_a_variant_leaves_the_answer_as_it_was(
    start: Start, heard: Collector, weathercock: Weathercock, error: DetectorError
) -> None:
    pipeline = start(offline=weathercock)
    (item,) = checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    weathercock.error = error
    found = tried(pipeline, heard).error
    assert found is error
    assert found.__traceback__ is None
    assert heard.items()[1] == item


def test_a_fault_of_ours_costs_the_trial_alone(
    start: Start, heard: Collector, weathercock: Weathercock, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = start(offline=weathercock)
    checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    weathercock.views = (ViewRule(32, 32), ViewRule(8, 8))  # it can't unpack two
    assert isinstance(tried(pipeline, heard).error, UnexpectedError)
    caplog.clear()
    weathercock.views = (ViewRule(32, 32),)
    assert tried(pipeline, heard).error is None


def test_what_is_not_done_or_not_there_is_not_tried(start: Start, heard: Collector) -> None:
    pipeline = start()
    checked(pipeline, heard, RawSource(b"no picture", "a"))
    assert tried(pipeline, heard, 1).error is None
    assert tried(pipeline, heard, 99).error is None
    assert heard.items()[1].state is ItemState.FAILED


def test_a_cloud_answer_is_never_tried(start: Start, heard: Collector, weathercock: Weathercock) -> None:
    pipeline = start(offline=weathercock)
    (item,) = checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    assert item.estimate is not None
    pipeline.forget([1])
    pipeline.restore([replace(item, estimate=replace(item.estimate, mode=Mode.CLOUD))])
    error = tried(pipeline, heard).error
    assert isinstance(error, TelltaleError)
    assert "upload" in error.message


def test_a_picture_that_takes_too_long_to_change_says_so(
    start: Start, heard: Collector, weathercock: Weathercock, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    path.write_bytes(COLOURFUL)
    pipeline = start(offline=weathercock, seconds=1.0, command=HOSTILE)
    (item,) = checked(pipeline, heard, FileSource(path))
    path.write_bytes(b"TTHOSTILE sleep")
    pipeline.forget([1])
    pipeline.restore([replace(item, sha256=hashlib.sha256(path.read_bytes()).hexdigest())])
    assert isinstance(tried(pipeline, heard).error, DecoderTimeoutError)


# ---------------------------------------------------------------- what is withdrawn


@pytest.mark.parametrize("order", ["cancel", "forget", "retry"])
def test_a_trial_is_withdrawn_with_its_item(
    start: Start, heard: Collector, weathercock: Weathercock, order: str
) -> None:
    pipeline = start(offline=weathercock)
    checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    weathercock.asked.acquire(timeout=10)
    weathercock.hold = True
    pipeline.try_changes(1)
    assert weathercock.asked.acquire(timeout=10)
    weathercock.hold = False
    getattr(pipeline, order)([1])
    assert heard.wait_for(lambda: bool(heard.of(ChangesTried)))
    assert pipeline.wait_idle(10)
    assert heard.of(ChangesTried) == [ChangesTried(1)]
    assert all(item.estimate is None or item.estimate.stability is None for item in heard.items().values())


def test_cancelling_everything_withdraws_trials_that_wait_too(
    start: Start, heard: Collector, weathercock: Weathercock
) -> None:
    pipeline = start(offline=weathercock, jobs=2)
    checked(pipeline, heard, *(RawSource(COLOURFUL, name) for name in "abc"))
    weathercock.hold = True
    for item_id in (1, 2, 3, 3):
        pipeline.try_changes(item_id)
    pipeline.cancel_all()
    assert pipeline.wait_idle(10)
    assert sorted(event.item_id for event in heard.of(ChangesTried)) == [1, 2, 3]


def test_closing_tells_the_end_of_every_trial(start: Start, heard: Collector, weathercock: Weathercock) -> None:
    pipeline = start(offline=weathercock)
    checked(pipeline, heard, *(RawSource(COLOURFUL, name) for name in "abc"))
    for _ in range(3):
        weathercock.asked.acquire(timeout=10)
    weathercock.hold = True
    for item_id in (1, 2, 3):
        pipeline.try_changes(item_id)
    assert weathercock.asked.acquire(timeout=10)
    pipeline.close()
    assert sorted(event.item_id for event in heard.of(ChangesTried)) == [1, 2, 3]
    assert all(event.error is None for event in heard.of(ChangesTried))


# ---------------------------------------------------------------- what comes of it


def test_an_answer_that_flips_reads_cant_tell_and_says_what_was_tried(
    start: Start, heard: Collector, weathercock: Weathercock
) -> None:
    pipeline = start(offline=weathercock)
    (before,) = checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    assert tried(pipeline, heard) == ChangesTried(1)
    after = heard.items()[1]
    assert before.estimate is not None
    assert after.estimate is not None
    stability = after.estimate.stability
    assert stability is not None
    assert after.estimate.words is Words.CANT_TELL
    assert (stability.low, stability.high, stability.flips) == (0.2, 0.9, True)
    assert [score.name for score in stability.variants] == [change.value for change in Change]
    smaller = {Change.THREE_QUARTERS.value, Change.HALF.value, Change.CROPPED.value}
    assert {score.name for score in stability.variants if not score.counted} == smaller
    same = replace(after.estimate, words=before.estimate.words, stability=None)
    assert replace(after, estimate=same) == before


def test_the_new_snapshot_comes_before_the_end_is_told(
    start: Start, heard: Collector, weathercock: Weathercock
) -> None:
    pipeline = start(offline=weathercock)
    checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    tried(pipeline, heard)
    changed, ended = heard.events[-2:]
    assert isinstance(changed, ItemChanged)
    assert changed.item.estimate is not None
    assert changed.item.estimate.stability is not None
    assert isinstance(ended, ChangesTried)


def test_the_bundled_model_is_asked_about_every_variant(
    start: Start, heard: Collector, pictures: Pictures, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    large.write_bytes(made.jpeg(700, 500))
    pipeline = start()
    checked(pipeline, heard, FileSource(pictures(1)[0]), FileSource(large))
    for item_id, counted in ((1, 5), (2, 8)):
        assert tried(pipeline, heard, item_id).error is None
        estimate = heard.items()[item_id].estimate
        assert estimate is not None
        assert estimate.stability is not None
        assert (estimate.words is Words.OUT_OF_RANGE) is (item_id == 2)
        assert sum(score.counted for score in estimate.stability.variants) == counted
        assert estimate.stability.low <= estimate.p_ai <= estimate.stability.high


def test_a_trial_needs_no_running_queue(start: Start, heard: Collector, weathercock: Weathercock) -> None:
    pipeline = start(offline=weathercock)
    checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    pipeline.pause()
    assert tried(pipeline, heard).error is None


# ---------------------------------------------------------------- every item of a run


def test_a_run_with_changes_has_them_in_its_first_answer(
    start: Start, heard: Collector, weathercock: Weathercock
) -> None:
    pipeline = start(offline=weathercock, try_changes=True, jobs=2)
    items = checked(pipeline, heard, *(RawSource(COLOURFUL, str(number)) for number in range(6)))
    done = [event.item for event in heard.of(ItemChanged) if event.item.state is ItemState.DONE]
    assert len(done) == len(items) == 6
    for item in done:
        assert item.estimate is not None
        assert item.estimate.stability is not None
        assert item.estimate.words is Words.CANT_TELL


def test_trouble_with_the_changes_never_costs_the_answer(
    start: Start, heard: Collector, weathercock: Weathercock
) -> None:
    weathercock.error = InferenceError()
    pipeline = start(offline=weathercock, try_changes=True)
    (item,) = checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    assert item.state is ItemState.DONE
    assert item.estimate is not None
    assert item.estimate.words is Words.STRONG
    assert (item.estimate.stability, item.estimate.stability_problem) == (None, InferenceError.default_message)


def test_a_picture_whose_changes_need_too_much_memory_has_its_answer_all_the_same(
    start: Start, heard: Collector, weathercock: Weathercock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object, **_options: object) -> None:
        raise DecoderMemoryError

    monkeypatch.setattr(Decoder, "vary", fails)
    pipeline = start(offline=weathercock, try_changes=True)
    (item,) = checked(pipeline, heard, RawSource(COLOURFUL, "a"))
    assert item.estimate is not None
    assert item.estimate.stability_problem == DecoderMemoryError.default_message


def test_a_run_with_changes_can_be_cancelled_in_the_middle(
    start: Start, heard: Collector, weathercock: Weathercock
) -> None:
    weathercock.hold = True
    pipeline = start(offline=weathercock, try_changes=True)
    pipeline.add([RawSource(COLOURFUL, str(number)) for number in range(20)])
    assert weathercock.asked.acquire(timeout=10)
    assert heard.wait_for(lambda: len(heard.items()) == 20)
    pipeline.cancel_all()
    assert pipeline.wait_idle(10)
    assert {item.state for item in heard.items().values()} == {ItemState.CANCELLED}
