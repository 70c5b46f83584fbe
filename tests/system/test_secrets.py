"""The key store with backends of our own making; the real keyring is in test_secrets_keyring.py."""

import json

import pytest

from desktop_app.core.errors import KeyringLockedError, KeyringMissingError, SecretsError
from desktop_app.system.secrets.store import ENVIRONMENT_VARIABLE, KeyStore, looks_usual
from tests.support.shelf import KEY, OTHER, Shelf, failing


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def store(shelf: Shelf) -> KeyStore:
    return KeyStore(open_backend=lambda: shelf)


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
