"""Every way to store colours made into one: RGB, 8 bits a channel, nothing transparent."""

from __future__ import annotations

import math

from PIL import Image

from desktop_app.core.errors import DamagedPictureError
from desktop_app.core.picture import Note

_DEEP_GREY = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
_BLACK_WHITE_8 = 255
_BLACK_WHITE_16 = 65_535
_WHITE = (255, 255, 255)


def flatten(image: Image.Image) -> tuple[Image.Image, tuple[Note, ...]]:
    """Return ``image`` as RGB on white, and what had to be done for it.

    Raises:
        DamagedPictureError: floating-point pixels that are no finite numbers.
        ValueError: a mode that Pillow can't convert.
    """
    if image.mode in _DEEP_GREY or image.mode == "F":
        return _eight_bits(image).convert("RGB"), (Note.SIXTEEN_BIT,)
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode == "CMYK":
        return image.convert("RGB"), (Note.CMYK,)
    if image.mode == "LAB":
        return _from_lab(image), ()
    return (image if image.mode == "RGB" else image.convert("RGB")), ()


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale deep grey to 8 bits; Pillow's own conversion clips, which turns most of a picture white.

    A 16-bit mode is scaled by its whole range (the high byte, as Pillow does for 16-bit RGB); 32-bit integers
    and floats have no agreed range, so the smallest usual one that holds all the pixels is taken.
    """
    if image.mode.startswith("I;16"):
        return _stretched(image.convert("I"), 0, _BLACK_WHITE_16 + 1, 256)
    extrema = image.getextrema()
    low, high = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type]  # one band: two numbers
    if not (math.isfinite(low) and math.isfinite(high)):
        raise DamagedPictureError("This picture holds numbers that are not colours.")
    if low < 0 or high > _BLACK_WHITE_16:
        return _stretched(image, low, high - low, _BLACK_WHITE_8)
    if image.mode == "F" and high <= 1:
        return _stretched(image, 0, 1, _BLACK_WHITE_8)
    if high <= _BLACK_WHITE_8:
        return image.convert("L")
    return _stretched(image, 0, _BLACK_WHITE_16 + 1, 256)


def _stretched(image: Image.Image, low: float, span: float, levels: int) -> Image.Image:
    factor = levels / (span or 1)
    return image.point(lambda value: value * factor - low * factor).convert("L")


def _on_white(image: Image.Image) -> tuple[Image.Image, tuple[Note, ...]]:
    if image.mode != "RGBA":
        image = image.convert("RGBA")
    least_opaque = image.getchannel("A").getextrema()[0]
    if least_opaque == _BLACK_WHITE_8:
        return image.convert("RGB"), ()
    # paste() rather than alpha_composite(): one copy of the picture less in memory.
    paper = Image.new("RGB", image.size, _WHITE)
    paper.paste(image, mask=image)
    return paper, (Note.ALPHA_ON_WHITE,)


def _from_lab(image: Image.Image) -> Image.Image:
    from PIL import ImageCms  # noqa: PLC0415  # rare: CIELAB TIFFs

    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB")
    if converted is None:
        raise ValueError("LAB was not converted")
    return converted
