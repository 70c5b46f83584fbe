from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, SettingsError, TelltaleError
from desktop_app.core.sources import FileSource, LinkSource, RawSource, Source
from desktop_app.ui.cloud.batches import count_batch
from desktop_app.ui.cloud.errands import Errands
from tests.ui.cloud_window import pictures


def cancelled() -> None:
    raise Cancelled


def refused() -> None:
    raise SettingsError("The disk is full.")


def broken() -> None:
    raise ValueError("a mistake of ours")


@pytest.fixture
def errands(qapp: QApplication) -> Errands:
    return Errands(qapp)


def test_a_mistake_is_raised_in_the_gui_thread_where_it_is_reported(errands: Errands, qtbot: QtBot) -> None:
    with qtbot.capture_exceptions() as caught:
        errands.run(broken, lambda _nothing: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ValueError


def test_an_error_of_the_tree_is_handed_over(errands: Errands, qtbot: QtBot) -> None:
    errors: list[TelltaleError] = []
    errands.run(refused, lambda _nothing: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].message == "The disk is full."


def test_what_was_cancelled_is_not_heard_of(errands: Errands, qtbot: QtBot) -> None:
    heard: list[object] = []
    errands.run(cancelled, heard.append, heard.append)
    qtbot.wait(50)
    assert heard == []


def test_work_is_done_elsewhere_and_handed_over_here(errands: Errands, qtbot: QtBot) -> None:
    threads: list[object] = []
    errands.run(threading.current_thread, lambda thread: threads.extend([thread, QThread.isMainThread()]))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is True


def test_nothing_is_handed_over_after_the_end(errands: Errands, qtbot: QtBot) -> None:
    go_on, heard = threading.Event(), list[object]()
    errands.run(lambda: go_on.wait(5), heard.append)
    errands.close()
    go_on.set()
    qtbot.wait(50)
    assert heard == []


def test_a_batch_is_counted_with_its_folders(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    paths = pictures(folder / "below", 30)
    sources: list[Source] = [
        FileSource(folder),
        FileSource(paths[0]),
        RawSource(b"1234", "x"),
        LinkSource("https://a/b"),
    ]
    batch = count_batch(sources, CancelToken())
    size = sum(path.stat().st_size for path in paths) + paths[0].stat().st_size + 4
    assert (batch.count, batch.bytes, batch.whole) == (33, size, True)


def test_counting_ends_when_it_takes_too_long(tmp_path: Path) -> None:
    folder = tmp_path
    pictures(folder / "p", 40)
    batch = count_batch([FileSource(folder / "p"), FileSource(folder)], CancelToken(), seconds=-1)
    assert not batch.whole
    assert 0 < batch.count <= 40
