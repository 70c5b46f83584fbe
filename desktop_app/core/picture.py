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
class ShrinkRule:
    """A smaller copy of the picture that views are cut from. All numbers are pixels of the shorter side.

    Attributes:
        side: what the copy has where the picture is large enough.
        share: the copy has at most this part of the picture's own, over 0 and under 1, ...
        least: ... but not less than this. A picture that has no more than that is its own copy.
    """

    side: int
    share: float
    least: int


VIEWS_OF_CROP = {"centre_square": 1, "whole": 1, "quarters": 4, "halves": 2}
"""How many views each way to cut gives."""


@dataclass(frozen=True, slots=True)
class ViewRule:
    """One or several views of a picture that a model wants to see; part of the model (see its card).

    Attributes:
        width, height: each view's size in pixels.
        crop: ``centre_square`` takes the largest centred square, ``whole`` takes everything and lets the
            proportions change; both are then resized. ``quarters`` and ``halves`` cut views out at their own
            pixels: one in the middle of each quarter, or of each half along the longer side, pushed inside where
            it would stick out.
        resize: ``bilinear`` is Pillow's BILINEAR, which widens its kernel when shrinking (antialiased). OpenCV's
            and torch's default "bilinear" are not, and flip most verdicts.
        shrink: the copy to cut from; None for the picture's own pixels.
        jpeg_quality: every view is saved once as JPEG of this quality, 4:2:0, and read again; None for not.
        shorter_from, shorter_to: pictures whose shorter side is under or over these pixels need no such views.
    """

    width: int
    height: int
    crop: Literal["centre_square", "whole", "quarters", "halves"] = "centre_square"
    resize: Literal["bilinear"] = "bilinear"
    shrink: ShrinkRule | None = None
    jpeg_quality: int | None = None
    shorter_from: int = 1
    shorter_to: int | None = None

    @property
    def cuts(self) -> bool:
        """Whether views are cut out at their own pixels, of the picture or of its copy."""
        return self.crop in {"quarters", "halves"}

    @property
    def count(self) -> int:
        """How many views a picture gives that needs them."""
        return VIEWS_OF_CROP[self.crop]

    def wanted(self, width: int, height: int) -> bool:
        """Whether a picture of ``width`` × ``height`` pixels, either way round, needs these views."""
        shorter = min(width, height)
        return self.shorter_from <= shorter <= (self.shorter_to or shorter)


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
