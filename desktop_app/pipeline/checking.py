"""The decoding threads: bytes → picture → detector → result, and pictures for the eye in between."""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError, Future
from contextlib import AbstractContextManager, suppress
from dataclasses import replace

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Detector, Examination
from desktop_app.core.errors import Cancelled, PictureError, TelltaleError
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.events import PreviewReady, ThumbnailReady
from desktop_app.core.evidence import Findings
from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import Note, Picture, PictureFacts, Raster
from desktop_app.core.sources import RawSource
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.imaging.decoder import Decoder
from desktop_app.pipeline.ledger import Ledger
from desktop_app.pipeline.outcome import PutBack, elapsed_ms, ends_item
from desktop_app.pipeline.questions import Questions, ask_about_variants, when_all_done
from desktop_app.pipeline.reading import Bytes
from desktop_app.pipeline.trials import Trial
from desktop_app.pipeline.trying import Trier
from desktop_app.pipeline.workbench import Loaded, Wish, Workbench

_log = logging.getLogger(__name__)
_UNREADABLE = "What this file says about its own origin could not be read safely."


class Checker:
    """Owns one decoder process; takes loaded items, trials and wishes from the bench.

    Attributes:
        warm: whether :meth:`run` starts the process before there is work for it.
        try_changes: whether an offline item is tried with harmless changes before it is done.
    """

    def __init__(
        self,
        ledger: Ledger,
        bench: Workbench,
        detectors: DetectorRegistry,
        decoder: Decoder,
        source_bytes: Bytes,
        put_back: PutBack,
    ) -> None:
        self._ledger = ledger
        self._bench = bench
        self._detectors = detectors
        self._decoder = decoder
        self._bytes = source_bytes
        self._put_back = put_back
        self._trier = Trier(ledger, detectors, decoder, source_bytes)
        self._closing = CancelToken()
        self.warm = False
        self.try_changes = False

    def run(self) -> None:
        """Work until the bench is closed."""
        try:
            if self.warm:
                with suppress(TelltaleError):  # the first picture will say it
                    self._decoder.warm_up()
            while (work := self._bench.next_work()) is not None:
                if isinstance(work, Wish):
                    self._fulfil(work)
                elif isinstance(work, Trial):
                    self._try(work)
                else:
                    self._check(work)
        finally:
            self._decoder.close()

    def close(self) -> None:
        """Break off what is being decoded."""
        self._closing.cancel()

    def _check(self, work: Loaded) -> None:
        submitted = False
        try:
            with self._ends(work):
                submitted = self._decode_and_submit(work)
        finally:
            if not submitted:
                self._bench.finished(work)

    def _ends(self, work: Loaded) -> AbstractContextManager[None]:
        return ends_item(self._ledger, work.item, work.token, work.started, self._put_back)

    def _decode_and_submit(self, work: Loaded) -> bool:
        detector = self._detectors.detector(work.item.mode)
        picture = self._decoder.decode(work.data, views=detector.views, cancel=work.token)
        facts = _facts(picture, work.item)
        findings = self._findings(picture, work)
        if not self._ledger.change(work.item.id, work.token, facts=facts, findings=findings):
            return False
        if picture.thumbnail:
            self._ledger.emit(ThumbnailReady(work.item.id, picture.thumbnail))
        larger = self._larger(detector, work, facts)
        answer = detector.submit(Examination(picture, work.data, larger, work.item.name), work.token)
        questions = self._questions(detector, work)
        others = questions.answers if questions else ()
        when_all_done([answer, *others], lambda: self._finish(work, answer, questions))
        return True

    def _findings(self, picture: Picture, work: Loaded) -> Findings:
        item = work.item
        try:
            return self._decoder.look(
                work.data,
                picture.facts,
                name=item.name,
                re_encoded=isinstance(item.source, RawSource) and item.source.re_encoded,
                cancel=work.token,
            )
        except PictureError:  # what is hidden in the metadata must not cost the estimate
            return Findings(notes=(_UNREADABLE,))

    def _questions(self, detector: Detector, work: Loaded) -> Questions | None:
        if not self.try_changes or detector.mode is not Mode.OFFLINE:
            return None
        try:
            return ask_about_variants(self._decoder, detector, work.data, work.item.name, work.token)
        except TelltaleError as error:
            return Questions(problem=error.message)

    def _larger(self, detector: Detector, work: Loaded, facts: PictureFacts) -> Raster | None:
        side = detector.larger_side(work.data, facts)
        return self._decoder.decode(work.data, thumbnail_side=side, cancel=work.token).thumbnail if side else None

    def _finish(self, work: Loaded, answer: Future[Estimate], questions: Questions | None) -> None:
        self._bench.finished(work)
        with self._ends(work):
            estimate = answer.result()
            if questions:
                estimate = questions.settle_or_say(estimate)
            changes = {"state": ItemState.DONE, "estimate": estimate, "elapsed_ms": elapsed_ms(work.started)}
            self._ledger.change(work.item.id, work.token, earlier=None, **changes)

    def _try(self, trial: Trial) -> None:
        try:
            self._trier.run(trial)
        finally:
            self._bench.tried()
            self._ledger.expect(-1)

    def _fulfil(self, wish: Wish) -> None:
        raster: Raster | None = None
        item = self._ledger.item(wish.item_id)
        if item is None:
            return
        try:
            data = self._bytes.again(item.source, self._closing)
            raster = self._decoder.decode(data, thumbnail_side=wish.side, cancel=self._closing).thumbnail
        except (TelltaleError, Cancelled, CancelledError):
            raster = None
        except Exception:  # noqa: BLE001  # a missing thumbnail is no reason to stop the queue
            _log.exception("a picture for the eye failed")
        if wish.preview:
            self._ledger.emit(PreviewReady(item.id, raster))
        elif raster:
            self._ledger.emit(ThumbnailReady(item.id, raster))


def _facts(picture: Picture, item: Item) -> PictureFacts:
    if isinstance(item.source, RawSource) and item.source.re_encoded:
        return replace(picture.facts, notes=(*picture.facts.notes, Note.RE_ENCODED))
    return picture.facts
