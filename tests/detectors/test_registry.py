import pytest

from desktop_app.core.detector import Availability
from desktop_app.core.errors import DetectorUnavailableError
from desktop_app.core.estimates import Mode
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.system.paths import models_dir


def test_a_mode_without_a_detector_says_why_not_and_what_to_do() -> None:
    with pytest.raises(DetectorUnavailableError) as caught:
        DetectorRegistry({}).detector(Mode.CLOUD)
    assert "no detector" in caught.value.message
    assert "offline" in caught.value.hint


def test_a_mode_may_have_a_reason_in_a_detector_s_place() -> None:
    reason = Availability(ready=False, why_not="There is no such model.", way_out="Choose another.")
    registry = DetectorRegistry({Mode.OFFLINE: reason})
    with pytest.raises(DetectorUnavailableError) as caught:
        registry.detector(Mode.OFFLINE)
    assert (caught.value.message, caught.value.hint) == ("There is no such model.", "Choose another.")
    registry.warm_up()
    registry.close()


def test_the_offline_detector_is_ready() -> None:
    registry = DetectorRegistry({Mode.OFFLINE: OfflineDetector(models_dir() / "cifake.json")})
    assert registry.detector(Mode.OFFLINE).name == "cifake"
    registry.close()
