"""ComfyUI's graph of nodes: in PNG texts, in EXIF's first tags (WebP, JPEG), or as one object in a comment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sd_parsers.parsers import ComfyUIParser

from desktop_app.core.evidence import Evidence, Says
from desktop_app.evidence.generators.mark import Pairs, generator_mark
from desktop_app.evidence.generators.settings import read_settings
from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.objects import json_object, short
from desktop_app.evidence.tags.exif import DESCRIPTION, MAKE, MODEL, Exif

_PARSER = ComfyUIParser()
# ComfyUI's own WebP has the prompt in Model and the workflow in Make, its animated one and other nodes elsewhere.
_FIELDS = {"Model": MODEL, "Make": MAKE, "ImageDescription": DESCRIPTION}
# Samplers, and the nodes that have a service make the picture (ComfyUI's comfy_api_nodes).
_GENERATING = ("Sampler", "TextToImage", "Dalle", "GPTImage", "FluxPro", "FluxKontext", "Ideogram", "GeminiImage")
_SAMPLING = frozenset({"sampler_name", "steps", "cfg"})
# sd-parsers goes from every sampler to every prompt that it reaches, and lists the way: samplers × nodes² steps.
_MOST_STEPS = 300_000
_MOST_INPUTS = 4_000


def comfy_marks(metadata: Metadata) -> Iterator[Evidence]:
    """Yield ComfyUI's marks: the first graph among the texts, and one in every EXIF block."""
    workflow = next((found for text in metadata.texts_of("workflow") if (found := json_object(text.text))), None)
    marks = (_mark(json_object(text.text), workflow, text.where) for text in metadata.texts_of("prompt"))
    yield from islice(filter(None, marks), 1)
    for exif in metadata.exif:
        workflow = next((found for _, found in _named(exif, "workflow")), None)
        marks = (_mark(found, workflow, f"{name} of {exif.where}") for name, found in _named(exif, "prompt"))
        yield from islice(filter(None, marks), 1)


def comfy_object(found: dict[str, Any], where: str) -> Evidence | None:
    """Return the mark in an object that holds both graphs."""
    prompt, workflow = found.get("prompt"), found.get("workflow")
    return _mark(prompt, workflow if isinstance(workflow, dict) else None, where)


def _named(exif: Exif, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the graphs behind ``key`` and a colon, however they are written, with the names of their tags."""
    for name, tag in _FIELDS.items():
        start, _, rest = exif.text(tag).partition(":")
        found = json_object(rest) if start.strip().casefold() == key else None
        if found is not None:
            yield name, found


def _mark(prompt: object, workflow: dict[str, Any] | None, where: str) -> Evidence | None:
    nodes = _nodes(prompt)
    if not nodes:
        return None
    kinds = sorted({str(node["class_type"]) for node in nodes})
    says = _says(kinds)
    private = _settings(nodes, prompt, workflow or {"links": []})
    return generator_mark("ComfyUI", where, says=says, private=(*private, ("Nodes", short(", ".join(kinds)))))


def _nodes(prompt: object) -> list[dict[str, Any]]:
    """Return the nodes of a graph; none unless all are nodes, so that no other JSON is taken for one."""
    if not isinstance(prompt, dict):
        return []
    nodes = list(prompt.values())
    sound = all(isinstance(node, dict) and {"class_type", "inputs"} <= node.keys() for node in nodes)
    return nodes if sound else []


def _says(kinds: list[str]) -> Says:
    """A graph may also just crop or upscale: only one that samples, or asks a service to, makes a picture."""
    if any("Inpaint" in kind for kind in kinds):
        return Says.EDITED_WITH_AI
    return Says.MADE_BY_AI if any(_generates(kind) for kind in kinds) else Says.SOFTWARE


def _generates(kind: str) -> bool:
    return any(part in kind for part in _GENERATING)


def _settings(nodes: list[dict[str, Any]], prompt: object, workflow: dict[str, Any]) -> Pairs:
    inputs = [node["inputs"] for node in nodes if isinstance(node["inputs"], dict)]
    samplers = sum(1 for names in inputs if names.keys() >= _SAMPLING)
    if samplers * len(nodes) ** 2 > _MOST_STEPS or sum(map(len, inputs)) > _MOST_INPUTS:
        return ()
    return read_settings(_PARSER, {"prompt": prompt, "workflow": workflow}) or ()
