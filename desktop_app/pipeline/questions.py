"""What a detector is asked about the harmless variants of a picture, and what comes of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Detector, Examination
from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Estimate
from desktop_app.detectors.stability import with_stability
from desktop_app.imaging.decoder import Decoder


@dataclass(frozen=True, slots=True)
class Questions:
    """Names of the changes that were tried, and the answers to come; ``problem`` says why there are none."""

    names: tuple[str, ...] = ()
    answers: tuple[Future[Estimate], ...] = ()
    problem: str = ""

    def settle(self, estimate: Estimate) -> Estimate:
        """Return ``estimate`` with its stability; blocks until everything is answered.

        Raises:
            DetectorError: the detector failed on a variant.
            Cancelled: the work was withdrawn.
        """
        answers = [answer.result() for answer in self.answers]
        return with_stability(estimate, list(zip(self.names, answers, strict=True)))

    def settle_or_say(self, estimate: Estimate) -> Estimate:
        """As :meth:`settle`, but trouble with a variant is said in the estimate, and never costs it."""
        if self.problem:
            return replace(estimate, stability_problem=self.problem)
        try:
            return self.settle(estimate)
        except TelltaleError as error:
            return replace(estimate, stability_problem=error.message)


def ask_about_variants(
    decoder: Decoder, detector: Detector, data: bytes, name: str, cancel: CancelToken
) -> Questions:
    """Make the variants of a picture file (this blocks) and ask about each, with the variant's own facts.

    Raises:
        PictureError: the variants can't be made.
        Cancelled: ``cancel`` was set meanwhile.
    """
    variants = decoder.vary(data, views=detector.views, cancel=cancel)
    # A variant was never a file: there are no bytes to look at.
    asked = [
        detector.submit(Examination(variant.picture, b"", name=name, variant=True), cancel) for variant in variants
    ]
    return Questions(tuple(variant.change.value for variant in variants), tuple(asked))


def when_all_done(futures: Sequence[Future[Any]], then: Callable[[], None]) -> None:
    """Call ``then`` once, on the thread that ends the last of ``futures`` (on this one when all have ended)."""
    ended = itertools.count(1)

    def count(_future: Future[Any]) -> None:
        if next(ended) == len(futures):  # one step in C: no two threads are given the same number
            then()

    for future in futures:
        future.add_done_callback(count)
