"""The program's side of the decoding process."""

from __future__ import annotations

import itertools
import queue
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, DecoderCrashedError, DecoderMemoryError, DecoderTimeoutError
from desktop_app.core.picture import Picture, ViewRule
from desktop_app.imaging import wire
from desktop_app.imaging.answers import UntrustworthyError, failure, longest_body, picture
from desktop_app.imaging.process import WorkerGoneError, WorkerProcess, worker_command

_START_SECONDS = 30.0  # a cold disk and a virus scanner; 0.2 s otherwise
_CANCEL_GRACE_SECONDS = 0.1  # most pictures are done by then, and a new worker costs more
_GLANCE_SECONDS = 0.05  # how often the cancel token is looked at
_NOT_STARTED = "The process that reads pictures could not be started."
_NOT_STARTED_HINT = "Retry; if it happens again, reinstall Telltale or look at your virus scanner's log."


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What one picture may cost.

    Attributes:
        max_pixels: width times height; also sets the worker's memory (see :mod:`desktop_app.imaging.confine`).
        seconds: wall clock, from handing the picture over to having it back.
    """

    max_pixels: int = 100_000_000
    seconds: float = 20.0


class Decoder:
    """Decodes pictures in a process of its own, one at a time; to be used by one thread at a time.

    The process is started by the first picture (or :meth:`warm_up`), kept, and replaced when it dies. What it says
    is not trusted: lengths, sizes and words are checked.
    """

    def __init__(self, limits: DecodeLimits | None = None, command: Sequence[str] | None = None) -> None:
        self._limits = limits or DecodeLimits()
        self._command = tuple(command) if command is not None else tuple(worker_command())
        self._worker: WorkerProcess | None = None
        self._serials = itertools.count(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the running worker, if there is one."""
        return self._worker.pid if self._worker is not None else None

    def decode(
        self,
        data: bytes,
        *,
        views: Sequence[ViewRule] = (),
        thumbnail_side: int | None = 256,
        scaled: bool = True,
        cancel: CancelToken | None = None,
    ) -> Picture:
        """Decode one picture file; see :func:`desktop_app.imaging.decode.decode` for the parameters.

        Raises:
            PictureError: one of its leaves. The worker is replaced where it died, was late or misbehaved.
            Cancelled: ``cancel`` was set before the picture was there.
        """
        if cancel is not None:
            cancel.raise_if_cancelled()
        worker = self._running_worker(cancel)
        request = wire.Request(next(self._serials), tuple(views), thumbnail_side, scaled)
        worker.send(wire.pack(request, data), longest_body(request))
        frame = self._wait(worker, self._limits.seconds, cancel)
        try:
            return self._understand(request, frame)
        except (UntrustworthyError, wire.WireError) as error:
            self._kill_worker()
            raise DecoderCrashedError from error

    def warm_up(self) -> None:
        """Start the process now, so that the first picture needn't wait for it.

        Raises:
            DecoderCrashedError: it can't be started.
        """
        self._running_worker(None)

    def close(self) -> None:
        """End the process; a later :meth:`decode` would start a new one."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _understand(self, request: wire.Request, frame: wire.Frame) -> Picture:
        answer = wire.answer(frame) if frame.header else None
        if isinstance(answer, wire.Decoded):
            return picture(request, answer, frame.body, self._limits.max_pixels)
        if isinstance(answer, wire.Failed):
            error = failure(request, answer)
            if isinstance(error, DecoderMemoryError):
                self.close()  # what ran out of memory once is fragmented or worse
            raise error
        raise UntrustworthyError("not an answer to a picture")

    def _running_worker(self, cancel: CancelToken | None) -> WorkerProcess:
        """Return a live worker. One that died while it was idle must not cost the next picture anything."""
        if self._worker is not None and self._worker.alive:
            return self._worker
        self._kill_worker()
        try:
            self._worker = worker = WorkerProcess(self._command)
        except OSError as error:
            raise DecoderCrashedError(_NOT_STARTED, _NOT_STARTED_HINT) from error
        worker.send(wire.pack(wire.Hello(self._limits.max_pixels, self._limits.seconds)), 0)
        try:
            frame = self._wait(worker, _START_SECONDS, cancel)
            ready = isinstance(wire.answer(frame), wire.Ready)
        except (DecoderCrashedError, DecoderTimeoutError, wire.WireError) as error:
            self._kill_worker()
            raise DecoderCrashedError(_NOT_STARTED, _NOT_STARTED_HINT) from error
        if not ready:
            self._kill_worker()
            raise DecoderCrashedError(_NOT_STARTED, _NOT_STARTED_HINT)
        return worker

    def _wait(self, worker: WorkerProcess, seconds: float, cancel: CancelToken | None) -> wire.Frame:
        deadline = time.monotonic() + seconds
        while True:
            if cancel is not None and cancel.cancelled:
                self._withdraw(worker)
                raise Cancelled
            left = deadline - time.monotonic()
            if left <= 0:
                self._kill_worker()
                raise DecoderTimeoutError
            try:
                return worker.receive(min(left, _GLANCE_SECONDS))
            except queue.Empty:
                continue
            except WorkerGoneError as error:
                self._kill_worker()
                raise DecoderCrashedError from error

    def _withdraw(self, worker: WorkerProcess) -> None:
        """Give the worker a moment to finish what nobody wants any more; replace it if it doesn't."""
        try:
            worker.receive(_CANCEL_GRACE_SECONDS)
        except (queue.Empty, WorkerGoneError):
            self._kill_worker()

    def _kill_worker(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker = None
