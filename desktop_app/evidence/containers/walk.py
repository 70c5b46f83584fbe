"""From a file to its blocks of metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from desktop_app.core.errors import PictureError
from desktop_app.evidence.containers.blocks import BROKEN, Block, BrokenBlockError, Budget, OverLimitError
from desktop_app.evidence.containers.gif import gif_blocks
from desktop_app.evidence.containers.heif import heif_blocks
from desktop_app.evidence.containers.jpeg import jpeg_blocks
from desktop_app.evidence.containers.png import png_blocks
from desktop_app.evidence.containers.tiff import tiff_blocks
from desktop_app.evidence.containers.webp import webp_blocks

_WALKERS: dict[str, Callable[[bytes, Budget], Iterator[Block]]] = {
    "JPEG": jpeg_blocks,
    "PNG": png_blocks,
    "WEBP": webp_blocks,
    "GIF": gif_blocks,
    "TIFF": tiff_blocks,
    "AVIF": partial(heif_blocks, format_name="AVIF"),
    "HEIF": partial(heif_blocks, format_name="HEIF"),
}


def metadata_blocks(data: bytes, format_name: str, budget: Budget) -> Iterator[Block]:
    """Yield the blocks of metadata in a picture file; what is damaged or too large becomes a note in ``budget``.

    Args:
        data: the whole file.
        format_name: Pillow's name of its format, from :func:`desktop_app.imaging.sniff.sniff`; nothing is yielded
            for a format without metadata.
        budget: what the file may cost.
    """
    walker = _WALKERS.get(format_name)
    if walker is None:
        return
    try:
        yield from walker(data, budget)
    except OverLimitError:
        return  # it has left its note
    except (BrokenBlockError, PictureError):
        budget.note(BROKEN)
