"""Metadata goes, pixels stay."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from desktop_app.detectors.nim.containers import CannotStripError, TooLongError, read_orientation
from desktop_app.detectors.nim.strip import Stripped, strip
from tests.support import pictures
from tests.support.pictures import PNG_MAGIC, chunk, encode, photo

_PLENTY = 10_000_000
_SECRET = b"52.0907N-5.1214E-Secret"


def stripped(data: bytes) -> Stripped:
    return strip(data, _PLENTY)


def pixels(data: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(BytesIO(data)) as image:
        image.load()
        return image.mode, image.size, image.tobytes()


def exif_with_gps(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = _SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = _SECRET.decode()
    return exif.tobytes()


def segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def rich_jpeg(orientation: int = 1, **options: object) -> bytes:
    """A JPEG with secrets in every place that programs put them."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encode(
        photo(),
        "JPEG",
        **{
            "exif": exif_with_gps(orientation),
            "xmp": b"<x:xmpmeta>" + _SECRET + b"</x:xmpmeta>",
            "comment": _SECRET,
            "icc_profile": profile,
            **options,
        },
    )
    more = (
        segment(0xE0, b"JFXX\0\x10" + _SECRET)
        + segment(0xED, b"Photoshop 3.0\0" + _SECRET)
        + segment(0xEB, b"JP\0\0jumb" + _SECRET)
        + segment(0xE2, b"FPXR\0" + _SECRET)
        + segment(0xEF, _SECRET)
    )
    return data[:20] + more + data[20:] + b"trailing " + _SECRET


def rich_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("GPS", _SECRET.decode())
    info.add_text("Comment", _SECRET.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", _SECRET.decode())
    info.add(b"tIME", b"\x07\xe8\x01\x01\x01\x01\x01")
    info.add(b"prVt", _SECRET)
    return encode(photo(), pnginfo=info, exif=exif_with_gps(), dpi=(300, 300)) + b"trailing " + _SECRET


# ---------------------------------------------------------------- refused


def _without_end(data: bytes) -> bytes:
    return data[:-2]


def _second_start(data: bytes) -> bytes:
    return data[:2] + b"\xff\xd8" + data[2:]


def _garbage_between(data: bytes) -> bytes:
    return data[:20] + b"\0\0" + data[20:]


def _no_scan(data: bytes) -> bytes:
    return data[: data.index(b"\xff\xda")] + b"\xff\xd9"


def _two_frames(data: bytes) -> bytes:
    at = data.index(b"\xff\xc0")
    end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data[:end] + data[at:end] + data[end:]


def _arithmetic(data: bytes) -> bytes:
    return data.replace(b"\xff\xc0", b"\xff\xc9", 1)


def _twelve_bits(data: bytes) -> bytes:
    at = data.index(b"\xff\xc0")
    return data[: at + 4] + b"\x0c" + data[at + 5 :]


def _short_segment(data: bytes) -> bytes:
    return data[:2] + b"\xff\xe1\0\1" + data[2:]


def _long_segment(data: bytes) -> bytes:
    return data[:20] + b"\xff\xe1\xff\xff"


@pytest.mark.parametrize(
    "damage",
    [
        _without_end,
        _second_start,
        _garbage_between,
        _no_scan,
        _two_frames,
        _arithmetic,
        _twelve_bits,
        _short_segment,
        _long_segment,
    ],
)
def test_a_jpeg_that_is_not_by_the_book_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CannotStripError):
        stripped(damage(pictures.jpeg()))


def _png_with(*added: bytes) -> bytes:
    return pictures.png()[:33] + b"".join(added) + pictures.png()[33:]


@pytest.mark.parametrize(
    "data",
    [
        pictures.png()[:-12],
        pictures.png()[:-5],
        pictures.png()[:60],
        _png_with(chunk(b"ABCD", b"")),
        _png_with(chunk(b"ab?d", b"")),
        _png_with(chunk(b"IHDR", bytes(13))),
        _png_with(chunk(b"gAMA", b"\0\0\0\1", checksum=5)),
        PNG_MAGIC + chunk(b"IEND", b""),
        PNG_MAGIC + chunk(b"IDAT", b"") + chunk(b"IHDR", bytes(13)) + chunk(b"IEND", b""),
        pictures.png()[:-12] + chunk(b"PLTE", bytes(3)) + pictures.png()[-12:],
        pictures.png()[:-12] + chunk(b"gAMA", bytes(4)) + chunk(b"IDAT", b"") + pictures.png()[-12:],
        pictures.animated("PNG"),
    ],
)
def test_a_png_that_is_not_by_the_book_or_moves_is_refused(data: bytes) -> None:
    with pytest.raises(CannotStripError):
        stripped(data)


