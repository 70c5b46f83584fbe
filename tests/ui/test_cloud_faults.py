"""Whatever the service does: every picture ends with an answer, a sentence, or in a paused queue."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.estimates import Mode
from desktop_app.core.items import ItemState
from desktop_app.ui.theme import Theme
from tests.support.nim import KEY, StandIn
from tests.support.nim.faults import ANSWERS, CUTS, GOOD, STATUSES
from tests.support.shelf import Shelf
from tests.ui.cloud_window import CloudWindow, cloud_window, keyed, pictures

# Every later picture would meet the same, so these pause the queue instead of failing items.
PAUSING = {"bad-key", "not-allowed", "no-credits", "forbidden", "not-found", "retired"}
FAULTS = sorted({**STATUSES, **ANSWERS, **CUTS, **GOOD})


@pytest.fixture(autouse=True)
def _environment(plain_environment: None) -> None:
    """No key and no proxy of ours."""


def paused_with_a_reason(cloud: CloudWindow) -> bool:
    return cloud.window.office.banner.isVisible() and ItemState.QUEUED in cloud.states()


@pytest.mark.parametrize("name", FAULTS)
def test_no_picture_is_lost_and_none_ends_twice(
    qtbot: QtBot, theme: Theme, standin: StandIn, tmp_path: Path, name: str
) -> None:
    standin.plan(name)
    with cloud_window(qtbot, theme, keyed(standin), Shelf({("telltale", "nvidia-nim"): KEY})) as cloud:
        cloud.window.switch.choose(Mode.CLOUD)
        cloud.wait(lambda: cloud.mode() is Mode.CLOUD)
        cloud.add(*pictures(tmp_path / "p", 3))
        cloud.wait(lambda: cloud.finished(3) or paused_with_a_reason(cloud))
        paused = paused_with_a_reason(cloud)
        assert paused == (name in PAUSING)
        if paused:
            cloud.window.desk.pause(False)  # noqa: FBT003  # the slot of a signal
            cloud.wait(lambda: cloud.finished(3))
        for item in cloud.items():
            assert (item.estimate is None) == (item.state is not ItemState.DONE)
            assert (item.error is not None) == (item.state is ItemState.FAILED)
        assert len(cloud.items()) == 3
