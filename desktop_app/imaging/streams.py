"""A worker process's two ends of its pipes."""

from __future__ import annotations

import io
import os

_STDIN, _STDOUT = 0, 1


def claim_streams() -> tuple[io.FileIO, io.FileIO]:
    """Take stdin and stdout away from everybody else: a library that prints would break a frame.

    Returns:
        Where requests come from, and where answers go.
    """
    requests = io.FileIO(os.dup(_STDIN), "rb")
    answers = io.FileIO(os.dup(_STDOUT), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, _STDIN)
    os.dup2(nothing, _STDOUT)
    os.close(nothing)
    return requests, answers
