"""A model that somebody brought, in a process of its own: it may crash, loop or eat memory.

An ONNX file is a program. onnxruntime can't be asked what is in it, stops only between two of its steps and bounds
no memory (``resources/decisions/016``).
"""

from __future__ import annotations

import math
import queue
import time
from collections.abc import Sequence

import msgspec

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, DetectorError, InferenceError, ModelBrokenError
from desktop_app.core.picture import Raster
from desktop_app.core.text import plain
from desktop_app.detectors.answers import MOST_CELLS, ViewAnswer
from desktop_app.detectors.card import ModelCard
from desktop_app.detectors.confined import wire
from desktop_app.imaging.process import WorkerGoneError, WorkerProcess, worker_command
from desktop_app.imaging.wire import Frame, WireError

MODEL_SECONDS = 60.0
"""Longest time for loading a model, and for one picture."""

_MOST_DEATHS = 3
_GLANCE_SECONDS = 0.05  # how often the cancel tokens are looked at
_CANCEL_GRACE_SECONDS = 0.1  # most answers are there by then, and loading again costs more
_HINT = "This model is not one of Telltale's: ask whoever made it, or choose another one in Settings."

_answers: msgspec.msgpack.Decoder[list[ViewAnswer]] = msgspec.msgpack.Decoder(list[ViewAnswer])


class ConfinedSession:
    """Like :class:`desktop_app.detectors.session.Session`, for one thread; loads with the first question.

    The process is replaced when it dies. After three deaths without an answer in between the model isn't asked any
    more: a long list shouldn't wait a minute for each of its pictures.
    """

    def __init__(
        self, model: bytes, card: ModelCard, closing: CancelToken | None = None, seconds: float = MODEL_SECONDS
    ) -> None:
        """``closing`` ends whatever is under way; see :data:`MODEL_SECONDS` for ``seconds``."""
        self._model = model
        self._card = card
        self._closing = closing or CancelToken()
        self._seconds = seconds
        self._worker: WorkerProcess | None = None
        self._deaths = 0
        self._hopeless: DetectorError | None = None

    @property
    def worker_pid(self) -> int | None:
        """Process id of the running process, if there is one."""
        return self._worker.pid if self._worker is not None else None

    def answers(self, rasters: Sequence[Raster], cancel: CancelToken | None = None) -> list[ViewAnswer]:
        """Return what the model says of each view.

        Raises:
            ModelBrokenError: it can't be loaded, or died again and again.
            InferenceError: it failed on this picture, took too long, or died of it.
            Cancelled: ``cancel`` or ``closing`` was set meanwhile.
        """
        worker = self._loaded_worker(cancel)
        worker.send(wire.pack_views(rasters), wire.LONGEST_ANSWER)
        frame = self._wait(worker, cancel)
        try:
            return self._understand(frame, len(rasters))
        except (WireError, msgspec.MsgspecError) as error:
            raise self._died("The model's process gave an answer that can't be used.") from error

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _loaded_worker(self, cancel: CancelToken | None) -> WorkerProcess:
        if self._hopeless is not None:
            raise ModelBrokenError(self._hopeless.message, self._hopeless.hint)
        if self._worker is not None and self._worker.alive:
            return self._worker
        self._kill_worker()
        try:
            self._worker = worker = WorkerProcess(
                worker_command("desktop_app.detectors.confined.worker", "--model-worker")
            )
        except OSError as error:
            raise ModelBrokenError("The process for this model could not be started.") from error
        card = msgspec.json.encode(self._card)
        worker.send(wire.pack(wire.Load(len(card), self._seconds), card + self._model), 0)
        self._take_loaded(self._wait(worker, cancel))
        return worker

    def _take_loaded(self, frame: Frame) -> None:
        try:
            answer = wire.answer(frame)
        except WireError as error:
            raise self._died("The model's process gave an answer that can't be used.") from error
        if isinstance(answer, wire.Loaded):
            return
        self._kill_worker()
        message = answer.message if isinstance(answer, wire.Refused) else ""
        self._hopeless = ModelBrokenError(plain(message), _HINT)
        raise self._hopeless

    def _understand(self, frame: Frame, views: int) -> list[ViewAnswer]:
        answer = wire.answer(frame)
        if isinstance(answer, wire.Refused):
            raise InferenceError(plain(answer.message), _HINT)
        answers = _answers.decode(frame.body)
        sound = all(_sound(answer, self._card) for answer in answers)
        if not isinstance(answer, wire.Seen) or len(answers) != views or not sound:
            raise WireError("not an answer to these views")
        self._deaths = 0
        return answers

    def _wait(self, worker: WorkerProcess, cancel: CancelToken | None) -> Frame:
        deadline = time.monotonic() + self._seconds
        while (left := deadline - time.monotonic()) > 0:
            if self._closing.cancelled or (cancel is not None and cancel.cancelled):
                self._withdraw(worker)
                raise Cancelled
            try:
                return worker.receive(min(left, _GLANCE_SECONDS))
            except queue.Empty:
                continue
            except WorkerGoneError as error:
                raise self._died("The model crashed, so it was stopped.") from error
        raise self._died(f"The model took longer than {self._seconds:.0f} seconds, so it was stopped.")

    def _withdraw(self, worker: WorkerProcess) -> None:
        try:
            worker.receive(_CANCEL_GRACE_SECONDS)
        except (queue.Empty, WorkerGoneError):
            self._kill_worker()

    def _died(self, message: str) -> InferenceError:
        self._kill_worker()
        self._deaths += 1
        error = InferenceError(message, _HINT)
        if self._deaths >= _MOST_DEATHS:
            self._hopeless = error
        return error

    def _kill_worker(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker = None


def _sound(answer: ViewAnswer, card: ModelCard) -> bool:
    cells = [cell for row in answer.rows for cell in row]
    square = len({len(row) for row in answer.rows}) <= 1 and bool(cells) == (card.output.map is not None)
    known = card.sources[0].index is None or len(answer.classes) == len(card.sources)
    finite = all(map(math.isfinite, (answer.logit, *answer.classes, *cells)))
    return square and known and finite and len(cells) <= MOST_CELLS
