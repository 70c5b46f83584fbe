"""InvokeAI and NovelAI: settings in PNG texts under keywords of their own."""

from __future__ import annotations

from collections.abc import Iterator

from sd_parsers.parsers import InvokeAIParser, NovelAIParser

from desktop_app.core.evidence import Evidence
from desktop_app.evidence.generators.mark import generator_mark
from desktop_app.evidence.generators.settings import read_settings, settings_line
from desktop_app.evidence.metadata import Metadata, Text
from desktop_app.evidence.objects import json_object, long, named

_INVOKE = InvokeAIParser()
_NOVEL = NovelAIParser()
_INVOKE_NAMES = frozenset({"app_version", "positive_prompt", "generation_mode"})
_NOVEL_KEYS = ("Title", "Description", "Software", "Source", "Comment")
_NOVEL_TITLES = frozenset({"AI generated image", "NovelAI generated image"})


def invoke_marks(metadata: Metadata) -> Iterator[Evidence]:
    """Yield InvokeAI's mark in any of its three formats."""
    for key in ("sd-metadata", "Dream", "invokeai_metadata"):
        for text in metadata.texts_of(key):
            # Runs of blanks cost one of sd-parsers' expressions quadratic time, and mean nothing.
            private = read_settings(_INVOKE, {key: " ".join(text.text.split())})
            if private is None and key == "invokeai_metadata":
                private = _loose_settings(text)
            if private is not None:
                yield generator_mark("InvokeAI", text.where, private=private)


def _loose_settings(text: Text) -> tuple[tuple[str, str], ...] | None:
    """Return what newer models say, whose settings have no scheduler."""
    found = json_object(text.text)
    if found is None or len(_INVOKE_NAMES & found.keys()) < 2:  # noqa: PLR2004  # one name alone could be anybody's
        return None
    return named(("Prompt", long(found.pop("positive_prompt", "") or "")), ("Settings", settings_line(found)))


def novel_marks(metadata: Metadata) -> Iterator[Evidence]:
    """Yield NovelAI's mark: its name as the software, and its settings or its title."""
    found = {key: next((text.text for text in metadata.texts_of(key)), "") for key in _NOVEL_KEYS}
    if found["Software"] != "NovelAI":
        return
    private = read_settings(_NOVEL, {key: " ".join(text.split()) for key, text in found.items()})
    if private is None and found["Title"] not in _NOVEL_TITLES:
        return
    where = next(text.where for text in metadata.texts_of("Software"))
    yield generator_mark("NovelAI", where, private=private or named(("Prompt", long(found["Description"]))))
