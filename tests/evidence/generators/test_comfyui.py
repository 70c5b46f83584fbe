"""ComfyUI's graphs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop_app.core.evidence import Says
from tests.evidence.makers import found, only
from tests.support import marks
from tests.support.generator_texts import comfy_graph, comfy_workflow
from tests.support.marks import exif_segment, jpeg_with, png_with, text, user_comment, webp_with


def png(prompt: object, workflow: object = None) -> bytes:
    chunks = [text("prompt", json.dumps(prompt))]
    if workflow is not None:
        chunks.append(text("workflow", json.dumps(workflow)))
    return png_with(*chunks)


@pytest.mark.parametrize(
    "prompt",
    [
        "a lighthouse in fog",
        {},
        [],
        {"1": "a lighthouse"},
        {"1": {"class_type": "KSampler"}},
        {"1": {"class_type": "KSampler", "inputs": {}}, "2": {"name": "no node"}},
    ],
)
def test_what_is_no_graph_of_nodes_says_nothing(prompt: object) -> None:
    assert found(png(prompt)) == ()


def test_a_workflow_alone_says_nothing() -> None:
    assert found(png_with(text("workflow", json.dumps(comfy_workflow())))) == ()


def test_a_graph_that_samples_is_a_mark_with_its_settings_private() -> None:
    mark = only(png(comfy_graph(), comfy_workflow()))
    assert (mark.says, mark.where) == (Says.MADE_BY_AI, "PNG tEXt prompt")
    assert dict(mark.private)["Prompt"] == "a lighthouse in fog"
    assert dict(mark.private)["Model"] == "marine_v2.safetensors"


def test_a_graph_without_a_sampler_is_software_like_any_other() -> None:
    crop = {"1": {"class_type": "LoadImage", "inputs": {}}, "2": {"class_type": "ImageCrop", "inputs": {}}}
    assert only(png(crop)).says is Says.SOFTWARE


@pytest.mark.parametrize("kind", ["SamplerCustomAdvanced", "OpenAIDalle3", "FluxProUltraImageNode"])
def test_other_samplers_and_services_make_pictures_too(kind: str) -> None:
    assert only(png({"1": {"class_type": kind, "inputs": {}}})).says is Says.MADE_BY_AI


def test_a_graph_that_paints_into_a_picture_says_edited() -> None:
    graph = comfy_graph() | {"4": {"class_type": "VAEEncodeForInpaint", "inputs": {}}}
    assert only(png(graph, comfy_workflow())).says is Says.EDITED_WITH_AI


@pytest.mark.parametrize("workflow", [None, {"links": [[1, 2]]}, {"links": 7}, {}, {"nodes": []}])
def test_a_strange_workflow_costs_the_prompt_and_not_the_mark(workflow: Any) -> None:
    assert only(png(comfy_graph(), workflow)).says is Says.MADE_BY_AI


def test_links_in_the_place_of_texts_are_passed_over() -> None:
    graph = comfy_graph()
    graph["1"]["inputs"]["ckpt_name"] = ["9", 0]
    assert "Model" not in dict(only(png(graph, comfy_workflow())).private)


def test_a_graph_too_dense_to_walk_keeps_its_mark_without_settings() -> None:
    graph = {str(number): comfy_graph()["3"] for number in range(1_000)}
    mark = only(png(graph, {"links": [[0, a, 0, b, 0, "X"] for a in range(100) for b in range(100)]}))
    assert [heading for heading, _ in mark.private] == ["Nodes"]


def test_it_is_read_from_the_webp_that_comfyui_writes() -> None:
    block = marks.exif(
        {
            marks.MODEL: "prompt:" + json.dumps(comfy_graph()),
            marks.MAKE: "workflow:" + json.dumps(comfy_workflow()),
        }
    )
    mark = only(webp_with(exif_block=block))
    assert mark.where == "Model of EXIF in WebP"
    assert dict(mark.private)["Prompt"] == "a lighthouse in fog"


@pytest.mark.parametrize(
    ("prompt_tag", "workflow_tag", "where"),
    [
        (marks.MAKE, marks.DESCRIPTION, "Make"),
        (marks.DESCRIPTION, marks.MAKE, "ImageDescription"),
        (marks.MODEL, marks.DESCRIPTION, "Model"),
    ],
)
@pytest.mark.parametrize("style", ["prompt:{}", "Prompt:{}", "Prompt: {}", " PROMPT : {}"])
def test_it_is_read_from_every_tag_that_nodes_write_it_into(
    prompt_tag: int, workflow_tag: int, where: str, style: str
) -> None:
    block = marks.exif(
        {
            prompt_tag: style.format(json.dumps(comfy_graph())),
            workflow_tag: "Workflow:" + json.dumps(comfy_workflow()),
        },
        marks.CAPTURE,
    )
    mark = only(jpeg_with(exif_segment(block)))
    assert (mark.says, mark.where) == (Says.MADE_BY_AI, f"{where} of EXIF in APP1")
    assert dict(mark.private)["Prompt"] == "a lighthouse in fog"


def test_a_graph_in_two_tags_is_one_mark() -> None:
    graph = "prompt:" + json.dumps(comfy_graph())
    assert (
        only(jpeg_with(exif_segment(marks.exif({marks.MAKE: graph, marks.MODEL: graph})))).says is Says.MADE_BY_AI
    )


def test_it_is_read_from_one_object_in_a_comment() -> None:
    both = json.dumps({"prompt": comfy_graph(), "workflow": comfy_workflow()})
    block = marks.exif({}, {marks.USER_COMMENT: user_comment(both)})
    assert dict(only(jpeg_with(exif_segment(block))).private)["Prompt"] == "a lighthouse in fog"
