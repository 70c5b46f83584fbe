"""A key as it is handed about inside the program: nothing that prints it shows it."""

from __future__ import annotations

import hmac
import re
from typing import NoReturn, final

from desktop_app.core.errors import SecretsError

_USUAL = re.compile(r"nvapi-[A-Za-z0-9_-]{64}")
# Windows' Credential Manager takes 2560 bytes, which are 1280 characters, JSON and all (keyring issue 355).
_LONGEST = 1000
_SHOWN = 4
_ENOUGH_TO_SHOW_SOME = 16


@final
class Secret:
    """Wraps a text that ``repr``, ``str``, formatting and pickling never show; :meth:`reveal` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself, to be sent and not to be kept."""
        return self._text

    @property
    def last_four(self) -> str:
        """Enough to tell two keys apart; "" for a text so short that this would be much of it."""
        return self._text[-_SHOWN:] if len(self._text) >= _ENOUGH_TO_SHOW_SOME else ""

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


def cleaned(text: str) -> Secret:
    """Return a pasted key without the blanks and line breaks that copying adds.

    Raises:
        SecretsError: there is nothing left, or something that can't travel in a request's header.
    """
    text = "".join(text.split())
    if not text:
        raise SecretsError("There is no key in what was entered.", "Paste the key as NVIDIA shows it.")
    if not (text.isascii() and text.isprintable()) or len(text) > _LONGEST:
        raise SecretsError("What was entered can't be a key.", "Paste the key alone, as NVIDIA shows it.")
    return Secret(text)


def looks_usual(key: str) -> bool:
    """Whether a key has the form of NVIDIA's keys today: a reason to warn, never to refuse."""
    return _USUAL.fullmatch("".join(key.split())) is not None
