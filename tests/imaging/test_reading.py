"""Every way to store a picture comes out upright, RGB and whole, and says what was done to it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat, TiffImagePlugin

from desktop_app.core.errors import DamagedPictureError, NotAPictureError
from desktop_app.core.picture import Note, PictureFacts
from desktop_app.imaging.reading import Reading, read_picture
from tests.support import pictures
from tests.support.pictures import encode, photo


def pixels(reading: Reading) -> list[tuple[int, ...]]:
    raw = reading.image.tobytes()
    return [tuple(raw[at : at + 3]) for at in range(0, len(raw), 3)]


def at_least_256(_width: int, _height: int) -> int:
    return 256


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean absolute difference of two RGB images, 0 to 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize(("name", "make"), pictures.FORMATS.items(), ids=pictures.FORMATS.keys())
def test_an_ordinary_picture_needs_no_note(name: str, make: Callable[[], bytes]) -> None:
    reading = read_picture(make())
    size = (64, 32) if name == "HEIF" else (320, 240)
    assert reading.image.mode == "RGB"
    assert reading.image.size == size
    assert reading.facts == PictureFacts(name, *size)


@pytest.mark.parametrize("name", ["PNG", "BMP", "TIFF"])
def test_a_lossless_picture_comes_back_bit_for_bit(name: str) -> None:
    assert read_picture(encode(photo(), name)).image.tobytes() == photo().tobytes()


def test_heic_comes_back_bit_for_bit() -> None:
    assert read_picture(pictures.heic()).image.getchannel("R").tobytes() == pictures.heic_levels()


def test_heic_is_turned_by_its_own_property() -> None:
    reading = read_picture(pictures.heic(quarter_turns=1))
    stored = Image.frombytes("L", (64, 32), pictures.heic_levels())
    assert (reading.facts.width, reading.facts.height) == (32, 64)
    assert reading.image.getchannel("R").tobytes() == stored.rotate(90, expand=True).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_each_orientation_stands_upright(name: str, orientation: int) -> None:
    options = {"AVIF": {"speed": 10}}.get(name, {})
    stored = pictures.stored_turned(photo(), orientation)
    reading = read_picture(encode(stored, name, quality=95, exif=pictures.exif(orientation), **options))
    assert (reading.facts.width, reading.facts.height) == reading.image.size == (320, 240)
    assert difference(reading.image, photo()) < 4
    assert (Note.ROTATED in reading.facts.notes) == (orientation > 1)


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_orientation_that_does_not_exist_is_ignored(orientation: int) -> None:
    reading = read_picture(pictures.jpeg(exif=pictures.exif(orientation)))
    assert reading.facts == PictureFacts("JPEG", 320, 240)


def test_transparent_parts_become_white() -> None:
    image = Image.new("RGBA", (3, 1))
    image.putdata([(0, 0, 0, 0), (255, 0, 0, 255), (0, 0, 0, 128)])
    reading = read_picture(encode(image))
    assert pixels(reading) == [(255, 255, 255), (255, 0, 0), (127, 127, 127)]
    assert reading.facts.notes == (Note.ALPHA_ON_WHITE,)


def test_an_opaque_alpha_channel_is_not_worth_a_note() -> None:
    reading = read_picture(encode(photo().convert("RGBA")))
    assert reading.facts.notes == ()
    assert reading.image.tobytes() == photo().tobytes()


def test_grey_with_alpha_goes_on_white() -> None:
    image = Image.new("LA", (2, 1))
    image.putdata([(0, 0), (10, 255)])
    assert pixels(read_picture(encode(image))) == [(255, 255, 255), (10, 10, 10)]


@pytest.mark.parametrize("name", ["PNG", "GIF"])
def test_a_transparent_palette_colour_becomes_white(name: str) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([0, 0, 255, 255, 0, 0])
    image.putdata([0, 1])
    reading = read_picture(encode(image, name, transparency=0))
    assert pixels(reading) == [(255, 255, 255), (255, 0, 0)]
    assert reading.facts.notes == (Note.ALPHA_ON_WHITE,)


def test_a_palette_of_many_transparencies_is_blended() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([0, 0, 0, 0, 0, 0])
    image.putdata([0, 1])
    assert pixels(read_picture(encode(image, transparency=b"\x00\x80"))) == [(255,) * 3, (127,) * 3]


@pytest.mark.parametrize(("mode", "colour"), [("RGB", (9, 9, 9)), ("L", 9), ("1", 0)])
def test_a_transparent_colour_becomes_white(mode: str, colour: tuple[int, ...] | int) -> None:
    image = Image.new(mode, (1, 1), colour)
    assert pixels(read_picture(encode(image, transparency=colour))) == [(255, 255, 255)]


def test_one_bit_becomes_black_and_white() -> None:
    image = Image.new("1", (2, 1))
    image.putdata([0, 255])
    assert pixels(read_picture(encode(image))) == [(0, 0, 0), (255, 255, 255)]


@pytest.mark.parametrize("channels", [1, 3])
def test_sixteen_bits_are_scaled_and_not_clipped(channels: int) -> None:
    reading = read_picture(pictures.png16(channels, [0, 255, 30_000, 65_535]))
    assert [pixel[0] for pixel in pixels(reading)] == [0, 0, 117, 255]
    assert reading.facts.notes == (Note.SIXTEEN_BIT,)


@pytest.mark.parametrize("channels", [2, 4])
def test_sixteen_bits_with_alpha_are_scaled_too(channels: int) -> None:
    reading = read_picture(pictures.png16(channels, [65_535]))
    assert pixels(reading) == [(255, 255, 255)]
    assert reading.facts.notes == (Note.SIXTEEN_BIT,)


@pytest.mark.parametrize(("mode", "order"), [("I;16", "<4H"), ("I;16B", ">4H")])
def test_sixteen_bit_tiff_is_scaled_in_both_byte_orders(mode: str, order: str) -> None:
    raw = struct.pack(order, 0, 255, 30_000, 65_535)
    reading = read_picture(encode(Image.frombytes(mode, (4, 1), raw), "TIFF"))
    assert [pixel[0] for pixel in pixels(reading)] == [0, 0, 117, 255]
    assert reading.facts.notes == (Note.SIXTEEN_BIT,)


@pytest.mark.parametrize(
    ("mode", "levels", "expected"),
    [
        ("I", [0, 128, 255], [0, 128, 255]),
        ("I", [0, 256, 65_535], [0, 1, 255]),
        ("I", [-100, 0, 100], [0, 127, 255]),
        ("I", [0, 1_000_000, 2_000_000], [0, 127, 255]),
        ("F", [0.0, 0.5, 1.0], [0, 127, 255]),
        ("F", [0.0, 128.0, 255.0], [0, 128, 255]),
        ("F", [0.0, 32_768.0, 65_535.0], [0, 128, 255]),
        ("F", [-2.0, -2.0, -2.0], [0, 0, 0]),
    ],
)
def test_deep_grey_keeps_its_range(mode: str, levels: list[float], expected: list[int]) -> None:
    image = Image.new(mode, (3, 1))
    image.putdata(levels)
    reading = read_picture(encode(image, "TIFF"))
    assert [pixel[0] for pixel in pixels(reading)] == pytest.approx(expected, abs=1)
    assert reading.facts.notes == (Note.SIXTEEN_BIT,)


@pytest.mark.parametrize("level", [float("nan"), float("inf")])
def test_numbers_that_are_no_colours_are_damage(level: float) -> None:
    image = Image.new("F", (2, 1))
    image.putdata([level, level])
    with pytest.raises(DamagedPictureError, match="not colours"):
        read_picture(encode(image, "TIFF"))


@pytest.mark.parametrize("name", ["JPEG", "TIFF"])
def test_print_colours_are_converted(name: str) -> None:
    reading = read_picture(encode(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), name))
    red, green, blue = pixels(reading)[0]
    assert red > 200
    assert max(green, blue) < 40
    assert reading.facts.notes == (Note.CMYK,)


def test_lab_colours_are_converted() -> None:
    reading = read_picture(encode(Image.new("LAB", (2, 2), (255, 128, 128)), "TIFF"))
    assert min(pixels(reading)[0]) > 240


def test_a_colour_profile_is_named_and_not_applied() -> None:
    reading = read_picture(encode(photo(), icc_profile=b"Display P3" * 20))
    assert reading.facts.notes == (Note.ICC_IGNORED,)
    assert reading.image.tobytes() == photo().tobytes()


def test_an_srgb_profile_is_not_worth_a_note() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert read_picture(encode(photo(), icc_profile=profile)).facts.notes == ()


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("GIF", Note.FIRST_FRAME),
        ("PNG", Note.FIRST_FRAME),
        ("WEBP", Note.FIRST_FRAME),
        ("AVIF", Note.FIRST_FRAME),
        ("TIFF", Note.FIRST_PAGE),
    ],
)
def test_only_the_first_frame_is_read(name: str, note: Note) -> None:
    reading = read_picture(pictures.animated(name))
    assert (reading.facts.format, reading.facts.frames) == (name, 3)
    assert note in reading.facts.notes
    assert difference(reading.image, photo(64, 48)) < 16


def test_further_pictures_behind_a_jpeg_are_counted() -> None:
    reading = read_picture(pictures.mpo())
    assert (reading.facts.format, reading.facts.frames) == ("JPEG", 2)
    assert reading.facts.notes == (Note.FIRST_PAGE,)
    assert difference(reading.image, photo(640, 480)) < 8


def test_a_raw_file_in_tiff_clothes_is_refused() -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[50706] = b"\1\4\0\0"
    with pytest.raises(NotAPictureError, match="camera raw"):
        read_picture(encode(photo(64, 48), "TIFF", tiffinfo=tags))


def test_a_raw_file_that_begins_with_its_thumbnail_is_refused() -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[254], tags[330] = 1, 8
    with pytest.raises(NotAPictureError, match="camera raw"):
        read_picture(encode(photo(64, 48), "TIFF", tiffinfo=tags))


def test_a_jpeg_is_decoded_whole_unless_asked() -> None:
    reading = read_picture(pictures.jpeg(2048, 1024))
    assert reading.image.size == (2048, 1024)
    assert Note.SCALED not in reading.facts.notes


@pytest.mark.parametrize(
    ("size", "longer_side", "scaled"),
    [
        ((2048, 1024), 256, (512, 256)),
        ((1024, 2048), 256, (256, 512)),
        ((2047, 1023), 256, (1024, 512)),
        ((511, 511), 256, (511, 511)),
        ((512, 512), 256, (256, 256)),
        ((4000, 200), 256, (4000, 200)),
        ((2048, 1024), 600, (1024, 512)),
        ((2048, 1024), 1600, (2048, 1024)),
    ],
)
def test_a_scaled_jpeg_keeps_256_pixels_and_what_is_asked_for(
    size: tuple[int, int], longer_side: int, scaled: tuple[int, int]
) -> None:
    reading = read_picture(pictures.jpeg(*size), longer_side=lambda _width, _height: longer_side)
    assert reading.image.size == scaled
    assert (reading.facts.width, reading.facts.height) == size
    assert (Note.SCALED in reading.facts.notes) == (scaled != size)


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_scale_is_asked_for_once_the_size_as_stored_is_known(orientation: int) -> None:
    asked = []

    def every_pixel(width: int, height: int) -> None:
        asked.append((width, height))

    reading = read_picture(pictures.jpeg(2048, 1024, exif=pictures.exif(orientation)), longer_side=every_pixel)
    assert asked == [(2048, 1024)]
    assert Note.SCALED not in reading.facts.notes


def test_a_turned_and_scaled_jpeg_reports_its_whole_upright_size() -> None:
    reading = read_picture(pictures.jpeg(2048, 1024, exif=pictures.exif(6)), longer_side=at_least_256)
    assert (reading.facts.width, reading.facts.height) == (1024, 2048)
    assert reading.image.size == (256, 512)
    assert reading.facts.notes == (Note.ROTATED, Note.SCALED)


def test_only_jpegs_are_scaled() -> None:
    assert read_picture(pictures.png(2048, 1024), longer_side=at_least_256).image.size == (2048, 1024)


def test_the_source_bytes_are_left_alone() -> None:
    data = pictures.jpeg()
    before = bytes(data)
    read_picture(data)
    assert data == before
    assert Image.open(BytesIO(data)).size == (320, 240)
