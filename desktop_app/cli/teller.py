"""Progress on stderr."""

from __future__ import annotations

import contextlib
import time
from typing import TextIO

from desktop_app.core.events import Event, FolderScanned, PauseChanged, ServiceWait, Warned
from desktop_app.pipeline.progress import ProgressMeter

_TELL_SECONDS = 0.2


class Teller:
    """A living line on a terminal, else one line at the end; warnings as they come."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._living = stream.isatty()
        self._meter = ProgressMeter()
        self._told = 0.0
        self._shown = 0  # characters on the living line

    def observe(self, event: Event) -> None:
        """Take an event, and say what it calls for."""
        now = time.monotonic()
        self._meter.observe(event, now)
        if isinstance(event, Warned):
            self._line(f"telltale: {event.message}")
        elif isinstance(event, PauseChanged) and event.error:
            self._line(f"telltale: {event.error.message} {event.error.hint}")
        elif isinstance(event, ServiceWait) and event.seconds:
            self._line(f"telltale: the service asks for a pause of {event.seconds:.0f} s")
        elif isinstance(event, FolderScanned) and event.skipped:
            self._line(f"telltale: {event.skipped} system file(s) skipped in {event.name}")
        if self._living and now - self._told >= _TELL_SECONDS:
            self._told = now
            self._show(now)

    def clear(self) -> None:
        """Take the living line away, before something else is written."""
        if self._shown:
            # With blanks: not every Windows console knows the escape sequence.
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0

    def end(self) -> None:
        """Say how it went."""
        self.clear()
        progress = self._meter.progress(time.monotonic())
        parts = [f"{progress.done:,} checked"]
        parts += [f"{progress.failed:,} failed"] if progress.failed else []
        parts += [f"{progress.cancelled:,} cancelled"] if progress.cancelled else []
        self._line("telltale: " + ", ".join(parts))

    def _show(self, now: float) -> None:
        progress = self._meter.progress(now)
        left = f", about {progress.seconds_left:.0f} s left" if progress.seconds_left else ""
        self.clear()
        line = f"{progress.finished:,} of {progress.total:,}, {progress.rate:.0f}/s{left}"
        self._stream.write(line)
        self._stream.flush()
        self._shown = len(line)

    def _line(self, text: str) -> None:
        self.clear()
        with contextlib.suppress(OSError):
            self._stream.write(text + "\n")
            self._stream.flush()
