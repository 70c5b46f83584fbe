"""Which threads come first: the window's."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

# As the decoder process; enough for the window to get the processor at once.
_NICENESS = 5


def give_way() -> None:
    """Let the calling thread come after the window's when the processor is short.

    Linux keeps a priority for each thread; elsewhere ``setpriority`` would slow the whole program, so nothing is
    done.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
