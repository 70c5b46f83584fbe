"""Programs whose settings are one text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop_app.core.evidence import EvidenceKind, Says, Strength
from tests.evidence.makers import found, only
from tests.support import marks
from tests.support.generator_texts import A1111, DRAW_THINGS, EASY_DIFFUSION, FOOOCUS, SWARMUI
from tests.support.marks import (
    exif_segment,
    gif_with,
    jpeg_with,
    png_with,
    segment,
    text,
    user_comment,
    webp_with,
    xmp,
)

OBJECTS: dict[str, dict[str, Any]] = {
    "Fooocus": FOOOCUS,
    "SwarmUI": SWARMUI,
    "Easy Diffusion": EASY_DIFFUSION,
    "Draw Things": DRAW_THINGS,
}


def with_comment(value: str, encoding: str = "utf-16-be") -> bytes:
    block = marks.exif({}, {marks.USER_COMMENT: user_comment(value, encoding)})
    return jpeg_with(exif_segment(block))


@pytest.mark.parametrize(
    "caption",
    [
        "",
        "made with Stable Diffusion, Steps: many, Sampler: none",
        "Steps: 20, Sampler: Euler a",
        "{}",
        '{"prompt": "a lighthouse"}',
        '{"sui_image_params": "none"}',
        '{"base_model": 7, "sampler": [], "prompt": {}}',
        "[" * 50_000,
        '{"a":' * 50_000,
        "Hashes: {" * 100_000,
        "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1" + "x" * 40_000,
    ],
)
def test_text_that_only_looks_like_settings_says_nothing(caption: str) -> None:
    assert found(png_with(text("parameters", caption, "iTXt"))) == ()


def test_settings_in_a_description_are_a_caption() -> None:
    assert found(png_with(text("Description", A1111))) == ()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (png_with(text("parameters", A1111)), "PNG tEXt parameters"),
        (png_with(text("parameters", A1111, "iTXz"), behind=True), "PNG iTXt parameters"),
        (with_comment(A1111), "UserComment of EXIF in APP1"),
        (with_comment(A1111, "utf-16-le"), "UserComment of EXIF in APP1"),
        (with_comment(A1111, "ascii"), "UserComment of EXIF in APP1"),
        (
            webp_with(exif_block=marks.exif({}, {marks.USER_COMMENT: user_comment(A1111)})),
            "UserComment of EXIF in WebP",
        ),
        (jpeg_with(segment(0xFE, A1111.encode())), "JPEG comment"),
        (gif_with(comment=A1111.encode()), "GIF comment"),
    ],
)
def test_automatic1111s_format_is_read_wherever_it_is_written(data: bytes, where: str) -> None:
    mark = only(data)
    assert (mark.kind, mark.strength, mark.says) == (
        EvidenceKind.GENERATOR_MARK,
        Strength.LABEL,
        Says.MADE_BY_AI,
    )
    assert mark.where == where
    assert dict(mark.private)["Prompt"] == "a lighthouse in fog"
    assert dict(mark.private)["Negative prompt"] == "people"
    assert dict(mark.private)["Model"] == "marine_v2"


def test_prompts_and_settings_are_private_and_nowhere_else() -> None:
    mark = only(png_with(text("parameters", A1111)))
    told = mark.words + mark.where + str(mark.detail)
    assert "lighthouse" not in told
    assert "marine_v2" not in told


def test_settings_with_a_mask_say_edited() -> None:
    assert only(png_with(text("parameters", A1111 + ", Mask blur: 4"))).says is Says.EDITED_WITH_AI


@pytest.mark.parametrize("tool", OBJECTS)
def test_an_object_with_a_programs_own_fields_is_its_mark(tool: str) -> None:
    value = json.dumps(OBJECTS[tool])
    for data in (
        png_with(text("parameters", value)),
        with_comment(value),
        jpeg_with(segment(0xFE, value.encode())),
    ):
        mark = only(data)
        assert dict(mark.detail)["Generator"] == tool
        assert dict(mark.private)["Prompt"] == "a lighthouse in fog"


def test_draw_things_is_read_from_xmp() -> None:
    value = json.dumps(DRAW_THINGS).replace('"', "&quot;")
    packet = xmp(f"<exif:UserComment><rdf:Alt><rdf:li>{value}</rdf:li></rdf:Alt></exif:UserComment>")
    mark = only(png_with(text("XML:com.adobe.xmp", packet.decode(), "iTXt")))
    assert mark.where == "UserComment of XMP in PNG iTXt"


def test_easy_diffusion_is_read_from_texts_of_its_own() -> None:
    data = png_with(*(text(key, str(value)) for key, value in EASY_DIFFUSION.items()))
    assert only(data).where == "PNG texts"


def test_swarmuis_first_versions_hid_it_in_the_cameras_model() -> None:
    data = jpeg_with(exif_segment(marks.exif({marks.MODEL: json.dumps(SWARMUI)})))
    assert dict(only(data).detail)["Generator"] == "SwarmUI"


def test_a_long_prompt_is_cut_and_made_plain() -> None:
    nasty = SWARMUI | {"sui_image_params": {"prompt": "a\u202e\x1b[2J " * 5_000}}
    prompt = dict(only(png_with(text("parameters", json.dumps(nasty)))).private)["Prompt"]
    assert len(prompt) <= 2_000
    assert prompt.isprintable()
