"""A reader that is missing is the installation's fault, and said so."""

from __future__ import annotations

import sys

import pytest
from PIL import Image

from desktop_app.core.errors import DecoderCrashedError
from desktop_app.imaging import plugins
from desktop_app.imaging.decode import decode
from tests.support import pictures


def test_a_missing_library_is_not_called_a_damaged_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = pictures.heic()
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    plugins._load_heif.cache_clear()
    with pytest.raises(DecoderCrashedError, match="reader for HEIF pictures is missing"):
        decode(picture)


def test_a_missing_plugin_is_not_called_a_damaged_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = pictures.png()
    monkeypatch.delitem(Image.OPEN, "PNG")
    with pytest.raises(DecoderCrashedError, match="reader for PNG pictures is missing"):
        decode(picture)


def test_decoders_stay_in_one_thread() -> None:
    from pi_heif import options
    from PIL import AvifImagePlugin

    for name in ("AVIF", "HEIF"):
        plugins.load_plugin(name)
    assert AvifImagePlugin.DEFAULT_MAX_THREADS == 1
    assert options.DECODE_THREADS == 1
