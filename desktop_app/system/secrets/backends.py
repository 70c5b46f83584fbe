"""Which keyrings are trusted, and what their errors mean.

Runs in the keyring's thread alone: importing ``keyring`` costs 150 ms, and looking for a backend talks to D-Bus.

``keyring`` takes any backend that is installed or named in ``PYTHON_KEYRING_BACKEND``, plain-text files included
(keyring issue 370), so nothing is stored before the backend was found in the list below.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

from desktop_app.core.errors import KeyringLockedError, KeyringMissingError, SecretsError

_SECRET_SERVICE = "the system's keyring (Secret Service)"  # noqa: S105  # a name for people
_ALLOWED = {
    "keyring.backends.SecretService.Keyring": _SECRET_SERVICE,
    "keyring.backends.libsecret.Keyring": _SECRET_SERVICE,
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
    "keyring.backends.Windows.WinVaultKeyring": "the Windows Credential Manager",
    "keyring.backends.macOS.Keyring": "the macOS Keychain",
}
_CHAIN = "keyring.backends.chainer.ChainerBackend"
_NOTHING = frozenset({"keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"})


class Backend(Protocol):
    """What is used of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is stored, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store; replaces what was there."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove; raises when there is nothing."""


def open_keyring() -> Backend:
    """Return the trusted keyring of this computer.

    Raises:
        KeyringMissingError: there is none, or the one that was chosen is not trusted.
    """
    if sys.platform.startswith("linux") and not _session_bus():
        raise KeyringMissingError  # libdbus would start a bus of its own, where nobody's keyring is
    import keyring.core  # noqa: PLC0415  # see above

    try:
        # The limit keeps the insecure ones out of the choice, and out of a chain. What the user's environment or
        # configuration names comes in spite of it, hence the second look.
        keyring.core.init_backend(limit=_is_trusted)
        chosen = keyring.core.get_keyring()
    except Exception as error:  # importing what the environment names can do anything
        raise KeyringMissingError from error
    if not _is_trusted(chosen):
        raise _refused(chosen)
    return chosen


def name_of(backend: Backend) -> str:
    """Return what people call the keyring, to stand in a sentence."""
    for member in _members(backend):
        return _ALLOWED.get(_class_name(member), "the keyring")
    return "the keyring"


def keyring_error(error: Exception) -> SecretsError:
    """Return the error for what a backend raised; its text is not repeated."""
    if isinstance(error, SecretsError):
        return error
    name = type(error).__name__
    if name == "NoKeyringError":
        return KeyringMissingError()
    # KeyringLocked, secretstorage's LockedException and PromptDismissedException. InitError says that no
    # collection could be opened or made: a prompt was closed, or can't be shown.
    if any(part in name for part in ("Locked", "Dismissed", "InitError")):
        return KeyringLockedError()
    return SecretsError(f"The keyring failed ({name}).", "The key can be kept in memory until Telltale is closed.")


def _session_bus() -> bool:
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "bus").exists()


def _is_trusted(backend: Backend) -> bool:
    if _class_name(backend) != _CHAIN:
        return _class_name(backend) in _ALLOWED
    members = _members(backend)
    return bool(members) and all(_class_name(member) in _ALLOWED for member in members)


def _members(backend: Backend) -> list[Backend]:
    return list(getattr(backend, "backends", [])) if _class_name(backend) == _CHAIN else [backend]


def _refused(backend: Backend) -> KeyringMissingError:
    if _class_name(backend) in _NOTHING or not _members(backend):
        return KeyringMissingError()
    return KeyringMissingError("The keyring that is set up on this computer is not one that Telltale trusts.")


def _class_name(backend: Backend) -> str:
    # The exact class: a subclass could do anything with what it is given.
    return f"{type(backend).__module__}.{type(backend).__qualname__}"
