"""One finished item tried with harmless changes, on the decoding thread that took it."""

from __future__ import annotations

import hashlib
import logging
from concurrent.futures import CancelledError

from desktop_app.core.detector import Examination
from desktop_app.core.errors import (
    Cancelled,
    DetectorUnavailableError,
    FileChangedError,
    ModelChangedError,
    TelltaleError,
    UnexpectedError,
)
from desktop_app.core.estimates import Mode
from desktop_app.core.events import ChangesTried
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.detectors.stability import same_model
from desktop_app.imaging.decoder import Decoder
from desktop_app.pipeline.ledger import Ledger
from desktop_app.pipeline.outcome import without_frames
from desktop_app.pipeline.questions import ask_about_variants
from desktop_app.pipeline.reading import Bytes
from desktop_app.pipeline.trials import Trial

_log = logging.getLogger(__name__)
_OFFLINE_ALONE = "Harmless changes are tried offline only: in cloud mode each of them would be one more upload."
_CHECK_OFFLINE = "Check the picture in offline mode first."


class Trier:
    """Reads an item again, asks about it and its variants, and puts the answer into its snapshot."""

    def __init__(self, ledger: Ledger, detectors: DetectorRegistry, decoder: Decoder, source_bytes: Bytes) -> None:
        self._ledger = ledger
        self._detectors = detectors
        self._decoder = decoder
        self._bytes = source_bytes

    def run(self, trial: Trial) -> None:
        """Try an item; whatever happens, :class:`ChangesTried` is the last that is heard of it."""
        error: TelltaleError | None = None
        try:
            self._try(trial)
        except (Cancelled, CancelledError):
            error = None
        except TelltaleError as caught:
            error = without_frames(caught)
        except Exception:  # noqa: BLE001  # a fault of ours costs this trial, never the queue
            _log.exception("a trial failed unexpectedly")
            error = UnexpectedError()
        self._ledger.emit(ChangesTried(trial.item_id, error))

    def _try(self, trial: Trial) -> None:
        token = trial.token
        token.raise_if_cancelled()
        found = self._ledger.answered(trial.item_id)
        if found is None:
            return
        item, run, before = found
        if before.mode is not Mode.OFFLINE:
            raise DetectorUnavailableError(_OFFLINE_ALONE, _CHECK_OFFLINE)
        data = self._bytes.again(item.source, token)
        if hashlib.sha256(data).hexdigest() != item.sha256:
            raise FileChangedError
        detector = self._detectors.detector(Mode.OFFLINE)
        # The picture itself is asked about anew, so that all the numbers come from one model on one computer.
        picture = self._decoder.decode(data, views=detector.views, thumbnail_side=None, cancel=token)
        estimate = detector.submit(Examination(picture, data, name=item.name), token).result()
        if not same_model(before, estimate):
            raise ModelChangedError
        stable = ask_about_variants(self._decoder, detector, data, item.name, token).settle(estimate)
        token.raise_if_cancelled()
        self._ledger.amend(item.id, run, stable)
