"""One worker process and the thread that talks to it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import cast

from desktop_app.imaging import wire

_EXIT_SECONDS = 2.0
# As `-m module`, but works from a plain checkout too: isolated mode knows no current folder.
_BOOT = "import sys; sys.path.append(sys.argv[1]); from {module} import main; sys.exit(main())"
_ROOT = Path(__file__).resolve().parents[2]
_SECRET_WORDS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL")


class WorkerGoneError(Exception):
    """The worker died or broke the protocol."""


@dataclass(frozen=True, slots=True)
class _Errand:
    frame: wire.Frame
    longest_body: int


class WorkerProcess:
    """A started worker: one errand at a time, handed over with :meth:`send`, fetched with :meth:`receive`.

    A thread of its own does the blocking reads and writes, because pipes can't be waited for with a time limit on
    every system. Killing the process is what unblocks the thread.
    """

    def __init__(self, command: Sequence[str]) -> None:
        # The command is the program itself or a test's own; nothing foreign is in it.
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_without_secrets(os.environ),
            creationflags=_creation_flags(),
            start_new_session=sys.platform != "win32",  # Ctrl+C in a terminal is for the program
        )
        self._errands: queue.SimpleQueue[_Errand | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[wire.Frame | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run_errands, name="decoder-pipe", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, frame: wire.Frame, longest_body: int) -> None:
        """Hand over a frame; the answer's body may have at most ``longest_body`` bytes. Never blocks."""
        self._errands.put(_Errand(frame, longest_body))

    def receive(self, seconds: float) -> wire.Frame:
        """Return the answer to what was sent.

        Raises:
            queue.Empty: it didn't come within ``seconds``.
            WorkerGoneError: it will never come.
        """
        frame = self._answers.get(timeout=seconds)
        if frame is None:
            raise WorkerGoneError
        return frame

    def kill(self) -> None:
        """End the process at once, whatever it does, and clean up after it."""
        self._process.kill()
        self._clean_up()

    def close(self) -> None:
        """Let an idle process end by itself; one that doesn't is killed."""
        self._errands.put(None)  # the thread closes the pipes, the worker sees the end of its stdin
        try:
            self._process.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._clean_up()

    def _clean_up(self) -> None:
        self._errands.put(None)
        with suppress(subprocess.TimeoutExpired):  # stuck in the kernel: nothing more can be done
            self._process.wait(_EXIT_SECONDS)
        self._thread.join(_EXIT_SECONDS)

    def _run_errands(self) -> None:
        # Unbuffered pipes of Popen are raw files.
        requests, answers = cast("FileIO", self._process.stdin), cast("FileIO", self._process.stdout)
        with answers, requests:
            while (errand := self._errands.get()) is not None:
                try:
                    wire.write_frame(requests, errand.frame)
                    self._answers.put(wire.read_frame(answers, errand.longest_body))
                except (OSError, EOFError, ValueError, MemoryError, wire.WireError):
                    self._answers.put(None)
                    return


def worker_command(module: str = "desktop_app.imaging.worker", option: str = "--decode-worker") -> list[str]:
    """Return the command line of the decoding process, or of another one that speaks in frames.

    From a checkout or an installation that is the interpreter in isolated mode (no user site, no ``PYTHON*``
    variables, nothing from the current folder), running the ``main`` of ``module``; a frozen program starts itself
    with ``option``.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, option]
    return [sys.executable, "-I", "-c", _BOOT.format(module=module), str(_ROOT)]


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what a decoder must never hold."""
    return {
        name: value
        for name, value in environment.items()
        if not any(word in name.upper() for word in _SECRET_WORDS)
    }
