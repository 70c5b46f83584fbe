"""Which threads come first: the window's."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

PIPELINE, INFERENCE = 3, 7
"""Niceness: the window 0, then the pipeline's threads, which hold Python's lock in turns with the window's, then
inference, which doesn't; the decoder processes come last (:mod:`desktop_app.imaging.confine`)."""


def give_way(niceness: int) -> None:
    """Let the calling thread come after the window's when the processor is short.

    Linux keeps a priority for each thread; elsewhere ``setpriority`` would slow the whole program, so nothing is
    done.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
