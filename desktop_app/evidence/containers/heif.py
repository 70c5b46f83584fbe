"""Metadata in HEIC and AVIF, as Pillow's plug-ins for them give it out (libheif and libavif walk the boxes)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from desktop_app.evidence.containers.blocks import Block, BlockKind, Budget, exif_block
from desktop_app.imaging.borders import pillow_border
from desktop_app.imaging.plugins import load_plugin


def heif_blocks(data: bytes, budget: Budget, format_name: str) -> Iterator[Block]:
    """Yield the EXIF and XMP items of the first picture; its pixels are not decoded.

    Raises:
        PictureError: the plug-in can't read the file.
    """
    with pillow_border():
        load_plugin(format_name)
        with Image.open(BytesIO(data), formats=(format_name,)) as image:
            exif, xmp = image.info.get("exif"), image.info.get("xmp")
    if isinstance(exif, bytes) and exif and budget.allows(len(exif)):
        yield exif_block(exif, f"EXIF in {format_name}")
    if isinstance(xmp, bytes) and xmp and budget.allows(len(xmp)):
        yield Block(BlockKind.XMP, f"XMP in {format_name}", xmp)
