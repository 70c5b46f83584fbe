"""The program's own way from a file's bytes to an estimate, for measuring what people will get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Examination
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.imaging.decode import decode


@dataclass(frozen=True)
class Answer:
    """What the program says of a picture: calibrated P(AI), 0-1, and its words.

    `shorter` is the picture's shorter side, in pixels.
    """

    p: float
    words: str
    shorter: int


class Scorer:
    """Decodes and scores pictures with the detector of one card; a failed self-check is an error here."""

    def __init__(self, card: Path) -> None:
        self._detector = OfflineDetector(card, warn=self._refuse)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._detector.close()

    def score(self, content: bytes) -> Answer:
        """Score one file.

        Raises:
            TelltaleError: the program can't read the file or the model.
            RuntimeError: the model gives other golden scores here than its card says.
        """
        picture = decode(content, views=self._detector.views, thumbnail_side=None)
        examination = Examination(picture, content)
        estimate = self._detector.submit(examination, CancelToken()).result()
        return Answer(estimate.p_ai, estimate.words.value, min(picture.facts.width, picture.facts.height))

    @staticmethod
    def _refuse(warning: str) -> None:
        raise RuntimeError(warning)
