"""Rules that hold for every test: own home, no unexpected log record, no thread left behind."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt; the end-to-end tests give their processes a real X server.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Derandomised, so that CI fails for a change and not for the weather; no deadline, for the machine is shared.
settings.register_profile(
    "telltale", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("telltale")

_THREAD_GRACE_SECONDS = 3.0


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and logs of a test lie in its own folder, never in the user's."""
    home = tmp_path / "telltale-home"
    monkeypatch.setenv("TELLTALE_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_unexpected_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on any warning or error in the log; a test that expects one checks it and calls caplog.clear()."""
    yield
    records = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not records, f"unexpected log records: {[record.getMessage() for record in records]}"


@pytest.fixture(autouse=True)
def log_handlers_as_before() -> Iterator[None]:
    """Take back the log file that a test's program may have opened."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail when a test leaves a thread running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _THREAD_GRACE_SECONDS
    while (left := _started_since(before)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, f"threads left running: {left}"


def _started_since(before: set[threading.Thread]) -> list[str]:
    # Qt's own threads show up as dummies when Python code runs in them; they belong to Qt.
    return [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and thread.is_alive() and not isinstance(thread, threading._DummyThread)
    ]
