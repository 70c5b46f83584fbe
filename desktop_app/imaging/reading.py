"""One picture file read into one upright, flattened RGB image."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from desktop_app.core.errors import NotAPictureError
from desktop_app.core.picture import Note, PictureFacts, ViewRule
from desktop_app.imaging import frames
from desktop_app.imaging.borders import check_pixels, pillow_border
from desktop_app.imaging.flatten import flatten
from desktop_app.imaging.metadata import SIDEWAYS, has_foreign_colours, read_turn, without_metadata
from desktop_app.imaging.plugins import load_plugin
from desktop_app.imaging.sniff import Signature, sniff
from desktop_app.imaging.strangers import CAMERA_RAW

MAX_PIXELS = 100_000_000
"""Most pixels of a picture that is read, unless something else is asked for."""

SCALED_SIDE = 256
"""Shorter side, in pixels, that a JPEG keeps at least when it is decoded at reduced scale.

Part of the preprocessing contract: a model's view is made from this scale whatever else was asked for, so the
same file always gives the same pixels. Smaller JPEGs are decoded whole; so is every JPEG for a view that is larger
than this or cut out at its own pixels.
"""


def contract_side(views: Iterable[ViewRule], width: int, height: int) -> int | None:
    """Return the ``longer_side`` to read a picture of this size with for these views: None is every pixel.

    Every pixel is needed for large views and for those that are cut out of the picture.
    """
    wanted = [rule for rule in views if rule.wanted(width, height)]
    largest = max((side for rule in wanted for side in (rule.width, rule.height)), default=0)
    return None if largest > SCALED_SIDE or any(rule.cuts for rule in wanted) else SCALED_SIDE


LongerSide = Callable[[int, int], int | None]
"""From a picture's width and height to the least longer side to read it with; None is every pixel."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An upright RGB image, perhaps at reduced scale, and the facts of the whole picture."""

    image: Image.Image
    facts: PictureFacts


def read_picture(
    data: bytes,
    *,
    max_pixels: int = MAX_PIXELS,
    longer_side: LongerSide | None = None,
    extra: Sequence[Signature] = (),
) -> Reading:
    """Decode the first frame of a picture file.

    Args:
        data: the whole file.
        max_pixels: refused before decoding when the header says more.
        longer_side: None, or None from it, decodes every pixel. A number allows a JPEG to be decoded at 1/2, 1/4
            or 1/8 scale (in the DCT, so four times faster) as long as its shorter side keeps
            :data:`SCALED_SIDE` and its longer side this many pixels. It is asked once the size is known.
        extra: further signatures, for tests.

    Raises:
        NotAPictureError: none of the formats that are read.
        TooManyPixelsError: over ``max_pixels``.
        DamagedPictureError: cut off or broken; no part of such a picture is ever used.
        DecoderMemoryError: not enough memory.
    """
    name = sniff(data, extra)
    with pillow_border() as warned:
        frames.check_canvas(data, name, max_pixels)
        loaded, metadata_damaged = _load_somehow(data, name, max_pixels, longer_side)
        reading = _finish(loaded, data, name)
        # Pillow says UserWarning for broken tags and chunks; deprecations and the like are not about the file.
        metadata_damaged |= any(warning.category is UserWarning for warning in warned)
        return _with_note(reading, Note.METADATA_DAMAGED) if metadata_damaged else reading


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Pixels as stored. ``size`` is that of the whole picture, ``turned`` whether Pillow put it upright itself."""

    image: Image.Image
    size: tuple[int, int]
    scaled: bool
    deep: bool
    turned: bool


def _load_somehow(data: bytes, name: str, max_pixels: int, longer_side: LongerSide | None) -> tuple[_Loaded, bool]:
    """Load the picture; where its metadata may be what is broken, without them. Returns (it, whether so)."""
    try:
        return _load(data, name, max_pixels, longer_side), False
    except (SyntaxError, ValueError, UnidentifiedImageError):
        # Unidentified is Pillow's word for anything wrong in a header. Pixels that end early are an OSError.
        bare = without_metadata(data, name)
        if bare == data:
            raise
    return _load(bare, name, max_pixels, longer_side), True


def _load(data: bytes, name: str, max_pixels: int, longer_side: LongerSide | None) -> _Loaded:
    load_plugin(name)
    image = Image.open(BytesIO(data), formats=(name,))
    size = image.size
    check_pixels(*size, max_pixels)
    if name == "TIFF" and frames.is_camera_raw(image):
        raise NotAPictureError(*CAMERA_RAW)
    deep = any(";16" in str(tile.args) for tile in image.tile)
    # TIFF alone is turned by its plug-in while it loads; its header already gives the upright size.
    turned = name == "TIFF" and _turn_of(image)[0] is not None
    least = longer_side(*size) if longer_side is not None else None
    if least is not None:
        _draft(image, least)
    scaled = image.size != size
    image.load()
    return _Loaded(image, size if scaled else image.size, scaled, deep, turned)


def _draft(image: Image.Image, longer_side: int) -> None:
    # Pillow takes the coarsest scale that leaves both sides at least so long; only JPEG has any.
    longer, shorter = max(longer_side, SCALED_SIDE), SCALED_SIDE
    image.draft(None, (longer, shorter) if image.width >= image.height else (shorter, longer))


def _turn_of(image: Image.Image) -> tuple[Image.Transpose | None, bool]:
    """Return (how to turn the picture, whether its EXIF is damaged)."""
    try:
        return read_turn(image), False
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # Pillow's EXIF reader raises nearly everything; the pixels are fine
        return None, True


def _finish(loaded: _Loaded, data: bytes, name: str) -> Reading:
    notes: list[Note] = []
    count, frames_damaged = frames.count_frames(loaded.image, data, name)
    if count > 1:
        notes.append(frames.note_for(name))
    turn, exif_damaged = _turn_of(loaded.image)
    if turn is not None or loaded.turned:
        notes.append(Note.ROTATED)
    if has_foreign_colours(loaded.image):
        notes.append(Note.ICC_IGNORED)
    image, colour_notes = flatten(loaded.image)
    notes.extend(colour_notes)
    if loaded.deep and Note.SIXTEEN_BIT not in notes:
        notes.append(Note.SIXTEEN_BIT)
    if loaded.scaled:
        notes.append(Note.SCALED)
    if exif_damaged or frames_damaged:
        notes.append(Note.METADATA_DAMAGED)
    width, height = loaded.size
    if turn is not None:
        image = image.transpose(turn)
        width, height = (height, width) if turn in SIDEWAYS else (width, height)
    return Reading(image, PictureFacts(name, width, height, count, tuple(notes)))


def _with_note(reading: Reading, note: Note) -> Reading:
    if note in reading.facts.notes:
        return reading
    return replace(reading, facts=replace(reading.facts, notes=(*reading.facts.notes, note)))
