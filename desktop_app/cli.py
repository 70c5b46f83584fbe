"""The command line: the same pipeline as the window, without Qt. Results on stdout, everything else on stderr."""

from __future__ import annotations

import argparse
import contextlib
import os
import queue
import sys
import time
from collections.abc import Sequence
from typing import TextIO

from desktop_app import __version__
from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event, FolderScanned, ItemChanged, Warned
from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import Source
from desktop_app.intake.paths import sources_from_paths
from desktop_app.library.exports import Writer, writer_for
from desktop_app.pipeline.pipeline import Pipeline
from desktop_app.pipeline.progress import ProgressMeter

ALL_DONE, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

_POLL_SECONDS = 0.1
_TELL_SECONDS = 0.2
_EPILOG = """\
Without "scan", telltale opens its window with the pictures given.
A folder that is called "scan": telltale ./scan
"""


def main(arguments: Sequence[str]) -> int:
    """Run a command; returns the exit status (0 all done, 1 some failed, 2 usage, 130 interrupted)."""
    options = _parser().parse_args(arguments)
    return scan(options.paths, Mode(options.mode), options.format, options.jobs)


def scan(paths: Sequence[str], mode: Mode = Mode.OFFLINE, format_name: str = "table", jobs: int = 0) -> int:
    """Check ``paths`` and print one result each, in order of completion; returns the exit status."""
    from desktop_app.composition import detector_choices, load_settings, start_pipeline  # noqa: PLC0415

    settings = load_settings()
    choice = next(choice for choice in detector_choices(settings) if choice.mode is mode)
    if not choice.ready:
        _say(f"telltale: {choice.why_not} {choice.way_out}")
        return USAGE
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pipeline = start_pipeline(settings, events.put, jobs=jobs)
    run = _Run(events, pipeline, writer_for(format_name, sys.stdout), _Teller(sys.stderr))
    try:
        return run.scan(sources_from_paths(paths), mode)
    except KeyboardInterrupt:
        _say("\ntelltale: stopped; the results above are complete.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, say) has seen enough. Python would complain again when it closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_FAILED
    finally:
        pipeline.close()


class _Run:
    """One scan from start to end, on the main thread."""

    def __init__(
        self, events: queue.SimpleQueue[Event], pipeline: Pipeline, writer: Writer, teller: _Teller
    ) -> None:
        self._events = events
        self._pipeline = pipeline
        self._writer = writer
        self._teller = teller
        self._written: set[int] = set()
        self._failed = False

    def scan(self, sources: Sequence[Source], mode: Mode) -> int:
        self._writer.begin()
        self._pipeline.add(sources, mode)
        while not self._pipeline.wait_idle(0):
            self._take(_POLL_SECONDS)
        while self._take(0):
            pass
        self._teller.end()
        return SOME_FAILED if self._failed else ALL_DONE

    def _take(self, seconds: float) -> bool:
        try:
            event = self._events.get(timeout=seconds) if seconds else self._events.get_nowait()
        except queue.Empty:
            return False
        self._teller.observe(event)
        if isinstance(event, ItemChanged) and event.item.state.finished:
            self._write(event.item)
        return True

    def _write(self, item: Item) -> None:
        # A file that was named twice runs twice and is one result.
        if item.id in self._written:
            return
        self._written.add(item.id)
        self._failed |= item.state is not ItemState.DONE
        self._teller.clear()
        self._writer.write(item)


class _Teller:
    """Progress on stderr: a living line on a terminal, else one line at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._living = stream.isatty()
        self._meter = ProgressMeter()
        self._told = 0.0
        self._shown = False

    def observe(self, event: Event) -> None:
        now = time.monotonic()
        self._meter.observe(event, now)
        if isinstance(event, Warned):
            self._line(f"telltale: {event.message}")
        elif isinstance(event, FolderScanned) and event.skipped:
            self._line(f"telltale: {event.skipped} system file(s) skipped in {event.name}")
        if self._living and now - self._told >= _TELL_SECONDS:
            self._told = now
            self._show(now)

    def clear(self) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False

    def end(self) -> None:
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
        self._stream.write(f"{progress.finished:,} of {progress.total:,}, {progress.rate:.0f}/s{left}")
        self._stream.flush()
        self._shown = True

    def _line(self, text: str) -> None:
        self.clear()
        with contextlib.suppress(OSError):
            self._stream.write(text + "\n")
            self._stream.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="telltale",
        description="Says what a picture gives away about its origin.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"telltale {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    scanner = commands.add_parser("scan", help="check pictures and folders, print one result each")
    scanner.add_argument("paths", nargs="+", metavar="PATH", help="a picture or a folder")
    scanner.add_argument("--mode", choices=[mode.value for mode in Mode], default=Mode.OFFLINE.value)
    scanner.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")
    scanner.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="pictures read at once")
    return parser


def _jobs(text: str) -> int:
    most = 64
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {most}")
    return int(text)


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  # the command line speaks
