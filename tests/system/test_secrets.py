"""The key store with backends of our own making; the real keyring is in test_secrets_keyring.py."""

import json
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from desktop_app.core.errors import KeyringLockedError, KeyringMissingError, KeyringTimeoutError, SecretsError
from desktop_app.system.secrets.patience import PatientCaller
from desktop_app.system.secrets.secret import Secret, cleaned
from desktop_app.system.secrets.store import ENVIRONMENT_VARIABLE, KeyStore, looks_usual
from tests.support.processes import ROOT

KEY = "nvapi-" + "Ab1_-" * 12 + "wxyz"
OTHER = "nvapi-" + "Cd2_-" * 12 + "stuv"


@dataclass
class Shelf:
    """A backend that keeps its entries in a dictionary."""

    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    threads: set[str] = field(default_factory=set)
    asked: int = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.threads.add(threading.current_thread().name)
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def store(shelf: Shelf) -> KeyStore:
    return KeyStore(open_backend=lambda: shelf)


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    """Set at the end, so that a keyring that hangs leaves no thread behind."""
    event = threading.Event()
    yield event
    event.set()


def failing(error: Exception) -> KeyStore:
    def open_backend() -> Shelf:
        raise error

    return KeyStore(open_backend=open_backend)


def hanging(go_on: threading.Event, seconds: float = 0.2) -> KeyStore:
    shelf = Shelf()

    def open_backend() -> Shelf:
        go_on.wait(30)
        return shelf

    return KeyStore(seconds=seconds, open_backend=open_backend)


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


def test_without_a_keyring_there_is_no_key_and_with_a_locked_one_nobody_knows() -> None:
    assert failing(KeyringMissingError()).get() is None
    with pytest.raises(KeyringLockedError):
        failing(KeyringLockedError()).get()
    status = failing(KeyringLockedError()).status()
    assert (status.where, status.last_four) == ("none", "")
    assert isinstance(status.problem, KeyringLockedError)


def named(name: str) -> Exception:
    error: Exception = type(name, (Exception,), {})(f"text with {KEY}")
    return error


@pytest.mark.parametrize(
    ("name", "mapped"),
    [
        ("NoKeyringError", KeyringMissingError),
        ("KeyringLocked", KeyringLockedError),
        ("LockedException", KeyringLockedError),
        ("PromptDismissedException", KeyringLockedError),
        ("InitError", KeyringLockedError),
        ("PasswordSetError", SecretsError),
        ("DBusErrorResponse", SecretsError),
    ],
)
def test_a_backends_error_becomes_a_sentence_without_its_text(name: str, mapped: type[SecretsError]) -> None:
    problem = failing(named(name)).status().problem
    assert type(problem) is mapped
    assert problem.message
    assert problem.hint
    assert KEY not in f"{problem!r}{problem.message}{problem.hint}{problem.__cause__!r}"


def test_removing_from_a_keyring_that_fails_says_so_and_clears_the_memory() -> None:
    store = failing(KeyringLockedError())
    store.set(KEY)
    with pytest.raises(KeyringLockedError):
        store.remove()
    assert store.status().where == "none"


@pytest.mark.parametrize("text", ["", " \n", "käse", "a\0b", "nvapi-\u202e", "x" * 1001])
def test_what_can_not_be_a_key_is_refused_and_nothing_is_changed(store: KeyStore, text: str) -> None:
    store.set(KEY)
    with pytest.raises(SecretsError) as caught:
        store.set(text)
    assert not text.strip() or text not in str(caught.value)
    assert store.get() == KEY


@pytest.mark.parametrize("stored", ["not json", "[]", "{}", '{"key": 5}', '{"key": ""}', "null", '{"key": null}'])
def test_a_broken_entry_is_as_good_as_none(store: KeyStore, shelf: Shelf, stored: str) -> None:
    shelf.entries["telltale", "nvidia-nim"] = stored
    assert store.get() is None
    assert store.status().where == "none"


