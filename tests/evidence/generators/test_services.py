"""InvokeAI, NovelAI, and services with marks of their own shape."""

from __future__ import annotations

import json

import pytest

from desktop_app.core.evidence import Says
from tests.evidence.makers import found, only
from tests.support import marks
from tests.support.generator_texts import GROK_ARTIST, GROK_SIGNATURE, INVOKEAI, MIDJOURNEY, NOVELAI
from tests.support.marks import exif_segment, jpeg_with, png_with, text, xmp, xmp_segment

DREAM = '"a lighthouse in fog [people]" -s 50 -S 42 -W 512 -H 512 -C 7.5 -A k_lms'


def with_exif(**tags: str) -> bytes:
    numbers = {
        "make": marks.MAKE,
        "software": marks.SOFTWARE,
        "description": marks.DESCRIPTION,
        "artist": marks.ARTIST,
    }
    return jpeg_with(exif_segment(marks.exif({numbers[name]: value for name, value in tags.items()})))


@pytest.mark.parametrize(
    "data",
    [
        png_with(text("Description", "Street art after Midjourney, Job ID: none")),
        png_with(text("Description", MIDJOURNEY + " and more words behind it")),
        png_with(text("Source", "Interview with Luma AI's founders")),
        png_with(text("Software", "NovelAI")),
        png_with(text("Title", "AI generated image")),
        png_with(text("Software", "Adobe Photoshop 25.0")),
        png_with(text("Software", "Midjourney Street Photography Suite")),
        png_with(text("Dream", "I had a dream")),
        png_with(text("Dream", '"' + " " * 200_000)),
        png_with(text("invokeai_metadata", '{"app_version": "1"}')),
        png_with(text("sd-metadata", '{"image": 7}')),
        with_exif(description="OpenAI's office, seen from Firefly Lane"),
        with_exif(description=GROK_SIGNATURE),
        with_exif(artist=GROK_ARTIST),
        with_exif(description="Signature: short", artist=GROK_ARTIST),
        with_exif(software="Pillow"),
        with_exif(software="Imagen 4"),
    ],
)
def test_captions_brand_names_and_half_a_mark_say_nothing(data: bytes) -> None:
    assert found(data) == ()


@pytest.mark.parametrize(
    ("data", "tool"),
    [
        (png_with(text("Description", MIDJOURNEY)), "Midjourney"),
        (with_exif(description=MIDJOURNEY), "Midjourney"),
        (jpeg_with(xmp_segment(xmp(f"<dc:description>{MIDJOURNEY}</dc:description>"))), "Midjourney"),
        (with_exif(make="Ideogram AI"), "Ideogram"),
        (with_exif(description=GROK_SIGNATURE, artist=GROK_ARTIST), "Grok"),
        (png_with(text("Source", "Luma AI")), "Luma"),
        (with_exif(software="Fooocus v2.4.1"), "Fooocus"),
        (with_exif(software="reve.com"), "Reve"),
        (png_with(text("Software", "Draw Things")), "Draw Things"),
        (jpeg_with(xmp_segment(xmp(attributes='xmp:CreatorTool="Adobe Firefly 2.0"'))), "Adobe Firefly"),
        (jpeg_with(xmp_segment(xmp("<xmp:CreatorTool>Aphrodite AI</xmp:CreatorTool>"))), "Aphrodite AI"),
        (png_with(*(text(key, value) for key, value in NOVELAI.items())), "NovelAI"),
        (png_with(text("Software", "NovelAI"), text("Title", "NovelAI generated image")), "NovelAI"),
        (png_with(text("invokeai_metadata", json.dumps(INVOKEAI))), "InvokeAI"),
        (png_with(text("Dream", DREAM)), "InvokeAI"),
    ],
)
def test_each_mark_is_known(data: bytes, tool: str) -> None:
    mark = only(data)
    assert mark.says is Says.MADE_BY_AI
    assert dict(mark.detail)["Generator"] == tool
    assert tool in mark.words


@pytest.mark.parametrize(
    "data",
    [
        png_with(text("Description", MIDJOURNEY)),
        png_with(*(text(key, value) for key, value in NOVELAI.items())),
        png_with(text("invokeai_metadata", json.dumps(INVOKEAI))),
        png_with(text("Dream", DREAM)),
    ],
)
def test_prompts_are_private(data: bytes) -> None:
    mark = only(data)
    assert "lighthouse" in dict(mark.private)["Prompt"]
    assert "lighthouse" not in str(mark.detail)


def test_newer_settings_of_invokeai_without_a_scheduler_are_a_mark_too() -> None:
    newer = {key: value for key, value in INVOKEAI.items() if key != "scheduler"}
    assert dict(only(png_with(text("invokeai_metadata", json.dumps(newer)))).detail)["Generator"] == "InvokeAI"


def test_two_formats_of_one_program_are_one_mark_with_both_places() -> None:
    settings = {
        "model_weights": "marine_v2",
        "image": {"sampler": "k_lms", "prompt": [{"prompt": "a lighthouse"}]},
    }
    data = png_with(text("Dream", DREAM), text("sd-metadata", json.dumps(settings)))
    assert only(data).where == "PNG tEXt sd-metadata; PNG tEXt Dream"


def test_a_hugging_face_job_is_no_statement_about_ai() -> None:
    mark = only(png_with(text("hf-job-id", "0b8d7c1e")))
    assert mark.says is Says.NOTHING
