"""Pictures made on the spot, so that no test needs a file of unknown origin.

Everything is deterministic. ``photo`` is a smooth picture without any symmetry, so that a wrong turn, flip or
crop changes it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from tests.support.heic import grey_heic

ORIENTATION = 0x0112
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def photo(width: int = 320, height: int = 240) -> Image.Image:
    """Return an RGB picture with gradients, a disc and a line; no symmetry."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    round_ = Image.radial_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, down, round_))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 8, height // 8, width // 3, height // 2), fill=(250, 40, 30))
    draw.line((width // 2, height - 1, width - 1, height // 3), fill=(10, 10, 10), width=max(1, width // 40))
    return image


def pattern(width: int, height: int) -> Image.Image:
    """Return an RGB picture made of arithmetic alone, the same with every Pillow: for golden values."""
    cells = ((x * x + 3 * y * y + x * y * (band + 1) + 85 * band) % 256
             for y in range(height) for x in range(width) for band in range(3))  # fmt: skip
    return Image.frombytes("RGB", (width, height), bytes(cells))


def encode(image: Image.Image, name: str = "PNG", **options: object) -> bytes:
    """Return ``image`` in Pillow's format ``name``; ``options`` go to ``Image.save``."""
    stream = BytesIO()
    image.save(stream, name, **options)
    return stream.getvalue()


def jpeg(width: int = 320, height: int = 240, **options: object) -> bytes:
    """Return a JPEG of :func:`photo`."""
    return encode(photo(width, height), "JPEG", **{"quality": 90, **options})


def png(width: int = 320, height: int = 240, **options: object) -> bytes:
    """Return a PNG of :func:`photo`."""
    return encode(photo(width, height), "PNG", **options)


def heic(width: int = 64, height: int = 32, *, quarter_turns: int = 0) -> bytes:
    """Return a grey HEIC; sides are multiples of 32, ``quarter_turns`` go anticlockwise."""
    return grey_heic(width, height, heic_levels(width, height), quarter_turns=quarter_turns)


def heic_levels(width: int = 64, height: int = 32) -> bytes:
    """Return the grey levels in :func:`heic`, before it is turned."""
    return bytes((3 * x + y) % 256 for y in range(height) for x in range(width))


FORMATS: dict[str, Callable[[], bytes]] = {
    "JPEG": cache(jpeg),
    "PNG": cache(png),
    "WEBP": cache(lambda: encode(photo(), "WEBP", quality=90)),
    "GIF": cache(lambda: encode(photo(), "GIF")),
    "BMP": cache(lambda: encode(photo(), "BMP")),
    "TIFF": cache(lambda: encode(photo(), "TIFF")),
    "AVIF": cache(lambda: encode(photo(), "AVIF", quality=90, speed=10)),
    "HEIF": cache(heic),
}
"""One ordinary picture a format, by Pillow's name."""


# ---------------------------------------------------------------- orientation and metadata


def exif(orientation: int) -> bytes:
    """Return an EXIF block that holds an orientation, 1 to 8."""
    block = Image.Exif()
    block[ORIENTATION] = orientation
    return block.tobytes()


def stored_turned(image: Image.Image, orientation: int) -> Image.Image:
    """Return ``image`` as a camera stores it that writes this EXIF orientation."""
    back: dict[int, Callable[[Image.Image], Image.Image]] = {
        1: lambda upright: upright,
        2: ImageOps.mirror,
        3: lambda upright: upright.rotate(180),
        4: ImageOps.flip,
        5: lambda upright: upright.transpose(Image.Transpose.TRANSPOSE),
        6: lambda upright: upright.transpose(Image.Transpose.ROTATE_90),
        7: lambda upright: upright.transpose(Image.Transpose.TRANSVERSE),
        8: lambda upright: upright.transpose(Image.Transpose.ROTATE_270),
    }
    return back[orientation](image)


def with_broken_exif(name: str = "JPEG") -> bytes:
    """Return a picture whose EXIF block is noise behind a valid start."""
    return encode(photo(), name, exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xa5" * 200)


def with_junk_exif(name: str = "JPEG") -> bytes:
    """Return a picture whose EXIF block isn't even the beginning of one."""
    return encode(photo(), name, exif=b"Exif\0\0" + b"\xde\xad\xbe\xef" * 50)


def with_broken_profile(name: str = "JPEG") -> bytes:
    """Return a picture whose colour profile is noise."""
    return encode(photo(), name, icc_profile=b"\xa5" * 300)


def with_broken_xmp(name: str = "JPEG") -> bytes:
    """Return a picture whose XMP packet is not XML."""
    return encode(photo(), name, xmp=b"<x:xmpmeta tiff:Orientation=\xff\xfe>><<&&" * 5)


# ---------------------------------------------------------------- PNG by hand


def chunk(name: bytes, data: bytes, *, checksum: int | None = None) -> bytes:
    """Return a PNG chunk, with its right checksum unless another is given."""
    right = zlib.crc32(name + data) if checksum is None else checksum
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", right)


def png_from_rows(
    size: tuple[int, int], depth: int, colour_type: int, rows: bytes, extra: Iterable[bytes] = ()
) -> bytes:
    """Return a PNG of raw rows, each with its filter byte; ``extra`` chunks go before the pixels."""
    header = struct.pack(">IIBBBBB", *size, depth, colour_type, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b"")]
    return PNG_MAGIC + b"".join(parts)


def png16(channels: int, levels: Sequence[int]) -> bytes:
    """Return a PNG one pixel high whose pixels have the same 16-bit level in all channels (1, 2, 3 or 4)."""
    colour_type = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    row = b"\0" + b"".join(struct.pack(">H", level) * channels for level in levels)
    return png_from_rows((len(levels), 1), 16, colour_type, row)


def pixel_bomb(side: int = 30_000) -> bytes:
    """Return a 1-bit PNG of ``side`` x ``side`` pixels in some kilobytes; its rows are not even all there."""
    return png_from_rows((side, side), 1, 0, b"\0" * 100_000)


def text_bomb(megabytes: int = 70) -> bytes:
    """Return a small PNG with a text chunk that unpacks to ``megabytes``, more than Pillow bears (64)."""
    text = zlib.compress(b"\0" * (megabytes * 1024 * 1024), 9)
    return _with_chunk(png(64, 48), chunk(b"zTXt", b"bomb\0\0" + text))


def with_bad_text_checksum() -> bytes:
    """Return a PNG with a text chunk whose checksum is wrong."""
    return _with_chunk(png(64, 48), chunk(b"tEXt", b"k\0v", checksum=1))


def _with_chunk(picture: bytes, added: bytes) -> bytes:
    after_header = len(PNG_MAGIC) + 25
    return picture[:after_header] + added + picture[after_header:]


def webp_bomb(side: int = 16_384) -> bytes:
    """Return an extended WebP whose header alone says ``side`` x ``side`` pixels."""
    canvas = (side - 1).to_bytes(3, "little") * 2
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


# ---------------------------------------------------------------- several frames, damage


def animated(name: str = "GIF", count: int = 3) -> bytes:
    """Return an animation whose frames are all different; works for GIF, PNG, WEBP, AVIF and pages of a TIFF."""
    first, *others = (photo(64, 48).rotate(90 * number) for number in range(count))
    return encode(first, name, save_all=True, append_images=others)


def mpo(count: int = 2) -> bytes:
    """Return a JPEG with further JPEGs behind it, as stereo and HDR phones write them."""
    first, *others = (photo(640, 480).rotate(90 * number) for number in range(count))
    return encode(first, "MPO", save_all=True, append_images=others)


def truncated_at(data: bytes, fraction: float) -> bytes:
    """Return the first part of ``data``; ``fraction`` from 0 to 1."""
    return data[: int(len(data) * fraction)]


def strip(width: int, height: int, name: str = "PNG") -> bytes:
    """Return an extremely long picture."""
    return encode(Image.linear_gradient("L").resize((width, height)).convert("RGB"), name)
