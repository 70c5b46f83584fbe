"""A decoded picture as it travels between processes and threads: facts and plain RGB bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Raster:
    """RGB pixels, 8 bits a channel, row after row from the top, without padding.

    ``len(pixels) == width * height * 3``.
    """

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class ViewRule:
    """One view of a picture that a model wants to see; part of the model (see its card).

    Attributes:
        width, height: the view's size in pixels.
        crop: ``centre_square`` takes the largest centred square; ``whole`` takes everything and lets the
            proportions change.
        resize: ``bilinear`` is Pillow's BILINEAR, which widens its kernel when shrinking (antialiased). OpenCV's
            and torch's default "bilinear" are not, and flip most verdicts.
    """

    width: int
    height: int
    crop: Literal["centre_square", "whole"] = "centre_square"
    resize: Literal["bilinear"] = "bilinear"


class Note(Enum):
    """Something about how the picture was read that people should know; the value is the sentence."""

    FIRST_FRAME = "Animated: only the first frame was checked."
    FIRST_PAGE = "Several pictures in one file: only the first was checked."
    ROTATED = "Turned upright as its EXIF orientation says."
    ALPHA_ON_WHITE = "Transparent parts were put on white."
    CMYK = "Converted from CMYK print colours."
    SIXTEEN_BIT = "Reduced from 16 to 8 bits a channel."
    ICC_IGNORED = "Its colour profile was not applied."
    SCALED = "Read at reduced scale, straight from the JPEG."
    METADATA_DAMAGED = "Part of its metadata is damaged and was ignored."
    RE_ENCODED = "Another program re-encoded this picture before it arrived; metadata can't have survived."


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What the file says about its pixels.

    Attributes:
        format: Pillow's name of the format found in the content: ``JPEG``, ``PNG``, ``HEIF`` …
        width, height: pixels, after the EXIF orientation was applied.
        frames: number of frames or pages; 1 for a still picture.
        notes: what was done to the picture on the way in.
    """

    format: str
    width: int
    height: int
    frames: int = 1
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded picture: facts, a thumbnail and the views that the detector asked for, in its order."""

    facts: PictureFacts
    thumbnail: Raster | None
    views: tuple[Raster, ...] = ()
