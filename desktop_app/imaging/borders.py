"""Where Pillow's exceptions and warnings end and Telltale's errors begin."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from desktop_app.core.errors import (
    DamagedPictureError,
    DecoderMemoryError,
    TelltaleError,
    TooManyPixelsError,
)

_MILLION = 1_000_000


@contextmanager
def pillow_border() -> Iterator[list[warnings.WarningMessage]]:
    """Map whatever Pillow raises inside to one :class:`PictureError`, and collect its warnings.

    Decoders raise nearly everything on hostile bytes (OSError, ValueError, SyntaxError, struct.error, EOFError,
    RuntimeError, AssertionError …), so this is one of the few places where a broad except is right.

    Yields:
        the warnings given so far; none gets out.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield caught
        except TelltaleError:
            raise
        except MemoryError as error:
            raise DecoderMemoryError from error
        except Image.DecompressionBombError as error:
            raise TooManyPixelsError from error
        except Exception as error:
            raise _out_of_memory(error) or DamagedPictureError from error


def _out_of_memory(error: Exception) -> DecoderMemoryError | None:
    # PIL.ImageFile._get_oserror words the codecs' status -9 so.
    return DecoderMemoryError() if "out of memory" in str(error) else None


def check_pixels(width: int, height: int, limit: int) -> None:
    """Refuse a picture of more than ``limit`` pixels, or of none.

    Raises:
        TooManyPixelsError: with both numbers.
        DamagedPictureError: no pixels at all.
    """
    if width <= 0 or height <= 0:
        raise DamagedPictureError
    pixels = width * height
    if pixels > limit:
        raise TooManyPixelsError(
            f"This picture has {_counted(pixels, limit)}; the limit is {_counted_limit(pixels, limit)}."
        )


def _counted(pixels: int, limit: int) -> str:
    return f"{_rounded(pixels)} megapixels" if _rounded(pixels) != _rounded(limit) else f"{pixels:,} pixels"


def _counted_limit(pixels: int, limit: int) -> str:
    return _rounded(limit) if _rounded(pixels) != _rounded(limit) else f"{limit:,}"


def _rounded(pixels: int) -> str:
    return f"{pixels / _MILLION:,.0f}" if pixels >= 10 * _MILLION else f"{pixels / _MILLION:.2g}"