@pytest.mark.parametrize("name", sorted(set(pictures.FORMATS) - {"JPEG", "PNG"}))
def test_other_formats_are_refused(name: str) -> None:
    with pytest.raises(CannotStripError):
        stripped(pictures.FORMATS[name]())


@pytest.mark.parametrize("data", [pictures.jpeg(), pictures.png()])
def test_what_is_too_long_is_noticed_without_reading_on(data: bytes) -> None:
    with pytest.raises(TooLongError):
        strip(data[:5_000] + bytes(50_000_000), 1_000)


# ---------------------------------------------------------------- what goes, what stays


@pytest.mark.parametrize(
    "data", [rich_jpeg(), rich_jpeg(progressive=True), rich_jpeg(8, restart_marker_rows=2), rich_png()]
)
def test_everything_but_the_picture_goes_and_not_a_pixel_changes(data: bytes) -> None:
    assert data.count(_SECRET) >= 2
    result = stripped(data)
    assert _SECRET not in result.data
    assert b"GPS" not in result.data
    assert pixels(result.data) == pixels(data)


def test_a_thumbnail_in_the_jfif_header_goes() -> None:
    data = pictures.jpeg()
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\x02\x02" + _SECRET[:12]
    with_thumbnail = data[:2] + segment(0xE0, thumbnail) + data[20:]
    result = stripped(with_thumbnail).data
    assert _SECRET[:12] not in result
    assert pixels(result) == pixels(data)


def test_secrets_between_scans_go() -> None:
    data = pictures.jpeg(progressive=True)
    at = data.rindex(b"\xff\xda")
    result = stripped(data[:at] + segment(0xFE, _SECRET) + data[at:]).data
    assert _SECRET not in result
    assert pixels(result) == pixels(data)


def test_pictures_behind_the_first_go_with_their_index() -> None:
    data = pictures.mpo()
    result = stripped(data).data
    assert len(result) < len(data) * 0.7
    assert b"MPF" not in result
    assert pixels(result) == pixels(data)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_the_orientation_alone_stays(name: str, orientation: int) -> None:
    result = stripped(encode(photo(), name, exif=exif_with_gps(orientation)))
    assert result.orientation == orientation
    with Image.open(BytesIO(result.data)) as image:
        exif = image.getexif()
    assert dict(exif) == ({ExifTags.Base.Orientation: orientation} if orientation > 1 else {})
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo)


def test_what_says_how_numbers_become_colours_stays() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    jpeg = stripped(encode(photo().convert("CMYK"), "JPEG", icc_profile=profile)).data
    with Image.open(BytesIO(jpeg)) as image:
        assert image.mode == "CMYK"
        assert image.info["icc_profile"] == profile
        assert "adobe" in image.info
    png = stripped(_png_with(chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"sRGB", b"\0"))).data
    assert b"gAMA" in png
    assert b"sRGB" in png


def test_transparency_and_palettes_stay() -> None:
    palette = photo().quantize(16)
    for image in (palette, photo().convert("RGBA"), photo().convert("L")):
        data = encode(image)
        assert pixels(stripped(data).data) == pixels(data)
    see_through = encode(palette, transparency=3)
    with Image.open(BytesIO(stripped(see_through).data)) as image:
        assert image.info["transparency"] == 3


def test_a_text_with_a_wrong_checksum_is_no_reason_to_refuse() -> None:
    assert b"tEXt" not in stripped(pictures.with_bad_text_checksum()).data


def test_stripping_twice_changes_nothing() -> None:
    for data in (rich_jpeg(6), rich_png()):
        once = stripped(data).data
        assert stripped(once).data == once


# ---------------------------------------------------------------- anything at all

_BASES = {"jpeg": rich_jpeg(6), "progressive": pictures.jpeg(64, 48, progressive=True), "png": rich_png()}


@given(st.sampled_from(sorted(_BASES)), st.integers(0, 40_000), st.binary(max_size=8), st.booleans())
def test_damaged_files_are_refused_or_keep_their_pixels(name: str, at: int, bite: bytes, cut: bool) -> None:  # noqa: FBT001  # hypothesis fills it in
    data = _BASES[name]
    at %= len(data)
    damaged = data[:at] + bite + (b"" if cut else data[at + len(bite) :])
    try:
        result = stripped(damaged)
    except CannotStripError:
        return
    before = _decoded(damaged)
    assert before is None or _decoded(result.data) == before


def _decoded(data: bytes) -> bytes | None:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=("JPEG", "PNG")) as image:
            image.load()
            return image.tobytes()
    except (OSError, SyntaxError, ValueError):
        return None


@given(st.binary(max_size=80), st.sampled_from([b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
def test_any_exif_block_says_an_orientation_from_1_to_8(block: bytes, head: bytes) -> None:
    assert read_orientation(head + block) in range(1, 9)
