"""The decoding process: ``python -I -m desktop_app.imaging.worker``.

It reads pictures from stdin and answers on stdout, one at a time (see :mod:`desktop_app.imaging.wire`), opens no
file and no socket, and ends when stdin does.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable, Sequence

from PIL import Image

from desktop_app.core.errors import DecoderCrashedError, DecoderMemoryError, TelltaleError
from desktop_app.core.evidence import Findings
from desktop_app.core.picture import Picture, Raster
from desktop_app.imaging import wire
from desktop_app.imaging.changes import Variant
from desktop_app.imaging.confine import alarm, confine
from desktop_app.imaging.decode import decode
from desktop_app.imaging.findings import pack_findings
from desktop_app.imaging.sniff import Signature
from desktop_app.imaging.streams import claim_streams
from desktop_app.imaging.variants import make_variants

Looker = Callable[[bytes, wire.Look, Raster | None], Findings]
"""Reads what a file says about its own origin: the bytes, the question and a small copy of the picture in."""


class _Desk:
    """What the worker knows from one errand to the next."""

    def __init__(self, hello: wire.Hello, extra: Sequence[Signature], look: Looker | None) -> None:
        self.seconds = hello.seconds
        self._max_pixels = hello.max_pixels
        self._extra = extra
        self._look = look
        self._data = b""
        self._thumbnail: Raster | None = None

    def answer(self, errand: wire.Errand, data: bytes) -> wire.Frame:
        if isinstance(errand, wire.Look):
            return self._found(errand, data)
        self._data, self._thumbnail = b"", None
        if isinstance(errand, wire.Vary):
            variants = make_variants(data, errand.views, max_pixels=self._max_pixels, extra=self._extra)
            return _varied(errand.serial, variants)
        picture = decode(
            data,
            views=errand.views,
            thumbnail_side=errand.thumbnail_side,
            scaled=errand.scaled,
            max_pixels=self._max_pixels,
            extra=self._extra,
        )
        self._data, self._thumbnail = data, picture.thumbnail
        return _decoded(errand.serial, picture)

    def _found(self, errand: wire.Look, data: bytes) -> wire.Frame:
        if not data and not self._data:
            raise DecoderCrashedError  # another process than this one decoded it
        thumbnail = None if data else self._thumbnail
        found = self._look(data or self._data, errand, thumbnail) if self._look else Findings()
        return wire.pack(wire.Found(errand.serial), pack_findings(found))


def main(extra: Sequence[Signature] = (), look: Looker | None = None) -> int:
    """Serve until stdin ends; return the exit status.

    Args:
        extra: further signatures, for tests that bring a format plug-in of their own.
        look: reads what files say about their own origin; without it nothing is ever found.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program; it closes stdin here
    requests, answers = claim_streams()
    try:
        hello = wire.question(wire.read_frame(requests))
        if not isinstance(hello, wire.Hello):
            return 1
        Image.preinit()
        Image.MAX_IMAGE_PIXELS = None  # ours is checked instead, with the numbers in the sentence
        confine(hello.max_pixels)
        wire.write_frame(answers, wire.pack(wire.Ready()))
        desk = _Desk(hello, extra, look)
        while True:
            wire.write_frame(answers, _answer_next(requests, desk))
    except (EOFError, BrokenPipeError):
        return 0
    except wire.WireError:
        return 1


def _answer_next(requests: io.FileIO, desk: _Desk) -> wire.Frame:
    frame = wire.read_frame(requests)
    errand = wire.question(frame)
    if isinstance(errand, wire.Hello):
        raise wire.WireError("a second hello")
    with alarm(desk.seconds):
        try:
            return desk.answer(errand, frame.body)
        except TelltaleError as error:
            return _failure(errand.serial, error)
        except MemoryError:
            return _failure(errand.serial, DecoderMemoryError())
        except Exception:  # noqa: BLE001  # a fault of ours costs this picture, not the next ones
            return _failure(errand.serial, DecoderCrashedError())


def _decoded(serial: int, picture: Picture) -> wire.Frame:
    thumbnail = (picture.thumbnail,) if picture.thumbnail is not None else ()
    rasters = (*thumbnail, *picture.views)
    sizes = tuple((raster.width, raster.height) for raster in rasters)
    body = b"".join(raster.pixels for raster in rasters)
    return wire.pack(wire.Decoded(serial, picture.facts, sizes), body)


def _varied(serial: int, variants: Sequence[Variant]) -> wire.Frame:
    changes = tuple(variant.change for variant in variants)
    facts = tuple(variant.picture.facts for variant in variants)
    body = b"".join(view.pixels for variant in variants for view in variant.picture.views)
    return wire.pack(wire.Varied(serial, changes, facts), body)


def _failure(serial: int, error: TelltaleError) -> wire.Frame:
    return wire.pack(wire.Failed(serial, error.code, error.message, error.hint))


if __name__ == "__main__":
    sys.exit(main())
