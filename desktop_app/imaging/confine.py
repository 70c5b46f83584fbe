"""The walls around the decoding process. They bound accidents; they are no sandbox against running code.

Windows has none of these limits: there the worker's crash stays its own, and the parent's time limit holds.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_MIB = 1024 * 1024

REST_BYTES = 512 * _MIB
"""Address space for the interpreter, Pillow and every codec at rest, and for the file itself."""

BYTES_PER_PIXEL = 14
"""Address space that one pixel may take while it is decoded.

The dearest ordinary case is a progressive 4:4:4 JPEG decoded whole: 6 bytes of coefficients and 4 of RGB (Pillow
stores 4 bytes a pixel), and 4 more while it is turned or cut square.
"""

_OPEN_FILES = 16
_NICENESS = 10
_GRACE_SECONDS = 5.0


def confine(max_pixels: int) -> None:
    """Take away from this process what decoding doesn't need: files, processes, endless memory, first place.

    Called after the imports, which need some of it. A limit that the system doesn't know is left out.
    """
    lock_in(REST_BYTES + BYTES_PER_PIXEL * max_pixels, _OPEN_FILES)


def lock_in(address_space: int, open_files: int) -> None:
    """The same for a process with another need of address space (bytes) and of file descriptors."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # POSIX only

    with suppress(OSError):
        os.nice(_NICENESS)  # the window comes first
    limits = (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for limit, value in limits:
        with suppress(OSError, ValueError):  # macOS refuses RLIMIT_AS below what is mapped already
            resource.setrlimit(limit, (value, value))
    with suppress(OSError, ValueError):
        most = resource.getrlimit(resource.RLIMIT_NPROC)[1]
        resource.setrlimit(resource.RLIMIT_NPROC, (0, most))  # no processes, no threads


def allow_threads() -> None:
    """Take back the ban on threads in a confined process; nothing happens in any other.

    For libde265 alone: it starts a thread for every HEIC picture, whatever number it is told, and the process
    aborts when it can't. (Not so for root, whom this limit doesn't bind: a test as root can't see it.)
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # POSIX only

    soft, most = resource.getrlimit(resource.RLIMIT_NPROC)
    if soft == 0:
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """End this process when the block takes some seconds longer than ``seconds``, even inside a C library.

    The parent kills a worker that is late. This is for the parent that died first: without it a decoder in an
    endless loop would outlive the program.
    """
    late = seconds + _GRACE_SECONDS
    if sys.platform == "win32":
        faulthandler.dump_traceback_later(late, exit=True)
        yield
        faulthandler.cancel_dump_traceback_later()
        return
    # The kernel's timer and its default action: needs no thread and no bytecode to run.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, late)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
