from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Availability, Examination
from desktop_app.core.errors import (
    Cancelled,
    DetectorError,
    KeyRejectedError,
    LinkIsPageError,
    LinkUnreachableError,
    PictureRejectedError,
)
from desktop_app.core.estimates import Estimate, Mode, Words
from desktop_app.core.events import PauseChanged, PreviewReady
from desktop_app.core.items import ItemState
from desktop_app.core.picture import PictureFacts, ViewRule
from desktop_app.core.sources import FileSource, LinkSource
from desktop_app.pipeline import reading
from desktop_app.pipeline.pipeline import Pipeline
from tests.support.collector import Collector

Start = Callable[..., Pipeline]
Pictures = Callable[[int], list[Path]]


class Oracle:
    """A detector that is far away: answers late, or fails as the test says."""

    name, title, mode = "oracle", "Oracle", Mode.CLOUD
    views: Sequence[ViewRule] = ()

    def __init__(self) -> None:
        self.error: DetectorError | None = None
        self.asked: list[Examination] = []
        self._pool = ThreadPoolExecutor(4)

    def availability(self) -> Availability:
        return Availability(ready=True)

    def warm_up(self) -> None:
        raise AssertionError("what is far away is not woken")

    def larger_side(self, _data: bytes, facts: PictureFacts) -> int | None:
        return 100 if facts.width > 50 else None

    def submit(self, examination: Examination, cancel: CancelToken) -> Future[Estimate]:
        self.asked.append(examination)
        return self._pool.submit(self._answer, cancel)

    def close(self) -> None:
        self._pool.shutdown()

    def _answer(self, cancel: CancelToken) -> Estimate:
        time.sleep(0.05)
        cancel.raise_if_cancelled()
        if self.error:
            raise self.error
        return Estimate("oracle", "Oracle", "", 0.5, Words.CANT_TELL, True, "", (), Mode.CLOUD)  # noqa: FBT003  # one line


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


def test_a_refused_key_pauses_the_queue_with_one_notice_and_loses_nothing(
    start: Start, heard: Collector, pictures: Pictures, oracle: Oracle
) -> None:
    oracle.error = KeyRejectedError()
    pipeline = start(cloud=oracle, jobs=2)
    pipeline.add([FileSource(path) for path in pictures(30)], Mode.CLOUD)
    assert heard.wait_for(lambda: bool(heard.of(PauseChanged)))
    assert not pipeline.wait_idle(0.5)
    assert len(heard.of(PauseChanged)) == 1
    assert isinstance(heard.of(PauseChanged)[0].error, KeyRejectedError)
    assert {item.state for item in heard.items().values()} == {ItemState.QUEUED}
    oracle.error = None
    pipeline.resume()
    assert pipeline.wait_idle(20)
    assert {item.state for item in heard.items().values()} == {ItemState.DONE}


def test_an_error_of_one_picture_fails_that_picture(
    start: Start, heard: Collector, pictures: Pictures, oracle: Oracle
) -> None:
    oracle.error = PictureRejectedError()
    pipeline = start(cloud=oracle)
    pipeline.add([FileSource(path) for path in pictures(3)], Mode.CLOUD)
    assert pipeline.wait_idle(20)
    assert {type(item.error) for item in heard.items().values()} == {PictureRejectedError}
    assert not heard.of(PauseChanged)


def test_a_detector_gets_the_larger_copy_that_it_asks_for(
    start: Start, pictures: Pictures, oracle: Oracle, tmp_path: Path
) -> None:
    from PIL import Image

    Image.new("RGB", (400, 200)).save(tmp_path / "large.png")
    pipeline = start(cloud=oracle)
    pipeline.add([FileSource(tmp_path / "large.png"), FileSource(pictures(1)[0])], Mode.CLOUD)
    assert pipeline.wait_idle(20)
    larger = {examination.name: examination.larger for examination in oracle.asked}
    assert larger["000.png"] is None
    assert larger["large.png"] is not None
    assert (larger["large.png"].width, larger["large.png"].height) == (100, 50)


def test_cancelling_reaches_what_is_far_away(
    start: Start, heard: Collector, pictures: Pictures, oracle: Oracle
) -> None:
    pipeline = start(cloud=oracle)
    pipeline.add([FileSource(path) for path in pictures(20)], Mode.CLOUD)
    assert heard.wait_for(lambda: len(heard.items()) == 20)
    pipeline.cancel_all()
    assert pipeline.wait_idle(5)
    assert all(item.state.finished for item in heard.items().values())


