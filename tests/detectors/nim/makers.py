"""Pictures with secrets in every place that programs put them, and what is left of them."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from desktop_app.detectors.nim.strip import Stripped, strip
from tests.support.pictures import encode, photo

PLENTY = 10_000_000
SECRET = b"52.0907N-5.1214E-Secret"


def stripped(data: bytes) -> Stripped:
    return strip(data, PLENTY)


def pixels(data: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(BytesIO(data)) as image:
        image.load()
        return image.mode, image.size, image.tobytes()


def exif_with_gps(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = SECRET.decode()
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
            "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
            "comment": SECRET,
            "icc_profile": profile,
            **options,
        },
    )
    more = (
        segment(0xE0, b"JFXX\0\x10" + SECRET)
        + segment(0xED, b"Photoshop 3.0\0" + SECRET)
        + segment(0xEB, b"JP\0\0jumb" + SECRET)
        + segment(0xE2, b"FPXR\0" + SECRET)
        + segment(0xEF, SECRET)
    )
    return data[:20] + more + data[20:] + b"trailing " + SECRET


def rich_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("GPS", SECRET.decode())
    info.add_text("Comment", SECRET.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    info.add(b"tIME", b"\x07\xe8\x01\x01\x01\x01\x01")
    info.add(b"prVt", SECRET)
    return encode(photo(), pnginfo=info, exif=exif_with_gps(), dpi=(300, 300)) + b"trailing " + SECRET


def png_with(*added: bytes) -> bytes:
    """Return a PNG with further chunks behind its header."""
    plain = encode(photo())
    return plain[:33] + b"".join(added) + plain[33:]
