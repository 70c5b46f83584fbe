"""``telltale scan``: the same pipeline as the window. Results on stdout, everything else on stderr."""

from __future__ import annotations

import io
import os
import queue
import sys
from collections.abc import Callable, Iterator, Sequence

from desktop_app.cli.options import ScanOptions, chosen, usage_problem
from desktop_app.cli.teller import Teller
from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event, ItemChanged, PauseChanged, ThumbnailReady
from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import Source
from desktop_app.core.text import plain
from desktop_app.intake.paths import sources_from_paths
from desktop_app.library.exports import Writer, writer_for
from desktop_app.pipeline.pipeline import Pipeline

ALL_DONE, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

_POLL_SECONDS = 0.1
_STDIN = "-"


def scan(paths: Sequence[str], options: ScanOptions | None = None) -> int:
    """Check ``paths`` and print one result each, in order of completion; returns the exit status."""
    # Here and not above: importing the command line must load nothing heavy (a test watches).
    from desktop_app.composition import Cloud, load_settings, start_pipeline  # noqa: PLC0415  # see above

    options = options or ScanOptions()
    settings = chosen(load_settings(), options)
    cloud = Cloud(settings)
    if options.accept_upload:
        cloud.permissions.set_upload(allowed=True)
    if problem := usage_problem(options, settings, cloud):
        _say(f"telltale: {problem}")
        return USAGE
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pipeline = start_pipeline(
        settings,
        _without_pictures(events.put),
        jobs=options.jobs,
        cloud=cloud,
        try_changes=options.stability,
    )
    if options.format_name == "csv" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            encoding="utf-8", newline=""
        )  # whatever the system's encoding: names have every letter
    writer = writer_for(options.format_name, sys.stdout, stability=options.stability, private=options.prompts)
    run = _Run(events, pipeline, writer, Teller(sys.stderr))
    try:
        return run.scan(sources_from_paths(_named(paths)), options.mode)
    except KeyboardInterrupt:
        _say("\ntelltale: stopped; the results above are complete.")
        return INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()  # the reader (head, say) has seen enough
        return SOME_FAILED
    except OSError as error:
        _silence_stdout()
        _say(f"telltale: the results can't be written: {plain(error.strerror or str(error))}.")
        return SOME_FAILED
    finally:
        pipeline.close()


class _Run:
    """One scan from start to end, on the main thread."""

    def __init__(
        self, events: queue.SimpleQueue[Event], pipeline: Pipeline, writer: Writer, teller: Teller
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
        elif isinstance(event, PauseChanged) and event.error:
            # Nobody is there to mend it and go on: what waits is given up, each with its line.
            self._pipeline.cancel_all()
        return True

    def _write(self, item: Item) -> None:
        # A file that was named twice runs twice and is one result.
        if item.id in self._written:
            return
        self._written.add(item.id)
        self._failed |= item.state is not ItemState.DONE
        self._teller.clear()
        self._writer.write(item)


def _named(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        if path == _STDIN:
            yield from (line.strip("\r\n") for line in _stdin_lines() if line.strip())
        else:
            yield path


def _stdin_lines() -> Iterator[str]:
    if sys.platform == "win32":
        yield from sys.stdin
    else:
        yield from map(os.fsdecode, sys.stdin.buffer)  # names need not be UTF-8


def _without_pictures(put: Callable[[Event], None]) -> Callable[[Event], None]:
    def emit(event: Event) -> None:
        # They are for the eye, and would fill the memory while a slow reader (less, say) holds up stdout.
        if not isinstance(event, ThumbnailReady):
            put(event)

    return emit


def _silence_stdout() -> None:
    # Python would complain once more when it closes stdout at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  # the command line speaks