def test_links_are_fetched_and_checked_like_files(start: Start, heard: Collector, pictures: Pictures) -> None:
    data = pictures(1)[0].read_bytes()

    def fetch(url: str, _cancel: CancelToken) -> bytes:
        if url.endswith("page"):
            raise LinkIsPageError
        if url.endswith("gone"):
            raise LinkUnreachableError
        return data

    pipeline = start(fetch=fetch)
    pipeline.add([LinkSource(f"https://host/{name}") for name in ("a.png", "page", "gone", "a.png")])
    assert pipeline.wait_idle(20)
    found = {item.name: item for item in heard.items().values()}
    assert {name: type(item.error) for name, item in found.items()} == {
        "a.png": type(None),
        "page": LinkIsPageError,
        "gone": LinkUnreachableError,
    }
    assert found["a.png"].state is ItemState.DONE


def test_slow_links_do_not_hold_up_files(start: Start, heard: Collector, pictures: Pictures) -> None:
    def fetch(_url: str, cancel: CancelToken) -> bytes:
        while True:
            cancel.raise_if_cancelled()
            time.sleep(0.01)

    pipeline = start(fetch=fetch)
    pipeline.add([LinkSource(f"https://host/{number}") for number in range(20)])
    pipeline.add([FileSource(path) for path in pictures(10)])

    def files_done() -> bool:
        return sum(item.state is ItemState.DONE for item in heard.items().values()) == 10

    assert heard.wait_for(files_done)
    pipeline.cancel_all()
    assert pipeline.wait_idle(5)


class Silent(Oracle):
    """A detector that answers nobody until it is told that they have gone."""

    def submit(self, examination: Examination, cancel: CancelToken) -> Future[Estimate]:
        self.asked.append(examination)
        future: Future[Estimate] = Future()
        cancel.on_cancel(lambda: future.set_exception(Cancelled()))
        return future


def test_previews_come_while_a_detector_lets_everybody_wait(
    start: Start, heard: Collector, pictures: Pictures
) -> None:
    silent = Silent()
    pipeline = start(cloud=silent)
    pipeline.add([FileSource(path) for path in pictures(40)], Mode.CLOUD)
    deadline = time.monotonic() + 10
    while len(silent.asked) < 8 and time.monotonic() < deadline:
        time.sleep(0.01)
    pipeline.request_preview(1, 64)
    assert heard.wait_for(lambda: bool(heard.of(PreviewReady)), 10)
    assert len(silent.asked) == 8
    pipeline.cancel_all()
    assert pipeline.wait_idle(5)


def test_offline_items_pass_a_cloud_service_that_lets_everybody_wait(
    start: Start, heard: Collector, pictures: Pictures
) -> None:
    paths = pictures(50)
    pipeline = start(cloud=Silent())
    pipeline.add([FileSource(path) for path in paths[:40]], Mode.CLOUD)
    pipeline.add([FileSource(path) for path in paths[40:]], Mode.OFFLINE)

    def done() -> int:
        return sum(item.state is ItemState.DONE for item in heard.items().values())

    assert heard.wait_for(lambda: done() == 10)
    pipeline.cancel_all()
    assert pipeline.wait_idle(5)


def test_looking_at_a_link_again_does_not_ask_its_host_again(
    start: Start, heard: Collector, pictures: Pictures
) -> None:
    data, fetched = pictures(1)[0].read_bytes(), list[str]()

    def fetch(url: str, _cancel: CancelToken) -> bytes:
        fetched.append(url)
        return data

    pipeline = start(fetch=fetch)
    pipeline.add([LinkSource("https://host/a.png")])
    assert pipeline.wait_idle(20)
    pipeline.request_preview(1, 64)
    assert heard.wait_for(lambda: bool(heard.of(PreviewReady)))
    assert heard.of(PreviewReady)[0].raster is not None
    assert len(fetched) == 1
    pipeline.retry([1])
    assert pipeline.wait_idle(20)
    assert len(fetched) == 2


def test_old_downloads_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_KEPT_BYTES", 10)
    fetched = list[str]()

    def fetch(url: str, _cancel: CancelToken) -> bytes:
        fetched.append(url)
        return bytes(6)

    source_bytes = reading.Bytes(100, fetch)
    for name in ("a", "b"):
        source_bytes.of(LinkSource(name), CancelToken())
    for name in ("b", "a"):
        source_bytes.again(LinkSource(name), CancelToken())
    assert fetched == ["a", "b", "a"]