def test_a_key_that_was_stored_by_hand_is_taken(store: KeyStore, shelf: Shelf) -> None:
    shelf.entries["telltale", "nvidia-nim"] = KEY
    assert store.get() == KEY


def test_removing_nothing_is_no_error(store: KeyStore) -> None:
    store.remove()
    failing(KeyringMissingError()).remove()


def test_a_key_is_one_entry_and_its_status_says_where_it_lies(store: KeyStore, shelf: Shelf) -> None:
    status = store.set(f" {KEY[:20]}\n{KEY[20:]} ")
    assert (status.where, status.last_four, status.problem) == ("keyring", "wxyz", None)
    assert json.loads(shelf.entries["telltale", "nvidia-nim"]) == {"key": KEY}
    assert len(shelf.entries) == 1
    assert (store.get(), store.status().where) == (KEY, "keyring")
    store.remove()
    assert shelf.entries == {}
    assert (store.get(), store.status().where) == (None, "none")


def test_the_keyring_is_asked_in_its_own_thread_and_for_requests_only_once(store: KeyStore, shelf: Shelf) -> None:
    store.set(KEY)
    for _ in range(5):
        assert store.get() == KEY
    assert shelf.asked == 1
    assert shelf.threads == {"keyring"}


def test_the_order_is_explicit_then_environment_then_memory_then_keyring(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = KeyStore(open_backend=lambda: shelf)
    store.set(KEY)
    assert store.set(OTHER, memory_only=True).where == "memory"
    assert (store.get(), store.status().where) == (OTHER, "memory")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "from the environment")
    assert (store.get(), store.status().where) == ("fromtheenvironment", "environment")
    explicit = KeyStore("given", open_backend=lambda: shelf)
    assert (explicit.get(), explicit.status().where) == ("given", "explicit")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "")
    store.set(OTHER)
    assert (store.get(), store.status().where) == (OTHER, "keyring")


def test_a_key_for_memory_never_reaches_the_keyring(store: KeyStore, shelf: Shelf) -> None:
    store.set(KEY, memory_only=True)
    assert (shelf.entries, shelf.asked) == ({}, 0)


def test_only_the_last_four_characters_are_shown_and_of_a_short_key_none(store: KeyStore) -> None:
    assert store.set(KEY).last_four == KEY[-4:]
    assert store.set("short").last_four == ""


def test_another_form_is_reason_to_warn_alone(store: KeyStore) -> None:
    assert looks_usual(KEY)
    assert looks_usual(f" {KEY}\n")
    for unusual in (KEY[:-1], KEY + "a", KEY.replace("nvapi", "nv"), "sk-12345678", ""):
        assert not looks_usual(unusual)
    assert store.set("sk-12345678").where == "keyring"


@pytest.mark.parametrize("show", [repr, str, "{}".format, lambda secret: f"{secret!s:>80}", "%s %r".__mod__])
def test_a_secret_shows_itself_to_nobody(show: Callable[[object], str]) -> None:
    secret: object = cleaned(KEY)
    shown = show((secret, secret)) if show == "%s %r".__mod__ else show(secret)
    assert KEY not in shown
    assert "…" in shown


def test_a_secret_is_not_pickled_but_can_be_compared_and_revealed() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(KEY))
    assert Secret(KEY) == cleaned(KEY)
    assert len({Secret(KEY), cleaned(KEY)}) == 1
    assert Secret(KEY) != Secret(OTHER)
    assert Secret(KEY).reveal() == KEY


def test_the_key_is_in_no_log_and_no_repr(
    store: KeyStore, caplog: pytest.LogCaptureFixture, go_on: threading.Event
) -> None:
    caplog.set_level(0)
    shown = [repr(store.set(KEY)), repr(store.status()), repr(store), repr(vars(store))]
    hung = hanging(go_on)
    shown += [repr(hung.set(KEY)), repr(hung.status()), repr(vars(hung))]
    assert KEY not in "".join(shown) + caplog.text
