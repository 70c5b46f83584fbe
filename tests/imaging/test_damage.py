"""Bad input: refused in one sentence, or read in spite of broken metadata; never half a picture."""

from __future__ import annotations

import struct
from collections.abc import Callable
from unittest import mock

import pytest
from PIL import Image, ImageFile

from desktop_app.core.errors import (
    DamagedPictureError,
    DecoderMemoryError,
    NotAPictureError,
    PictureError,
    TooManyPixelsError,
)
from desktop_app.core.picture import Note, ViewRule
from desktop_app.imaging.decode import decode
from desktop_app.imaging.reading import read_picture
from tests.support import pictures
from tests.support.pictures import encode, photo

TENTHS = [tenth / 10 for tenth in range(1, 10)]


@pytest.mark.parametrize("fraction", TENTHS)
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "BMP", "TIFF", "HEIF", "GIF"])
def test_a_picture_that_is_cut_off_is_never_used(name: str, fraction: float) -> None:
    data = pictures.truncated_at(pictures.FORMATS[name](), fraction)
    with pytest.raises(PictureError) as caught:
        decode(data)
    assert isinstance(caught.value, DamagedPictureError | NotAPictureError)


@pytest.mark.parametrize("fraction", TENTHS)
def test_a_scaled_jpeg_that_is_cut_off_is_never_used(fraction: float) -> None:
    with pytest.raises(DamagedPictureError):
        decode(pictures.truncated_at(pictures.jpeg(2048, 1536, progressive=True), fraction))


@pytest.mark.parametrize("length", range(2, 24))
def test_the_first_bytes_alone_are_no_picture(length: int) -> None:
    for make in pictures.FORMATS.values():
        with pytest.raises(PictureError):
            decode(make()[:length])


def test_pillow_is_never_told_to_accept_truncated_pictures() -> None:
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_text_with_a_picture_suffix_is_told_from_its_content() -> None:
    with pytest.raises(NotAPictureError, match="text file"):
        decode(b"I am photo.jpg, honestly\n")


def test_a_pixel_bomb_is_refused_with_both_numbers() -> None:
    bomb = pictures.pixel_bomb(22_000)
    assert len(bomb) < 10_000
    with mock.patch.object(Image, "MAX_IMAGE_PIXELS", None), pytest.raises(TooManyPixelsError) as caught:
        decode(bomb)
    assert caught.value.message == "This picture has 484 megapixels; the limit is 100."


def test_a_bomb_beyond_pillows_own_limit_is_refused_too() -> None:
    with pytest.raises(TooManyPixelsError):
        decode(pictures.pixel_bomb(30_000))


def test_a_webp_bomb_is_refused_before_its_canvas_is_allocated() -> None:
    with pytest.raises(TooManyPixelsError, match="This picture has 268 megapixels; the limit is 100"):
        decode(pictures.webp_bomb())


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (76_799, "This picture has 76,800 pixels; the limit is 76,799."),
        (10_000, "This picture has 0.077 megapixels; the limit is 0.01."),
    ],
)
def test_the_limit_is_exact_and_its_sentence_makes_sense(limit: int, message: str) -> None:
    with pytest.raises(TooManyPixelsError) as caught:
        decode(pictures.png(320, 240), max_pixels=limit)
    assert caught.value.message == message
    assert decode(pictures.png(320, 240), max_pixels=76_800).facts.width == 320


@pytest.mark.parametrize("size", [(65_535, 1), (1, 65_535)])
def test_the_longest_strips_are_pictures(size: tuple[int, int]) -> None:
    picture = decode(pictures.strip(*size), views=[ViewRule(32, 32)])
    assert picture.thumbnail is not None
    assert {picture.thumbnail.width, picture.thumbnail.height} == {256, 1}
    assert (picture.facts.width, picture.facts.height) == size


def test_the_longest_jpeg_strip_is_a_picture() -> None:
    picture = decode(pictures.strip(65_500, 1, "JPEG"), views=[ViewRule(32, 32)])
    assert Note.SCALED not in picture.facts.notes


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("make", [pictures.with_broken_exif, pictures.with_junk_exif])
def test_broken_exif_costs_only_a_note(name: str, make: Callable[[str], bytes]) -> None:
    picture = decode(make(name))
    assert picture.facts.notes == (Note.METADATA_DAMAGED,)
    assert (picture.facts.width, picture.facts.height) == (320, 240)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_broken_colour_profile_costs_only_a_note(name: str) -> None:
    assert decode(pictures.with_broken_profile(name)).facts.notes == (Note.ICC_IGNORED,)


@pytest.mark.parametrize("name", ["JPEG", "WEBP"])
def test_a_broken_xmp_packet_costs_nothing(name: str) -> None:
    assert decode(pictures.with_broken_xmp(name)).facts.width == 320


def test_a_text_bomb_in_a_png_costs_only_its_text() -> None:
    reading = read_picture(pictures.text_bomb())
    assert reading.image.tobytes() == photo(64, 48).tobytes()
    assert reading.facts.notes == (Note.METADATA_DAMAGED,)


def test_a_wrong_checksum_in_a_text_chunk_costs_only_its_text() -> None:
    reading = read_picture(pictures.with_bad_text_checksum())
    assert reading.image.tobytes() == photo(64, 48).tobytes()
    assert reading.facts.notes == (Note.METADATA_DAMAGED,)


def test_transparency_survives_when_metadata_is_dropped() -> None:
    clear = encode(Image.new("P", (4, 4), 0), transparency=0)
    after_header = len(pictures.PNG_MAGIC) + 25
    bad = clear[:after_header] + pictures.chunk(b"tEXt", b"k\0v", checksum=1) + clear[after_header:]
    assert set(decode(bad).facts.notes) == {Note.ALPHA_ON_WHITE, Note.METADATA_DAMAGED}


def test_a_jpeg_segment_that_pillow_chokes_on_is_left_out() -> None:
    data = pictures.jpeg()
    with mock.patch("PIL.JpegImagePlugin.APP", side_effect=SyntaxError("odd")) as handler:
        segment = b"\xff\xe2" + struct.pack(">H", 16) + b"ICC_PROFILE\0\1\1"
        from PIL import JpegImagePlugin

        with mock.patch.dict(JpegImagePlugin.MARKER, {0xFFE2: ("APP2", "", handler)}):
            picture = decode(data[:2] + segment + data[2:])
    assert picture.facts.notes == (Note.METADATA_DAMAGED,)


def test_damage_behind_the_first_frame_does_not_hurt_it() -> None:
    data = pictures.animated("GIF", 6)
    picture = decode(pictures.truncated_at(data, 0.8))
    assert picture.facts.frames > 1
    assert Note.FIRST_FRAME in picture.facts.notes


def test_a_memory_error_is_told_from_damage() -> None:
    turned, plain = pictures.jpeg(exif=pictures.exif(6)), pictures.png()
    with mock.patch.object(Image.Image, "transpose", side_effect=MemoryError), pytest.raises(DecoderMemoryError):
        decode(turned)
    said = OSError("out of memory error when reading image file")
    with mock.patch.object(ImageFile.ImageFile, "load", side_effect=said), pytest.raises(DecoderMemoryError):
        decode(plain)
