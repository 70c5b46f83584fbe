"""The service's own words, made safe to show, keep and export."""

from __future__ import annotations

import re

import msgspec

from desktop_app.core.text import plain

_READ = 10_000  # characters of an answer that are looked at
_SHOWN = 200
_MASK = "[key]"
# The form of NVIDIA's keys; the one in use is masked whatever its form.
_KEY_FORM = re.compile(r"nvapi-[A-Za-z0-9_-]{6,}")
_FIELDS = ("detail", "title", "error", "message")


def harmless(text: str, key: str | None) -> str:
    """Return ``text`` as one line of at most 200 characters that holds no key.

    Cleaned before the key is looked for: characters that vanish in cleaning could hide it.
    """
    cleaned = plain(text, _READ)
    if key:
        cleaned = cleaned.replace(key, _MASK)
    return plain(_KEY_FORM.sub(_MASK, cleaned).strip(), _SHOWN)


def words_of(body: bytes, key: str | None) -> str:
    """Return what an answer's body says: ``detail``, ``title``, ``error`` or ``message``, else how it begins."""
    text = body[: 4 * _READ].decode("utf-8", "replace")
    try:
        fields = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return harmless(text, key)
    if isinstance(fields, dict):
        told = next((fields[name] for name in _FIELDS if fields.get(name)), None)
        if told is not None:
            text = told if isinstance(told, str) else msgspec.json.encode(told).decode()
    return harmless(text, key)


def said(sentence: str, words: str) -> str:
    """Return ``sentence`` followed by the service's words, if any."""
    return f"{sentence} It said: “{words}”" if words else sentence
