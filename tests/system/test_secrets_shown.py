"""The key shows nowhere."""

import pickle
import threading
from collections.abc import Callable, Iterator

import pytest

from desktop_app.system.secrets.secret import Secret, cleaned
from desktop_app.system.secrets.store import ENVIRONMENT_VARIABLE, KeyStore
from tests.support.shelf import KEY, OTHER, Shelf, hanging


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    """Set at the end, so that a keyring that hangs leaves no thread behind."""
    event = threading.Event()
    yield event
    event.set()


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


def test_the_key_is_in_no_log_and_no_repr(caplog: pytest.LogCaptureFixture, go_on: threading.Event) -> None:
    caplog.set_level(0)
    store = KeyStore(open_backend=Shelf)
    shown = [repr(store.set(KEY)), repr(store.status()), repr(store), repr(vars(store))]
    hung = hanging(go_on)
    shown += [repr(hung.set(KEY)), repr(hung.status()), repr(vars(hung))]
    assert KEY not in "".join(shown) + caplog.text
