"""Keyrings that do not answer, or not with what was hoped for."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from desktop_app.core.errors import KeyringLockedError, KeyringMissingError, KeyringTimeoutError, SecretsError
from desktop_app.system.secrets.patience import PatientCaller
from desktop_app.system.secrets.store import ENVIRONMENT_VARIABLE
from tests.support.processes import ROOT
from tests.support.shelf import KEY, failing, hanging


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    """Set at the end, so that a keyring that hangs leaves no thread behind."""
    event = threading.Event()
    yield event
    event.set()


def test_a_keyring_that_takes_thirty_seconds_holds_up_nobody(go_on: threading.Event) -> None:
    store = hanging(go_on)
    started = time.monotonic()
    with pytest.raises(KeyringTimeoutError):
        store.get()
    assert time.monotonic() - started < 1


def test_while_one_call_hangs_others_fail_at_once_and_afterwards_all_is_well(go_on: threading.Event) -> None:
    store = hanging(go_on, seconds=0.5)
    assert isinstance(store.status().problem, KeyringTimeoutError)
    started = time.monotonic()
    for _ in range(50):
        assert isinstance(store.status().problem, KeyringTimeoutError)
    assert time.monotonic() - started < 0.4
    go_on.set()
    deadline = time.monotonic() + 5
    while store.status().problem and time.monotonic() < deadline:
        time.sleep(0.01)
    assert store.set(KEY).where == "keyring"


def test_calls_at_the_same_time_wait_no_longer_than_the_limit(go_on: threading.Event) -> None:
    caller, ended = PatientCaller(0.3), []

    def call() -> None:
        started = time.monotonic()
        with pytest.raises(KeyringTimeoutError):
            caller.call(lambda: go_on.wait(30))
        ended.append(time.monotonic() - started)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert len(ended) == 8
    assert max(ended) < 1


def test_a_hanging_call_does_not_hold_up_the_end_of_the_program() -> None:
    program = """
import time
from desktop_app.system.secrets.store import KeyStore
print(type(KeyStore(seconds=0.2, open_backend=lambda: time.sleep(30)).status().problem).__name__)
"""
    started = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=20, check=True)
    assert time.monotonic() - started < 8
    assert (ended.stdout, ended.stderr) == (b"KeyringTimeoutError\n", b"")


def test_a_key_that_could_not_be_stored_serves_this_session(go_on: threading.Event) -> None:
    for store in (failing(KeyringMissingError()), failing(KeyringLockedError()), hanging(go_on)):
        status = store.set(KEY)
        assert (status.where, status.last_four) == ("memory", "wxyz")
        assert isinstance(status.problem, SecretsError)
        assert "until Telltale is closed" in status.words
        assert store.get() == KEY
        assert store.status().where == "memory"
