"""A camera's unsigned facts, and thumbnails compared with their pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PIL import Image, ImageOps

from desktop_app.core.evidence import EvidenceKind, Says, Strength
from desktop_app.core.picture import Raster
from desktop_app.evidence.likeness import thumbnail_likeness
from desktop_app.evidence.reader import read_evidence
from desktop_app.imaging.views import raster
from tests.evidence.makers import found, only
from tests.support import marks
from tests.support.generator_texts import A1111
from tests.support.marks import CAMERA, CAPTURE, camera_exif, exif, exif_segment, jpeg_with, png_with
from tests.support.pictures import chunk, encode, pattern, photo

PICTURE = raster(photo(320, 240))


def thumbnail_of(image: Image.Image) -> bytes:
    return encode(image, "JPEG", quality=75)


def with_thumbnail(thumbnail: bytes) -> bytes:
    return jpeg_with(exif_segment(camera_exif(thumbnail=thumbnail)))


# ---------------------------------------------------------------- facts


@pytest.mark.parametrize("tags", [{}, {marks.SOFTWARE: "Pillow"}, {marks.ARTIST: "Canon of Bodø"}])
def test_a_file_that_names_no_camera_has_no_camera_facts(tags: Mapping[int, marks.Value]) -> None:
    assert found(jpeg_with(exif_segment(exif(tags, CAPTURE)))) == ()


@pytest.mark.parametrize("make", ["Ideogram AI", "workflow:{}", "Prompt: fog", '{"a": 1}', 'x {"a": 1}'])
def test_what_generators_write_into_a_cameras_field_is_no_camera(make: str) -> None:
    evidence = found(jpeg_with(exif_segment(exif({marks.MAKE: make}, CAPTURE))))
    assert all(item.kind is not EvidenceKind.CAMERA for item in evidence)


@pytest.mark.parametrize("tag", [marks.MAKE, marks.MODEL, marks.SOFTWARE])
@pytest.mark.parametrize(
    "prompt", [A1111, "fog\nSteps: 20, Sampler: Euler a", "Prompt:{}", 'Fog {"a": 1}', "a lighthouse in fog, " * 4]
)
def test_a_prompt_is_never_shown_as_the_name_of_a_camera_or_a_program(tag: int, prompt: str) -> None:
    data = jpeg_with(exif_segment(exif({marks.MAKE: "Canon", tag: prompt}, CAPTURE)))
    shown = [text for item in found(data) for text in (item.words, *(text for _, text in item.detail))]
    assert not any("fog" in text.casefold() or "prompt" in text.casefold() for text in shown)


@pytest.mark.parametrize("tag", [marks.MAKE, marks.MODEL])
def test_a_name_of_nothing_that_can_be_seen_is_none(tag: int) -> None:
    tags: dict[int, marks.Value] = {marks.MAKE: "Ichos", marks.MODEL: "Ichos", tag: "\u200b \u200b"}
    fact = only(jpeg_with(exif_segment(exif(tags, CAPTURE))))
    assert dict(fact.detail)["Camera"] == "Ichos"


def test_a_name_without_facts_of_a_capture_says_nothing() -> None:
    fact = only(jpeg_with(exif_segment(exif(CAMERA, {marks.TAKEN: "2024:05:01 12:30:00"}))))
    assert (fact.strength, fact.says) == (Strength.CAMERA, Says.NOTHING)


def test_camera_facts_say_captured_and_that_anybody_can_write_them() -> None:
    fact = only(jpeg_with(exif_segment(camera_exif())))
    assert (fact.kind, fact.strength, fact.says) == (EvidenceKind.CAMERA, Strength.CAMERA, Says.CAPTURED)
    assert fact.words == "Carries camera facts: Ichos D1 (unsigned; anybody can write them)."
    assert dict(fact.detail) == {
        "Camera": "Ichos D1",
        "Lens": "35mm F2.8",
        "Taken": "2024:05:01 12:30:00",
        "Exposure": "1/250 s, f/2.8, ISO 200, 35 mm",
        "Maker notes": "present",
    }


def test_the_maker_is_not_said_twice_and_not_left_out() -> None:
    for maker, model, camera in (("NIKON CORPORATION", "NIKON D70", "NIKON D70"), ("Ichos", "D1", "Ichos D1")):
        fact = only(jpeg_with(exif_segment(exif({marks.MAKE: maker, marks.MODEL: model}, CAPTURE))))
        assert dict(fact.detail)["Camera"] == camera


def test_they_are_read_from_every_format_that_can_carry_them() -> None:
    block = camera_exif()
    for data in (
        png_with(chunk(b"eXIf", block)),
        marks.webp_with(exif_block=b"Exif\0\0" + block),
        encode(photo(64, 48), "AVIF", exif=block, speed=10),
        block,  # a TIFF without a picture
    ):
        assert only(data).says is Says.CAPTURED


def test_a_cameras_name_is_made_plain_and_short() -> None:
    fact = only(jpeg_with(exif_segment(exif({marks.MODEL: "evil\u202e\x1b[2J" + "x" * 50}, CAPTURE))))
    assert fact.words.isprintable()
    assert found(jpeg_with(exif_segment(exif({marks.MODEL: "x" * 5_000}, CAPTURE)))) == ()


# ---------------------------------------------------------------- thumbnails


@pytest.mark.parametrize("thumbnail", [b"", b"\xff\xd8\xff noise", thumbnail_of(photo(1_200, 900))])
def test_a_thumbnail_that_is_none_is_not_compared(thumbnail: bytes) -> None:
    assert thumbnail_likeness(thumbnail, PICTURE) is None


def test_flat_pictures_are_like_all_others_so_nothing_is_said() -> None:
    white = Image.new("RGB", (160, 120), "white")
    assert thumbnail_likeness(thumbnail_of(white), PICTURE) is None
    assert thumbnail_likeness(thumbnail_of(photo(160, 120)), raster(white)) is None


def upright(image: Image.Image) -> Image.Image:
    return image


def lying(image: Image.Image) -> Image.Image:
    return image.rotate(90, expand=True)


def barred(image: Image.Image) -> Image.Image:
    return ImageOps.pad(image.resize((160, 90)), (160, 120), color="black")


@pytest.mark.parametrize("change", [upright, ImageOps.mirror, ImageOps.flip, lying])
def test_a_thumbnail_matches_its_picture_whichever_way_it_is_turned(change: Callable[..., Image.Image]) -> None:
    likeness = thumbnail_likeness(thumbnail_of(change(photo(160, 120))), PICTURE)
    assert likeness is not None
    assert likeness > 0.98


def test_black_bars_around_a_thumbnail_do_not_matter() -> None:
    likeness = thumbnail_likeness(thumbnail_of(barred(photo(640, 360))), raster(photo(640, 360)))
    assert likeness is not None
    assert likeness > 0.98


def test_a_matching_thumbnail_is_one_more_fact() -> None:
    (fact,) = read_evidence(with_thumbnail(thumbnail_of(photo(160, 120))), "JPEG", raster=PICTURE)
    assert dict(fact.detail)["Thumbnail"] == "matches the picture"


def test_a_thumbnail_of_another_picture_is_flagged() -> None:
    other = thumbnail_of(pattern(16, 12).resize((160, 120), Image.Resampling.NEAREST))
    fact, flag = read_evidence(with_thumbnail(other), "JPEG", raster=PICTURE)
    assert dict(fact.detail)["Thumbnail"] == "shows another picture"
    assert (flag.kind, flag.strength, flag.says) == (
        EvidenceKind.CONTRADICTION,
        Strength.CONTRADICTION,
        Says.NOTHING,
    )
    assert "cropped, edited or replaced" in flag.words


def test_without_the_picture_nothing_is_said_of_its_thumbnail() -> None:
    other = thumbnail_of(pattern(16, 12).resize((160, 120)))
    fact = only(with_thumbnail(other))
    assert dict(fact.detail)["Thumbnail"] == "present, not compared"


def test_the_picture_is_left_alone() -> None:
    before = Raster(PICTURE.width, PICTURE.height, bytes(PICTURE.pixels))
    read_evidence(with_thumbnail(thumbnail_of(photo(160, 120))), "JPEG", raster=PICTURE)
    assert before == PICTURE
