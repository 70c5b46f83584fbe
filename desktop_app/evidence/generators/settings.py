"""Prompts and settings, as sd-parsers understands them, within limits of size.

sd-parsers is given texts, never files: the containers are walked here. Its parsers are regular expressions and
walks over graphs made for honest texts; on hostile ones some take quadratic time, hence the limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sd_parsers.data import PromptInfo
from sd_parsers.parsers import Parser

from desktop_app.evidence.generators.mark import Pairs
from desktop_app.evidence.objects import long, named, short

MAX_TEXT = 16 * 1024
"""Most characters that sd-parsers gets to read; prompts and settings have a few thousand."""

_MOST_TEXTS = 4
_MOST_SETTINGS = 30


def read_settings(parser: Parser, parameters: Mapping[str, Any]) -> Pairs | None:
    """Return headings and texts for people; None when ``parser`` doesn't recognise ``parameters``."""
    if any(isinstance(value, str) and len(value) > MAX_TEXT for value in parameters.values()):
        return None
    try:
        return _pairs(parser.parse(dict(parameters)))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # sd-parsers trusts that JSON has the types it usually has
        return None


def _pairs(info: PromptInfo) -> Pairs:
    first = info.samplers[0] if info.samplers else None
    return named(
        ("Prompt", _joined(prompt.value for sampler in info.samplers for prompt in sampler.prompts)),
        (
            "Negative prompt",
            _joined(prompt.value for sampler in info.samplers for prompt in sampler.negative_prompts),
        ),
        ("Model", _joined(sampler.model.name for sampler in info.samplers if sampler.model)),
        ("Sampler", short(first.name) if first else ""),
        ("Settings", settings_line(first.parameters) if first else ""),
    )


def _joined(values: Iterable[object]) -> str:
    """Return the different texts among ``values``; in ComfyUI's graphs a link to a node may stand for a text."""
    texts = dict.fromkeys(value for value in values if isinstance(value, str) and value)
    return long(" | ".join(islice(texts, _MOST_TEXTS)))


def settings_line(settings: Mapping[str, Any]) -> str:
    """Return plain settings (numbers, names) in one line."""
    plain_ones = ((key, value) for key, value in settings.items() if isinstance(value, str | int | float))
    return long(", ".join(f"{short(key)}: {short(value)}" for key, value in islice(plain_ones, _MOST_SETTINGS)))
