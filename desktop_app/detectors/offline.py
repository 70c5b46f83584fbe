"""The offline detector: any ONNX model with a card, run by onnxruntime on this computer."""

from __future__ import annotations

import hashlib
import logging
import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Availability, Examination
from desktop_app.core.errors import DetectorError, InferenceError, ModelBrokenError, TelltaleError
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.picture import PictureFacts, Raster, ViewRule
from desktop_app.detectors.card import ModelCard, load_card
from desktop_app.detectors.meaning import make_estimate
from desktop_app.system.threads import INFERENCE, give_way

if TYPE_CHECKING:
    from desktop_app.detectors.session import Session

_log = logging.getLogger(__name__)
_MAX_MODEL_BYTES = 256 * 1024 * 1024


class OfflineDetector:
    """A model file beside its card. Nothing is loaded before the first question; no socket is ever opened."""

    mode = Mode.OFFLINE

    def __init__(self, card_path: Path, *, threads: int = 1, warn: Callable[[str], None] | None = None) -> None:
        """``threads`` inferences run at once, each with its own session; ``warn`` hears of a failed self-check."""
        self._card_path = card_path
        self._warn = warn or _log.warning
        self._local = threading.local()
        self._loading = threading.Lock()
        self._model: bytes | None = None
        self._pool = ThreadPoolExecutor(threads, "inference", give_way, (INFERENCE,))

    @cached_property
    def card(self) -> ModelCard:
        """The model's card.

        Raises:
            ModelCardError: see :func:`desktop_app.detectors.card.load_card`.
        """
        return load_card(self._card_path)

    @property
    def name(self) -> str:
        """The card's short name."""
        return self.card.name

    @property
    def title(self) -> str:
        """The card's name for people."""
        return self.card.title

    @cached_property
    def views(self) -> Sequence[ViewRule]:
        """The views that the card asks for."""
        return tuple(view.rule() for view in self.card.input.views)

    def availability(self) -> Availability:
        """Ready when the card is sound and the model file lies beside it."""
        try:
            model = self._card_path.with_name(self.card.model)
        except DetectorError as error:
            return Availability(ready=False, why_not=error.message, way_out=error.hint)
        if not model.is_file():
            missing = ModelBrokenError()
            return Availability(ready=False, why_not=missing.message, way_out=missing.hint)
        return Availability(ready=True)

    def warm_up(self) -> None:
        """Load the model on one of the threads; trouble shows with the first picture."""
        self._pool.submit(self._session)

    def larger_side(self, data: bytes, facts: PictureFacts) -> None:  # the protocol's
        """Views are all that it needs."""

    def submit(self, examination: Examination, cancel: CancelToken) -> Future[Estimate]:
        """See :class:`desktop_app.core.detector.Detector`."""
        return self._pool.submit(self._estimate, examination, cancel)

    def close(self) -> None:
        """Wait for running inferences (milliseconds) and end the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _estimate(self, examination: Examination, cancel: CancelToken) -> Estimate:
        cancel.raise_if_cancelled()
        facts = examination.picture.facts
        return make_estimate(self.card, self.logit(examination.picture.views), facts.width, facts.height)

    def logit(self, rasters: Sequence[Raster]) -> float:
        """Return the mean raw logit over the views, before calibration.

        Raises:
            ModelBrokenError: the model file is missing, altered or can't be loaded.
            InferenceError: the model gave something that is no number.
        """
        values = self._session().logits(rasters)
        mean = math.fsum(values) / len(values)
        if not math.isfinite(mean):
            raise InferenceError("The model gave something that is not a number for this picture.")
        return mean

    def _session(self) -> Session:
        session: Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._load()
            self._local.session = session
        return session

    def _load(self) -> Session:
        from desktop_app.detectors.session import Session  # noqa: PLC0415  # onnxruntime costs 0.3 s to import

        with self._loading:
            first = self._model is None
            if self._model is None:
                self._model = _read_model(self._card_path.with_name(self.card.model), self.card)
            session = Session(self._model, self.card)
            if first:
                self._self_check(session)
        return session

    def _self_check(self, session: Session) -> None:
        try:
            drift = session.golden_drift()
        except TelltaleError as error:
            self._warn(f"The {self.card.title} could not be checked on this computer: {error.message}")
            return
        if drift is not None:
            self._warn(
                f"The {self.card.title} gives other numbers on this computer than where it was tested "
                f"(off by {drift:.2f} on a test pattern). Its answers can't be relied on here."
            )


def _read_model(path: Path, card: ModelCard) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_MODEL_BYTES + 1)
    except OSError as error:
        raise ModelBrokenError("The model file is missing or can't be read.") from error
    if len(data) > _MAX_MODEL_BYTES:
        raise ModelBrokenError("The model file is far too large.")
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise ModelBrokenError("The model file is not the one that its card describes; it may be damaged.")
    return data
