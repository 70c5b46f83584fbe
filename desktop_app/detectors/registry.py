"""Which detector answers in which mode, and why one can't."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core.detector import Availability, Detector
from desktop_app.core.errors import DetectorUnavailableError
from desktop_app.core.estimates import Mode

CLOUD_NOT_SET_UP = Availability(
    ready=False,
    why_not="Cloud mode needs set-up, and this version can't do that yet.",
    way_out="It comes with a later version. Offline mode works now.",
)


class DetectorRegistry:
    """The detectors by mode; closes them with itself."""

    def __init__(self, detectors: Mapping[Mode, Detector]) -> None:
        self._detectors = dict(detectors)

    def detector(self, mode: Mode) -> Detector:
        """Return the detector for ``mode``.

        Raises:
            DetectorUnavailableError: none, or not ready; says why and what to do.
        """
        available = self.availability(mode)
        if not available.ready:
            raise DetectorUnavailableError(available.why_not, available.way_out)
        return self._detectors[mode]

    def availability(self, mode: Mode) -> Availability:
        """Whether ``mode`` can be used now, and why not."""
        detector = self._detectors.get(mode)
        return detector.availability() if detector else CLOUD_NOT_SET_UP

    def close(self) -> None:
        """Close every detector."""
        for detector in self._detectors.values():
            detector.close()
