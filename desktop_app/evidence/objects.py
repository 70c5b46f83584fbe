"""JSON and free text from strangers, made harmless."""

from __future__ import annotations

import json
from typing import Any

from desktop_app.core.text import plain

MAX_JSON = 1024 * 1024
"""Most characters of a JSON text that is parsed: about 10 ms."""

_SHORT = 120
_LONG = 2_000


def json_object(text: str) -> dict[str, Any] | None:
    """Return the JSON object that ``text`` is, None when it is anything else."""
    text = text.strip()
    if not text.startswith("{") or len(text) > MAX_JSON:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def short(value: object) -> str:
    """Return a value as one harmless line for a heading's text."""
    return plain(_one_line(str(value), _SHORT), _SHORT).strip()


def long(value: object) -> str:
    """Return a prompt or settings as one harmless line; longer than 2,000 characters it is cut."""
    return plain(_one_line(str(value), _LONG), _LONG).strip()


def _one_line(text: str, limit: int) -> str:
    # Cut first: a prompt of a megabyte isn't split into words. Some over the limit, so that the cut shows.
    return " ".join(text[: 4 * limit].split())


def named(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of heading and text that have a text."""
    return tuple((heading, text) for heading, text in pairs if text)
