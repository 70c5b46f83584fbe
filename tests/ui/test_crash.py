from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ui.crash import CrashReporter
from desktop_app.ui.qtlog import log_qt_message


@pytest.fixture
def crashes(qapp: QApplication) -> Iterator[CrashReporter]:
    made = CrashReporter(qapp)
    yield made
    if made._open is not None:
        made._open.close()
    made.deleteLater()


def _report(crashes: CrashReporter) -> None:
    error = ValueError("told nobody")
    crashes.report(type(error), error, error.__traceback__)


def test_a_fault_is_logged_and_told_once(
    crashes: CrashReporter, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        _report(crashes)
    qtbot.waitUntil(lambda: crashes._open is not None, timeout=1000)
    qtbot.wait(10)
    boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    assert len(boxes) == 1
    assert boxes[0].text() == "Telltale made a mistake"
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 3
    copy = next(button for button in boxes[0].findChildren(QPushButton) if button.text() == "Copy details")
    copy.click()
    assert "ValueError: told nobody" in QGuiApplication.clipboard().text()
    caplog.clear()


def test_a_fault_in_another_thread_is_told_too(
    crashes: CrashReporter, qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crashes.install()

    def fail() -> None:
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: crashes._open is not None, timeout=1000)
    assert "in a thread" in str(crashes._open.detailedText() if crashes._open else "")
    caplog.clear()


def test_qt_messages_are_logged_at_their_level(caplog: pytest.LogCaptureFixture) -> None:
    log_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "something odd")
    (record,) = [record for record in caplog.records if record.name == "qt"]
    assert (record.levelname, record.getMessage()) == ("WARNING", "default: something odd")
    caplog.clear()


def test_a_fault_before_the_window_runs_is_printed_too(
    crashes: CrashReporter, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    _report(crashes)
    assert "ValueError: told nobody" in capsys.readouterr().err
    caplog.clear()


def test_a_fault_while_the_window_runs_is_not_printed(
    crashes: CrashReporter, qtbot: QtBot, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    QTimer.singleShot(0, lambda: _report(crashes))
    qtbot.waitUntil(lambda: crashes._open is not None, timeout=1000)
    assert capsys.readouterr().err == ""
    caplog.clear()
