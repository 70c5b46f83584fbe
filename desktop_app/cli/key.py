"""``telltale key``: the NVIDIA key in the operating system's keyring. It is never taken from an argument."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from desktop_app.core.errors import SecretsError

if TYPE_CHECKING:
    from desktop_app.system.secrets.store import KeyStore

DONE, FAILED = 0, 1
_UNUSUAL = "telltale: keys usually look like nvapi- and 64 letters or digits; this one is kept all the same."
_NOT_KEPT = "There is no keyring to keep it in. Set NVIDIA_API_KEY instead, or enter it in the window."


def key(command: str) -> int:
    """Run ``set``, ``status`` or ``remove``; returns the exit status."""
    from desktop_app.system.secrets.store import KeyStore  # noqa: PLC0415  # the command line starts light

    store = KeyStore()
    try:
        if command == "set":
            return _set(store)
        if command == "remove":
            store.remove()
            _say("There is no key in the keyring now.")
            return DONE
        return _status(store)
    except SecretsError as error:
        _complain(f"telltale: {error.message} {error.hint}")
        return FAILED


def _set(store: KeyStore) -> int:
    from desktop_app.system.secrets.store import looks_usual  # noqa: PLC0415  # as above

    text = getpass.getpass("NVIDIA key (it is not shown): ") if sys.stdin.isatty() else sys.stdin.readline()
    text = text.strip()
    if text and not looks_usual(text):
        _complain(_UNUSUAL)
    status = store.set(text)
    if status.where != "keyring":
        reason = status.problem.message if status.problem else ""
        _complain(f"telltale: the key was not kept. {reason} {_NOT_KEPT}")
        return FAILED
    _say(f"{status.words} It ends in {status.last_four}.")
    return DONE


def _status(store: KeyStore) -> int:
    status = store.status()
    _say(status.words + (f" It ends in {status.last_four}." if status.last_four else ""))
    if status.problem:
        _complain(f"telltale: {status.problem.message} {status.problem.hint}")
    return DONE if status.where != "none" else FAILED


def _say(text: str) -> None:
    print(text)  # noqa: T201  # the command line speaks


def _complain(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  # as above
