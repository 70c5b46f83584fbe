"""The offline detector: any ONNX model with a card, run by onnxruntime on this computer."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Availability, Examination
from desktop_app.core.errors import Cancelled, DetectorError, ModelBrokenError
from desktop_app.core.estimates import Estimate, Mode, Words
from desktop_app.core.picture import PictureFacts, Raster, ViewRule
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.detectors.card import ModelCard, load_card
from desktop_app.detectors.flatness import flat_share
from desktop_app.detectors.hint import with_hint
from desktop_app.detectors.meaning import make_estimate
from desktop_app.detectors.second_look import confirmed
from desktop_app.detectors.selfcheck import golden_drift
from desktop_app.system.threads import INFERENCE, give_way

if TYPE_CHECKING:
    from desktop_app.detectors.confined.session import ConfinedSession
    from desktop_app.detectors.session import Session

_log = logging.getLogger(__name__)
_MAX_MODEL_BYTES = 256 * 1024 * 1024


class OfflineDetector:
    """A model file beside its card. Nothing is loaded before the first question; no socket is ever opened."""

    mode = Mode.OFFLINE

    def __init__(
        self,
        card_path: Path,
        *,
        threads: int = 1,
        warn: Callable[[str], None] | None = None,
        confined: bool = False,
        second_look: bool = False,
        experimental: Sequence[ModelCard] = (),
    ) -> None:
        """Nothing is read yet.

        Args:
            card_path: the card; the model lies beside it.
            threads: inferences that run at once, each with its own session.
            warn: hears of a failed self-check.
            confined: whether each session gets a process of its own, for models that others made.
            second_look: whether an answer of *Strong* has to outlast two quick changes.
            experimental: the cards of models that were left out, to be told of outside this one's range.
        """
        self._experimental = experimental
        self._second_look = second_look
        self._card_path = card_path
        self._warn = warn or _log.warning
        self._confined = confined
        self._closing = CancelToken()
        self._sessions: list[Session | ConfinedSession] = []
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

    @property
    def knows(self) -> str:
        """Which pictures it answers, as a part of a sentence."""
        return self.card.range.words()

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

    def submit(
        self,
        examination: Examination,
        cancel: CancelToken,
        then: Callable[[Estimate], Estimate] | None = None,
    ) -> Future[Estimate]:
        """See :class:`desktop_app.core.detector.Detector`; ``then`` may say more of the estimate."""
        return self._pool.submit(self._examine, examination, cancel, then)

    def close(self) -> None:
        """Wait for running inferences (milliseconds; a confined one is broken off) and end the threads."""
        self._closing.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for session in self._sessions:
            session.close()

    def _examine(
        self, examination: Examination, cancel: CancelToken, then: Callable[[Estimate], Estimate] | None
    ) -> Estimate:
        views, facts = examination.picture.views, examination.picture.facts
        # Of the picture itself: a change may make a drawing flatter, which says nothing about the answer.
        flat = flat_share(views) if self.card.range.flat_share_max is not None else 0.0
        estimate = self._estimate(views, facts, flat, cancel)
        if self._second_look and not examination.variant and estimate.words is Words.STRONG:
            from desktop_app.imaging.view_changes import QUICK_CHANGES, changed_views  # noqa: PLC0415  # Pillow

            others = [
                (change.value, self._estimate(changed_views(views, change), facts, flat, cancel))
                for change in QUICK_CHANGES
            ]
            estimate = confirmed(estimate, others)
        estimate = with_hint(estimate, facts, self._experimental)
        return estimate if then is None else then(estimate)

    def _estimate(
        self, views: Sequence[Raster], facts: PictureFacts, flat: float, cancel: CancelToken
    ) -> Estimate:
        cancel.raise_if_cancelled()
        return make_estimate(self.card, self.answers(views, cancel), facts.width, facts.height, flat)

    def answers(self, rasters: Sequence[Raster], cancel: CancelToken | None = None) -> list[ViewAnswer]:
        """Return what the model says of each view, before calibration.

        Raises:
            ModelBrokenError: the model file is missing, altered or can't be loaded.
            InferenceError: the model failed, or gave something else than its card says.
            Cancelled: only where the model is confined.
        """
        return self._session().answers(rasters, cancel)

    def _session(self) -> Session | ConfinedSession:
        session: Session | ConfinedSession | None = getattr(self._local, "session", None)
        if session is None:
            session = self._load()
            self._local.session = session
        return session

    def _load(self) -> Session | ConfinedSession:
        with self._loading:
            first = self._model is None
            if self._model is None:
                self._model = _read_model(self._card_path.with_name(self.card.model), self.card)
            session = self._open(self._model)
            self._sessions.append(session)
            if first:
                self._self_check(session)
        return session

    def _open(self, model: bytes) -> Session | ConfinedSession:
        if self._confined:
            from desktop_app.detectors.confined.session import ConfinedSession  # noqa: PLC0415  # seldom needed

            return ConfinedSession(model, self.card, self._closing)
        from desktop_app.detectors.session import Session  # noqa: PLC0415  # onnxruntime costs 0.3 s to import

        return Session(model, self.card)

    def _self_check(self, session: Session | ConfinedSession) -> None:
        try:
            drift = golden_drift(self.card, session.answers)
        except (ModelBrokenError, Cancelled):
            return  # every picture will say so
        except DetectorError as error:
            self._warn(f"“{self.card.title}” could not be checked on this computer: {error.message}")
            return
        if drift is not None:
            self._warn(
                f"“{self.card.title}” gives other numbers on this computer than where it was tested "
                f"(off by {drift:.2f} on a test pattern). Its answers can't be relied on here."
            )


def _read_model(path: Path, card: ModelCard) -> bytes:
    try:
        if not path.is_file():  # a pipe would keep us for ever
            raise FileNotFoundError(path.name)
        with path.open("rb") as file:
            data = file.read(_MAX_MODEL_BYTES + 1)
    except OSError as error:
        raise ModelBrokenError("The model file is missing or can't be read.") from error
    if len(data) > _MAX_MODEL_BYTES:
        raise ModelBrokenError("The model file is far too large.")
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise ModelBrokenError("The model file is not the one that its card describes; it may be damaged.")
    return data
