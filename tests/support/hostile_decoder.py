"""The real worker with one format more, whose "pictures" do what exploits and decoder bugs do.

Run as ``python -m tests.support.hostile_decoder`` in the repository's root. What happens is written behind the
magic: ``b"TTHOSTILE abort"``.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from PIL import Image, ImageFile

from desktop_app.imaging import wire, worker
from desktop_app.imaging.sniff import Signature

MAGIC = b"TTHOSTILE "


def hostile(deed: str) -> bytes:
    """Return a "picture" that does ``deed``: one of the keys of :data:`DEEDS`."""
    if deed not in DEEDS:
        raise ValueError(deed)
    return MAGIC + deed.encode()


def _sleep() -> None:
    while True:
        time.sleep(1)


def _spin() -> None:
    (1 << 40_000_000) % ((1 << 20_000_000) - 1)  # one long stretch in C, deaf to everything but a signal
    _spin()


def _eat_memory() -> None:
    eaten = []
    while True:
        # Address space, which is what is limited, and no page of it touched: quick on the busiest machine too.
        eaten.append(bytes(64 * 1024 * 1024))


def _exit() -> None:
    os._exit(0)


def _chatter() -> None:
    """Print, as codecs do when they warn."""
    os.write(1, b"libfoo: warning: something is odd\n" * 100)
    sys.stdout.write("hello")
    sys.stdout.flush()
    raise SyntaxError("not a picture after all")


def _garbage() -> None:
    """Write into the very pipe of the answers, as an exploit would."""
    _into_every_pipe(b"\xff" * 100)


def _endless_answer() -> None:
    """Announce the largest body there is."""
    _into_every_pipe(b"\0\0\0\x04\xff\xff\xff\xff" + b"\0" * 4)


def _forged_answer() -> None:
    """Answer well-formed nonsense."""
    frame = wire.pack(wire.Failed(-1, "no_such_code", "\u202ehello", ""))
    _into_every_pipe(len(frame.header).to_bytes(4, "big") + b"\0\0\0\0" + frame.header)


def _unknown_code() -> None:
    """Raise what no border maps."""
    raise KeyboardInterrupt


def _into_every_pipe(data: bytes) -> None:
    for number in range(3, 16):
        with suppress(OSError):
            os.write(number, data)
    _sleep()


DEEDS: dict[str, Callable[[], None]] = {
    "abort": os.abort,
    "sleep": _sleep,
    "spin": _spin,
    "memory": _eat_memory,
    "exit": _exit,
    "chatter": _chatter,
    "garbage": _garbage,
    "endless": _endless_answer,
    "forged": _forged_answer,
    "interrupt": _unknown_code,
}


class HostileImageFile(ImageFile.ImageFile):
    """A "picture" that acts instead of being read."""

    format = "TTHOSTILE"
    format_description = "what a malicious file can make of a decoder"

    def _open(self) -> None:
        if self.fp is None:
            raise SyntaxError("no file")
        DEEDS[self.fp.read(64)[len(MAGIC) :].decode()]()


def main() -> int:
    """Serve as the worker does."""
    Image.register_open(HostileImageFile.format, HostileImageFile, lambda prefix: prefix.startswith(MAGIC))
    return worker.main([Signature(HostileImageFile.format, MAGIC)])


if __name__ == "__main__":
    sys.exit(main())
