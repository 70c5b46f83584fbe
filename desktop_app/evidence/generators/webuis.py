"""Programs that leave one text of settings: AUTOMATIC1111's format, or a JSON object with fields of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sd_parsers.parsers import AUTOMATIC1111Parser, FooocusParser

from desktop_app.core.evidence import Evidence, Says
from desktop_app.evidence.generators.comfyui import comfy_object
from desktop_app.evidence.generators.mark import generator_mark
from desktop_app.evidence.generators.settings import read_settings, settings_line
from desktop_app.evidence.metadata import Metadata, Text
from desktop_app.evidence.objects import json_object, long, named
from desktop_app.evidence.tags.exif import MODEL

_KEYS = ("parameters", "Comment")
_A1111 = AUTOMATIC1111Parser()
_FOOOCUS = FooocusParser()
_EASY_NAMES = (
    frozenset({"prompt", "use_stable_diffusion_model", "num_inference_steps"}),
    frozenset({"Prompt", "Stable Diffusion model", "Sampler"}),
)
_FOOOCUS_NAMES = frozenset({"base_model", "sampler", "prompt"})
_DRAW_THINGS_NAMES = frozenset({"c", "model", "sampler", "steps"})
_MOST_PLACES = 8
_MOST_LINES = 500
# What AUTOMATIC1111 and its kin write only when a mask said which part of a picture to make anew.
_INPAINTING = ("Mask blur: ", "Inpaint area: ", "Masked content: ")


def web_ui_marks(metadata: Metadata) -> Iterator[Evidence]:
    """Yield the marks of AUTOMATIC1111, Forge, Fooocus, SwarmUI, Easy Diffusion, Draw Things and ComfyUI's kin."""
    for place in islice((place for place in _places(metadata) if place.text), _MOST_PLACES):
        found = json_object(place.text)
        mark = _a1111(place) if found is None else _object(found, place.where)
        if mark is not None:
            yield mark
    # Easy Diffusion writes its fields as PNG texts, one by one.
    fields = {text.key: text.text for text in metadata.texts}
    mark = _easy_diffusion(fields, "PNG texts")
    if mark is not None:
        yield mark


def _places(metadata: Metadata) -> Iterator[Text]:
    for key in _KEYS:
        yield from metadata.texts_of(key)
    yield from metadata.comments()
    for exif in metadata.exif:  # SwarmUI's first versions
        yield Text("", exif.text(MODEL), f"Model of {exif.where}")


def _a1111(place: Text) -> Evidence | None:
    if "Sampler: " not in place.text or place.text.count("\n") > _MOST_LINES:
        return None
    private = read_settings(_A1111, {"parameters": place.text})
    if private is None:
        return None
    says = Says.EDITED_WITH_AI if any(name in place.text for name in _INPAINTING) else Says.MADE_BY_AI
    detail = (("Format", "AUTOMATIC1111's, which Forge and others write, too"),)
    return generator_mark("Stable Diffusion web UI", place.where, says=says, detail=detail, private=private)


def _object(found: dict[str, Any], where: str) -> Evidence | None:
    return next((mark for read in _OBJECTS if (mark := read(found, where)) is not None), None)


def _swarm(found: dict[str, Any], where: str) -> Evidence | None:
    inner = found.get("sui_image_params")
    if not isinstance(inner, dict):
        return None
    return generator_mark("SwarmUI", where, private=_private(inner, "prompt", "negativeprompt"))


def _fooocus(found: dict[str, Any], where: str) -> Evidence | None:
    if not found.keys() >= _FOOOCUS_NAMES:
        return None
    private = read_settings(_FOOOCUS, {"parameters": json.dumps(found)})  # sd-parsers wants the text
    return None if private is None else generator_mark("Fooocus", where, private=private)


def _easy_diffusion(found: dict[str, Any], where: str) -> Evidence | None:
    if not any(names <= found.keys() for names in _EASY_NAMES):
        return None
    prompt, negative = ("prompt", "negative_prompt") if "prompt" in found else ("Prompt", "Negative Prompt")
    return generator_mark("Easy Diffusion", where, private=_private(found, prompt, negative))


def _draw_things(found: dict[str, Any], where: str) -> Evidence | None:
    if not found.keys() >= _DRAW_THINGS_NAMES:
        return None
    return generator_mark("Draw Things", where, private=_private(found, "c", "uc"))


_OBJECTS: tuple[Callable[[dict[str, Any], str], Evidence | None], ...] = (
    _swarm,
    _fooocus,
    _easy_diffusion,
    _draw_things,
    comfy_object,
)


def _private(found: dict[str, Any], prompt: str, negative: str) -> tuple[tuple[str, str], ...]:
    rest = {key: value for key, value in found.items() if key not in (prompt, negative)}
    return named(
        ("Prompt", long(found.get(prompt) or "")),
        ("Negative prompt", long(found.get(negative) or "")),
        ("Settings", settings_line(rest)),
    )
