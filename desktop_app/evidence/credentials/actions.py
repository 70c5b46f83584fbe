"""The actions in a manifest (C2PA 2.2, 18.15): what was done, with which program, and with what kind of source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_app.core.evidence import Says
from desktop_app.evidence.credentials.report import Manifest
from desktop_app.evidence.labels.source_types import meaning
from desktop_app.evidence.objects import short

Action = dict[str, Any]
"""One action as the file has it: everything may be missing or of another type."""

AI = frozenset({Says.MADE_BY_AI, Says.EDITED_WITH_AI})
"""What statements of AI say."""

PART_BY_AI = "a part of it was made by an AI tool"
_EDITED = "it was edited with an AI tool"
_ORIGINS = frozenset({"c2pa.created", "c2pa.opened"})
_PLACED = "c2pa.placed"
_WATERMARKED = "c2pa.watermarked"
_C2PA_TERMS = ("http://c2pa.org/digitalsourcetype/", "https://c2pa.org/digitalsourcetype/")
_MADE_BY_AI, _DATA_BY_AI = "trainedAlgorithmicMedia", "trainedAlgorithmicData"
_STEPS = {
    "c2pa.addedText": "text added",
    "c2pa.adjustedColor": "colours adjusted",
    "c2pa.changedSpeed": "speed changed",
    "c2pa.color_adjustments": "colours adjusted",
    "c2pa.converted": "converted to another format",
    "c2pa.created": "created",
    "c2pa.cropped": "cropped",
    "c2pa.deleted": "parts deleted",
    "c2pa.drawing": "drawn on",
    "c2pa.edited": "edited",
    "c2pa.edited.metadata": "metadata edited",
    "c2pa.enhanced": "enhanced",
    "c2pa.filtered": "filtered",
    "c2pa.opened": "opened",
    "c2pa.orientation": "turned",
    "c2pa.placed": "a part placed into it",
    "c2pa.published": "published",
    "c2pa.redacted": "a statement removed",
    "c2pa.removed": "a part removed",
    "c2pa.repackaged": "repackaged",
    "c2pa.resized": "resized",
    "c2pa.resized.proportional": "resized",
    "c2pa.transcoded": "compressed anew",
    "c2pa.unknown": "something unrecorded",
}


def actions(manifest: Manifest) -> Iterator[Action]:
    """Yield a manifest's actions in their order."""
    for assertion in _assertions(manifest):
        found = assertion.get("actions")
        if isinstance(found, list):
            yield from (action for action in found if isinstance(action, dict))


def are_complete(manifest: Manifest) -> bool:
    """Whether the manifest says that it holds everything that was done."""
    return any(assertion.get("allActionsIncluded") is True for assertion in _assertions(manifest))


def statement(action: Action) -> tuple[Says, str] | None:
    """Return what an action says of the picture and in which words ("it was …"); None when it says nothing of it.

    The conditions are those of the C2PA's asset rubric for local signals (6 August 2026): the source of a picture
    that was *created* or *opened* is its origin; in any later action only AI matters.
    """
    found = _source(action)
    if found is None or action.get("action") in _ORIGINS:
        return found
    if found[0] not in AI:
        return None
    return Says.EDITED_WITH_AI, PART_BY_AI if action.get("action") == _PLACED else _EDITED


def is_watermark(action: Action) -> bool:
    """Whether an action declares an invisible watermark, of whatever kind."""
    name = action.get("action")
    return isinstance(name, str) and name.startswith(_WATERMARKED)


def step(action: Action) -> str:
    """Return an action in short words; one that the standard doesn't know by its own name, plain and short."""
    name = str(action.get("action"))
    return _STEPS.get(name) or short(name)


def program(action: Action) -> str:
    """Return the name of the program that did it, plain and short: a text in version 1, an object in version 2."""
    agent = action.get("softwareAgent")
    return short(agent.get("name", "") if isinstance(agent, dict) else agent or "")


def _assertions(manifest: Manifest) -> Iterator[Action]:
    """Versions 1 and 2, and the second of its kind (``__1``)."""
    for assertion in manifest.assertions:
        if assertion.label.startswith("c2pa.actions") and isinstance(assertion.data, dict):
            yield assertion.data


def _source(action: Action) -> tuple[Says, str] | None:
    value = action.get("digitalSourceType")
    if not isinstance(value, str):
        return None
    value = value.strip()
    for start in _C2PA_TERMS:
        if value.startswith(start):
            return meaning(_MADE_BY_AI) if value == start + _DATA_BY_AI else None
    return meaning(value)
