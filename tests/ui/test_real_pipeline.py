from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_app import composition
from desktop_app.core.items import Item, ItemState
from desktop_app.intake.paths import sources_from_paths
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.ports import Services
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.ui.fakes import FakeWorld

_SECONDS = 20_000


@dataclass
class Running:
    """A window over the real pipeline."""

    window: Window
    wait: Callable[[Callable[[], bool]], None]

    def items(self) -> list[Item]:
        store = self.window.desk.listing.store
        return [item for item in map(store.get, store.all_ids()) if item is not None]

    def finished(self, count: int) -> bool:
        return len(self.items()) == count and all(item.state.finished for item in self.items())


@pytest.fixture
def running(qtbot: QtBot, theme: Theme) -> Iterator[Running]:
    services = Services(
        lambda settings, emit, cloud: composition.start_pipeline(settings, emit, cloud=cloud),
        composition.detector_choices,
        composition.model_facts,
        lambda _settings: None,
        FakeWorld().make_cloud,
    )
    window = Window(services, Settings(jobs=1, theme="light"), theme)
    window.show()
    window.start()
    yield Running(window, lambda finished: qtbot.waitUntil(finished, timeout=_SECONDS))
    window.close()
    if window.closing is not None:
        window.closing.join(10)
    window.deleteLater()


def picture(path: Path, size: tuple[int, int] = (48, 36), colour: str = "teal") -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def test_what_cannot_be_checked_becomes_a_failed_card_beside_the_good_ones(
    running: Running, tmp_path: Path
) -> None:
    (tmp_path / "notes.jpg").write_text("no picture")
    paths = [picture(tmp_path / "a.png"), tmp_path / "notes.jpg", tmp_path / "gone.png"]
    running.window.add(sources_from_paths(paths))
    running.wait(lambda: running.finished(3))
    states = {item.name: item.state for item in running.items()}
    assert states == {"a.png": ItemState.DONE, "notes.jpg": ItemState.FAILED, "gone.png": ItemState.FAILED}
    running.wait(lambda: running.window.strip.isVisible() and "1 checked" in running.window.strip.text)


def test_a_folder_becomes_cards_with_thumbnails_and_a_preview(running: Running, tmp_path: Path) -> None:
    for number in range(5):
        picture(tmp_path / f"{number}.png", (640, 480))
    running.window.add(sources_from_paths([tmp_path]))
    running.wait(lambda: running.finished(5))
    first = running.items()[0]
    running.wait(lambda: running.window.desk.thumbnails.raster(first.id) is not None)
    running.window.desk.listing.select([first.id])
    running.wait(lambda: running.window.work.detail._has_preview)
    assert first.estimate is not None
    assert not first.estimate.in_range
    assert running.window.work.detail.one.answer.range_text()


def test_removing_undoing_and_checking_again_work_together(running: Running, tmp_path: Path) -> None:
    paths = [picture(tmp_path / f"{number}.png") for number in range(3)]
    running.window.add(sources_from_paths(paths))
    running.wait(lambda: running.finished(3))
    running.window.desk.listing.settle()
    running.window.actions_of[Do.SELECT_ALL].trigger()
    running.window.actions_of[Do.REMOVE].trigger()
    assert running.items() == []
    running.window.actions_of[Do.UNDO].trigger()
    running.window.actions_of[Do.RECHECK].trigger()
    running.wait(lambda: any(item.state is ItemState.QUEUED for item in running.items()) or running.finished(3))
    running.wait(lambda: running.finished(3))


def test_closing_in_the_middle_of_work_takes_less_than_a_second(running: Running, tmp_path: Path) -> None:
    first = picture(tmp_path / "0.png", (1600, 1200))
    for number in range(1, 40):
        (tmp_path / f"{number}.png").write_bytes(first.read_bytes())
    running.window.add(sources_from_paths([tmp_path]))
    running.wait(lambda: any(item.state is ItemState.DONE for item in running.items()))
    start = perf_counter()
    running.window.close()
    assert running.window.closing is not None
    running.window.closing.join(5)
    assert not running.window.closing.is_alive()
    # The goal is one second; the shared test machine gets two.
    assert perf_counter() - start < 2
