"""Which detector answers in which mode, and why one can't."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.core.detector import Availability, Detector
from desktop_app.core.errors import DetectorUnavailableError
from desktop_app.core.estimates import Mode

_NONE = Availability(ready=False, why_not="There is no detector for this mode.", way_out="Switch to offline mode.")


class DetectorRegistry:
    """The detectors by mode; closes them with itself, and calls ``afterwards`` then (their network, say)."""

    def __init__(
        self, detectors: Mapping[Mode, Detector | Availability], afterwards: Callable[[], None] | None = None
    ) -> None:
        """An :class:`Availability` in a detector's place says why there is none."""
        self._detectors = {mode: found for mode, found in detectors.items() if not isinstance(found, Availability)}
        self._missing = {mode: found for mode, found in detectors.items() if isinstance(found, Availability)}
        self._afterwards = afterwards

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
        return detector.availability() if detector else self._missing.get(mode, _NONE)

    def warm_up(self) -> None:
        """Load what answers offline; what is far away is left alone until it is asked."""
        detector = self._detectors.get(Mode.OFFLINE)
        if detector:
            detector.warm_up()

    def close(self) -> None:
        """Close every detector."""
        for detector in self._detectors.values():
            detector.close()
        if self._afterwards:
            self._afterwards()
