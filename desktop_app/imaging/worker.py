"""The decoding process: ``python -I -m desktop_app.imaging.worker``.

It reads pictures from stdin and answers on stdout, one at a time (see :mod:`desktop_app.imaging.wire`), opens no
file and no socket, and ends when stdin does.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence

from PIL import Image

from desktop_app.core.errors import DecoderCrashedError, DecoderMemoryError, TelltaleError
from desktop_app.core.picture import Picture
from desktop_app.imaging import wire
from desktop_app.imaging.confine import alarm, confine
from desktop_app.imaging.decode import decode
from desktop_app.imaging.sniff import Signature

_STDIN, _STDOUT = 0, 1


def main(extra: Sequence[Signature] = ()) -> int:
    """Serve until stdin ends; return the exit status.

    Args:
        extra: further signatures, for tests that bring a format plug-in of their own.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program; it closes stdin here
    requests, answers = _claim_streams()
    try:
        hello = wire.question(wire.read_frame(requests))
        if not isinstance(hello, wire.Hello):
            return 1
        Image.preinit()
        Image.MAX_IMAGE_PIXELS = None  # ours is checked instead, with the numbers in the sentence
        confine(hello.max_pixels)
        wire.write_frame(answers, wire.pack(wire.Ready()))
        _serve(requests, answers, hello, extra)
    except (EOFError, BrokenPipeError):
        return 0
    except wire.WireError:
        return 1
    return 0


def _claim_streams() -> tuple[io.FileIO, io.FileIO]:
    """Take stdin and stdout away from everybody else: a library that prints would break a frame."""
    requests = io.FileIO(os.dup(_STDIN), "rb")
    answers = io.FileIO(os.dup(_STDOUT), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, _STDIN)
    os.dup2(nothing, _STDOUT)
    os.close(nothing)
    return requests, answers


def _serve(requests: io.FileIO, answers: io.FileIO, hello: wire.Hello, extra: Sequence[Signature]) -> None:
    while True:
        wire.write_frame(answers, _answer_next(requests, hello, extra))


def _answer_next(requests: io.FileIO, hello: wire.Hello, extra: Sequence[Signature]) -> wire.Frame:
    frame = wire.read_frame(requests)
    request = wire.question(frame)
    if not isinstance(request, wire.Request):
        raise wire.WireError("a second hello")
    with alarm(hello.seconds):
        try:
            picture = decode(
                frame.body,
                views=request.views,
                thumbnail_side=request.thumbnail_side,
                scaled=request.scaled,
                max_pixels=hello.max_pixels,
                extra=extra,
            )
            return _success(request.serial, picture)
        except TelltaleError as error:
            return _failure(request.serial, error)
        except MemoryError:
            return _failure(request.serial, DecoderMemoryError())
        except Exception:  # noqa: BLE001  # a fault of ours costs this picture, not the next ones
            return _failure(request.serial, DecoderCrashedError())


def _success(serial: int, picture: Picture) -> wire.Frame:
    thumbnail = (picture.thumbnail,) if picture.thumbnail is not None else ()
    rasters = (*thumbnail, *picture.views)
    sizes = tuple((raster.width, raster.height) for raster in rasters)
    body = b"".join(raster.pixels for raster in rasters)
    return wire.pack(wire.Decoded(serial, picture.facts, sizes), body)


def _failure(serial: int, error: TelltaleError) -> wire.Frame:
    return wire.pack(wire.Failed(serial, error.code, error.message, error.hint))


if __name__ == "__main__":
    sys.exit(main())
