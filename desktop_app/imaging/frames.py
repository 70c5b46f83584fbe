"""What lies around the first frame: how many more there are, how large the canvas is, whether it is raw data."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from desktop_app.core.picture import Note
from desktop_app.imaging.borders import check_pixels

_ANIMATED = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
# These formats find their frames by walking through the file, which moves the plug-in's position.
_WALKED = frozenset({"GIF", "TIFF"})

# Where the extended WebP header keeps (width - 1) and (height - 1), 24 bits each, little endian (RFC 9649, 2.7).
_WEBP_EXTENDED_AT, _WEBP_EXTENDED = 12, b"VP8X"
_WEBP_WIDTH_AT, _WEBP_HEIGHT_AT, _WEBP_END = 24, 27, 30

_TAG_SUBFILE_TYPE, _TAG_SUB_IFDS, _TAG_DNG_VERSION = 0x00FE, 0x014A, 0xC612


def note_for(name: str) -> Note:
    """Return the note for a file of the format ``name`` that holds more than one picture."""
    return Note.FIRST_FRAME if name in _ANIMATED else Note.FIRST_PAGE


def count_frames(image: Image.Image, data: bytes, name: str) -> tuple[int, bool]:
    """Return (number of frames or pages, whether the later ones are damaged).

    What comes after the first frame can't hurt it: where the walk fails, two frames are reported if there is any
    second one.
    """
    try:
        walker = Image.open(BytesIO(data), formats=(name,)) if name in _WALKED else image
        return int(getattr(walker, "n_frames", 1)), False
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # Pillow raises nearly everything on broken later frames
        return (2 if getattr(image, "is_animated", False) else 1), True


def check_canvas(data: bytes, name: str, max_pixels: int) -> None:
    """Refuse an extended WebP by its header: libwebp allocates two canvases before Pillow can tell their size.

    Raises:
        TooManyPixelsError: over ``max_pixels``.
    """
    if name != "WEBP" or not data.startswith(_WEBP_EXTENDED, _WEBP_EXTENDED_AT) or len(data) < _WEBP_END:
        return
    width = 1 + int.from_bytes(data[_WEBP_WIDTH_AT:_WEBP_HEIGHT_AT], "little")
    height = 1 + int.from_bytes(data[_WEBP_HEIGHT_AT:_WEBP_END], "little")
    check_pixels(width, height, max_pixels)


def is_camera_raw(image: Image.Image) -> bool:
    """Whether a TIFF is raw sensor data (DNG, NEF, ARW, PEF) whose first picture is only a thumbnail.

    Raw files either say their DNG version, or begin with a "reduced-resolution image" and hide the sensor's in
    sub-directories (TIFF 6.0 supplement 1; DNG 1.7).
    """
    tags = getattr(image, "tag_v2", {})
    if _TAG_DNG_VERSION in tags:
        return True
    return _TAG_SUB_IFDS in tags and tags.get(_TAG_SUBFILE_TYPE) == 1
