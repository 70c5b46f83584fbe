"""Pillow's format plug-ins, loaded one by one when a picture first needs them.

Every decoder is told to stay in one thread: the worker may not start any (``RLIMIT_NPROC`` is 0, and then
libavif fails with "Decoding of color planes failed" instead of doing with fewer), and the pipeline already
runs one worker a core.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from PIL import Image

from desktop_app.core.errors import DecoderCrashedError
from desktop_app.imaging.confine import allow_threads


def load_plugin(name: str) -> None:
    """Make Pillow able to open the format ``name``; formats without a plug-in here are left to the caller.

    Raises:
        DecoderCrashedError: the installation lacks the plug-in or a library of it; the picture isn't to blame.
    """
    loader = _LOADERS.get(name)
    try:
        if loader is not None:
            loader()
    except ImportError as error:
        raise _missing(name) from error
    if name not in Image.OPEN:  # preinit() keeps its import errors to itself
        raise _missing(name)


def _missing(name: str) -> DecoderCrashedError:
    return DecoderCrashedError(f"Telltale's reader for {name} pictures is missing.", "Reinstall Telltale.")


@cache
def _load_common() -> None:
    Image.preinit()  # BMP, GIF, JPEG, PNG: Image.open loads these anyway


@cache
def _load_tiff() -> None:
    import_module("PIL.TiffImagePlugin")


@cache
def _load_webp() -> None:
    import_module("PIL.WebPImagePlugin")


@cache
def _load_avif() -> None:
    from PIL import AvifImagePlugin  # noqa: PLC0415  # brings 10 MB of codecs along

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1


@cache
def _load_heif() -> None:
    import pi_heif  # noqa: PLC0415  # brings libheif and libde265 along

    allow_threads()
    pi_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


_LOADERS: dict[str, Callable[[], None]] = {
    "BMP": _load_common,
    "GIF": _load_common,
    "JPEG": _load_common,
    "PNG": _load_common,
    "TIFF": _load_tiff,
    "WEBP": _load_webp,
    "AVIF": _load_avif,
    "HEIF": _load_heif,
}
