"""The bundled models together: facts about a picture decide which of them answers, never a score."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property, partial

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Availability, Examination
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.picture import PictureFacts, ViewRule
from desktop_app.detectors.contradictions import AUTO
from desktop_app.detectors.offline import OfflineDetector


class AutoDetector:
    """Two models: pictures from some size on go to the second, all others to the first.

    The first one knows pictures of one small size; what lies between is outside both ranges, and said to be. A
    model is loaded when the first picture needs it.
    """

    mode = Mode.OFFLINE
    name = AUTO
    title = "Offline models"

    def __init__(self, small: OfflineDetector, ordinary: OfflineDetector) -> None:
        """Nothing is read yet.

        Args:
            small: the model of small pictures.
            ordinary: the model whose card's range begins at some shorter side.
        """
        self._small = small
        self._ordinary = ordinary

    @cached_property
    def views(self) -> Sequence[ViewRule]:
        """The views of both, each for the pictures that go to its model.

        Raises:
            ModelCardError: a card can't be used.
        """
        return (
            *(replace(rule, shorter_to=self._from_side - 1) for rule in self._small.views),
            *(replace(rule, shorter_from=self._from_side) for rule in self._ordinary.views),
        )

    @property
    def knows(self) -> str:
        """Which pictures they answer, as a part of a sentence."""
        return f"{self._small.knows} and {self._ordinary.knows}"

    def availability(self) -> Availability:
        """Ready when both are."""
        found = [detector.availability() for detector in (self._small, self._ordinary)]
        return next((available for available in found if not available.ready), found[0])

    def warm_up(self) -> None:
        """Load the small model alone: the larger one would make the first window slower, and takes 0.1 s."""
        self._small.warm_up()

    def larger_side(self, data: bytes, facts: PictureFacts) -> None:  # the protocol's
        """Views are all that they need."""

    def submit(self, examination: Examination, cancel: CancelToken) -> Future[Estimate]:
        """See :class:`desktop_app.core.detector.Detector`."""
        facts = examination.picture.facts
        if min(facts.width, facts.height) >= self._from_side:
            return self._ordinary.submit(examination, cancel, partial(_chosen, by=self._ordinary))
        if self._small.card.range.holds(facts.width, facts.height):
            return self._small.submit(examination, cancel, partial(_chosen, by=self._small))
        reason = f"This picture has {facts.width}×{facts.height} pixels. {self._neither()}"
        return self._small.submit(examination, cancel, partial(replace, range_reason=reason))

    def close(self) -> None:
        """Close both."""
        self._small.close()
        self._ordinary.close()

    @property
    def _from_side(self) -> int:
        return self._ordinary.card.range.shorter_side_min or 1

    def _neither(self) -> str:
        return f"{_answers(self._small)} {_answers(self._ordinary)} No model was tested on other sizes."


def _chosen(estimate: Estimate, by: OfflineDetector) -> Estimate:
    return replace(estimate, chosen=_answers(by))


def _answers(detector: OfflineDetector) -> str:
    return f"The {detector.title} answers {detector.knows}."
