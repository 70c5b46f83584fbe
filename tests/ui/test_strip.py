from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_app.pipeline.progress import Progress
from desktop_app.ui.icons import Icons
from desktop_app.ui.panels.progress_strip import ProgressStrip
from desktop_app.ui.theme import Theme


@pytest.fixture
def strip(theme: Theme) -> Iterator[ProgressStrip]:
    made = ProgressStrip(Icons(theme))
    yield made
    made.deleteLater()


_RUNNING = Progress(total=2000, done=120, failed=2, cancelled=1, rate=45.2, seconds_left=41.0, running=True)


def test_it_is_hidden_while_nothing_runs_and_nothing_failed(strip: ProgressStrip) -> None:
    strip.show_progress(Progress(total=5, done=5), 0.0, 0)
    assert strip.isHidden()


def test_failures_stay_in_sight_until_they_are_put_away(strip: ProgressStrip) -> None:
    strip.show_progress(Progress(total=5, done=4, failed=1), 0.0, 1)
    assert not strip.isHidden()
    strip._dismiss()
    strip.show_progress(Progress(total=5, done=4, failed=1), 1.0, 1)
    assert strip.isHidden()
    strip.show_progress(_RUNNING, 2.0, 1)
    assert not strip.isHidden()


def test_the_time_left_is_not_guessed_in_the_first_seconds(strip: ProgressStrip) -> None:
    strip.show_progress(_RUNNING, 10.0, 2)
    assert strip.text == "123 of 2,000"
    strip.show_progress(_RUNNING, 13.5, 2)
    assert strip.text == "123 of 2,000 · 45/s · about 40 s left"


def test_a_paused_queue_guesses_nothing(strip: ProgressStrip) -> None:
    strip.show_progress(_RUNNING, 10.0, 0)
    strip.show_paused(True)  # noqa: FBT003  # a slot
    strip.show_progress(_RUNNING, 20.0, 0)
    assert strip.text == "Paused · 123 of 2,000"
