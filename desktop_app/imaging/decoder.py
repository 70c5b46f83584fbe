"""The program's side of the decoding process."""

from __future__ import annotations

import itertools
import queue
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    Cancelled,
    DecoderCrashedError,
    DecoderMemoryError,
    DecoderTimeoutError,
    PictureError,
)
from desktop_app.core.evidence import Findings
from desktop_app.core.picture import Picture, PictureFacts, ViewRule
from desktop_app.imaging import wire
from desktop_app.imaging.answers import UntrustworthyError, failure, findings, longest_body, picture, variants
from desktop_app.imaging.changes import Variant
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
        self._last: bytes | None = None  # what the worker holds

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
        request = wire.Request(next(self._serials), tuple(views), thumbnail_side, scaled)
        with self._asked(request, data, cancel) as (answer, body):
            if not isinstance(answer, wire.Decoded):
                raise UntrustworthyError("not a picture")
            decoded = picture(request, answer, body, self._limits.max_pixels)
        self._last = data
        return decoded

    def look(
        self,
        data: bytes,
        facts: PictureFacts,
        *,
        name: str = "",
        re_encoded: bool = False,
        cancel: CancelToken | None = None,
    ) -> Findings:
        """Return what a picture file says about its own origin; right after :meth:`decode` it isn't sent again.

        Args:
            data: the file.
            facts: its facts, from :meth:`decode`.
            name: the file's name, which may hint at why there is no metadata.
            re_encoded: whether another program made these bytes from pixels.
            cancel: may be set meanwhile.

        Raises:
            PictureError, Cancelled: as for :meth:`decode`.
        """
        errand = wire.Look(next(self._serials), facts.format, facts.width, facts.height, name, re_encoded)
        known = self._last is data and self._worker is not None and self._worker.alive
        with self._asked(errand, b"" if known else data, cancel) as (answer, body):
            if not isinstance(answer, wire.Found):
                raise UntrustworthyError("not findings")
            return findings(errand, answer, body)

    def vary(
        self, data: bytes, *, views: Sequence[ViewRule], cancel: CancelToken | None = None
    ) -> tuple[Variant, ...]:
        """Change a picture file in every harmless way; see :func:`desktop_app.imaging.variants.make_variants`.

        The limits hold for all variants together.

        Raises:
            PictureError, Cancelled: as for :meth:`decode`.
        """
        errand = wire.Vary(next(self._serials), tuple(views))
        with self._asked(errand, data, cancel) as (answer, body):
            if not isinstance(answer, wire.Varied):
                raise UntrustworthyError("not variants")
            return variants(errand, answer, body, self._limits.max_pixels)

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

    @contextmanager
    def _asked(
        self, errand: wire.Errand, data: bytes, cancel: CancelToken | None
    ) -> Iterator[tuple[wire.Answer, bytes]]:
        """Give the worker's answer and its body. A worker that is not believed in the block is replaced."""
        if cancel is not None:
            cancel.raise_if_cancelled()
        worker = self._running_worker(cancel)
        self._last = None
        worker.send(wire.pack(errand, data), longest_body(errand))
        frame = self._wait(worker, self._limits.seconds, cancel)
        try:
            answer = wire.answer(frame)
            if isinstance(answer, wire.Failed):
                raise self._failure(errand, answer)
            yield answer, frame.body
        except (UntrustworthyError, wire.WireError) as error:
            self._kill_worker()
            raise DecoderCrashedError from error

    def _failure(self, errand: wire.Errand, answer: wire.Failed) -> PictureError:
        error = failure(errand, answer)
        if isinstance(error, DecoderMemoryError):
            self.close()  # what ran out of memory once is fragmented or worse
        return error

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
