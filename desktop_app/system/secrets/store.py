"""Where the NVIDIA key comes from and where it is kept."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from desktop_app.core.errors import KeyringMissingError, SecretsError
from desktop_app.system.secrets import backends
from desktop_app.system.secrets.backends import Backend
from desktop_app.system.secrets.patience import PatientCaller
from desktop_app.system.secrets.secret import Secret, cleaned, looks_usual

__all__ = ["ENVIRONMENT_VARIABLE", "KeyStatus", "KeyStore", "looks_usual"]

ENVIRONMENT_VARIABLE = "NVIDIA_API_KEY"
_SERVICE, _USER = "telltale", "nvidia-nim"
_UNTIL_CLOSED = "The key is kept in memory until Telltale is closed."
_T = TypeVar("_T")

Where = Literal["explicit", "environment", "keyring", "memory", "none"]


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """Where the key lies.

    Attributes:
        where: the place of the key that is used.
        words: that place in a sentence.
        last_four: the key's last characters, "" without one.
        problem: why the keyring was not or could not be used; None when it was, or when nobody asked it.
    """

    where: Where
    words: str
    last_four: str = ""
    problem: SecretsError | None = None


class KeyStore:
    """Finds the key: given explicitly, then ``NVIDIA_API_KEY``, then this session's memory, then the keyring.

    Every method may take as long as the keyring's time limit, so none is for the GUI thread. Safe from several
    threads.

    Args:
        explicit: a key that comes before all others and is never stored.
        seconds: time limit for a call to the keyring.
        open_backend: for tests; the operating system's keyring by default.
    """

    def __init__(
        self,
        explicit: str | None = None,
        *,
        seconds: float = 8.0,
        open_backend: Callable[[], Backend] = backends.open_keyring,
    ) -> None:
        self._explicit = cleaned(explicit) if explicit else None
        self._caller = PatientCaller(seconds)
        self._open_backend = open_backend
        self._lock = threading.Lock()
        self._memory: Secret | None = None
        self._read: Secret | None = None  # from the keyring, so that not every request has to ask it

    def get(self) -> str | None:
        """Return the key, or None when there is none; asks the keyring until it has given one.

        Raises:
            SecretsError: the keyring may have one and can't be read (locked, silent).
        """
        found = self._at_hand()
        if found is not None:
            return found[1].reveal()
        with self._lock:
            if self._read is not None:
                return self._read.reveal()
        try:
            key, _name = self._ask(_read)
        except KeyringMissingError:
            return None
        with self._lock:
            self._read = key
        return key.reveal() if key else None

    def status(self) -> KeyStatus:
        """Say where the key lies; asks the keyring anew unless the key comes from elsewhere. Never raises."""
        found = self._at_hand()
        if found is not None:
            return _at_hand_status(*found)
        try:
            key, name = self._ask(_read)
        except SecretsError as problem:
            return KeyStatus("none", "No key is set.", problem=problem)
        if key is None:
            return KeyStatus("none", f"No key is set; it would be kept in {name}.")
        return KeyStatus("keyring", f"The key is kept in {name}.", key.last_four)

    def set(self, key: str, *, memory_only: bool = False) -> KeyStatus:
        """Keep ``key`` in the keyring, or in this session's memory where that is wanted or the keyring fails.

        The status returned tells of this key, also where another one comes before it (``NVIDIA_API_KEY``).

        Raises:
            SecretsError: this can't be a key; nothing was changed.
        """
        secret = cleaned(key)
        self._keep(secret)
        if memory_only:
            return KeyStatus("memory", _UNTIL_CLOSED, secret.last_four)
        try:
            name = self._ask(lambda backend: _write(backend, secret))
        except SecretsError as problem:
            return KeyStatus("memory", _UNTIL_CLOSED, secret.last_four, problem)
        with self._lock:
            if self._memory is secret:  # another one may have been set meanwhile
                self._memory = None
        return KeyStatus("keyring", f"The key is kept in {name}.", secret.last_four)

    def remove(self) -> None:
        """Forget the key, in memory and in the keyring; not having one is no error.

        Raises:
            SecretsError: the keyring may still have it. Memory is cleared in any case.
        """
        self._keep(None)
        try:
            self._ask(_delete)
        except KeyringMissingError:
            return

    def _keep(self, secret: Secret | None) -> None:
        with self._lock:
            self._memory, self._read = secret, None

    def _at_hand(self) -> tuple[Where, Secret] | None:
        if self._explicit is not None:
            return "explicit", self._explicit
        try:
            return "environment", cleaned(os.environ.get(ENVIRONMENT_VARIABLE, ""))
        except SecretsError:  # empty, or nothing that could be sent
            pass
        with self._lock:
            return ("memory", self._memory) if self._memory is not None else None

    def _ask(self, work: Callable[[Backend], _T]) -> _T:
        def in_thread() -> _T:
            try:
                return work(self._open_backend())
            except Exception as error:  # noqa: BLE001  # backends raise what their systems raise
                raise backends.keyring_error(error) from None  # whose text nobody has vetted

        return self._caller.call(in_thread)


def _at_hand_status(where: Where, key: Secret) -> KeyStatus:
    words = {
        "explicit": "The key was given for this run alone.",
        "environment": f"The key comes from the environment variable {ENVIRONMENT_VARIABLE}.",
    }
    return KeyStatus(where, words.get(where, _UNTIL_CLOSED), key.last_four)


def _read(backend: Backend) -> tuple[Secret | None, str]:
    stored = backend.get_password(_SERVICE, _USER)
    return (_parsed(stored) if stored else None), backends.name_of(backend)


def _parsed(stored: str) -> Secret | None:
    try:
        entry = json.loads(stored)
        return cleaned(entry["key"])
    except (ValueError, TypeError, KeyError, AttributeError, SecretsError):
        # Put there by hand with keyring's own command, or broken; then it is as good as none.
        return cleaned(stored) if looks_usual(stored) else None


def _write(backend: Backend, secret: Secret) -> str:
    backend.set_password(_SERVICE, _USER, json.dumps({"key": secret.reveal()}))
    return backends.name_of(backend)


def _delete(backend: Backend) -> None:
    if backend.get_password(_SERVICE, _USER) is not None:
        backend.delete_password(_SERVICE, _USER)
