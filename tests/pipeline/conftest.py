from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.core.detector import Detector
from desktop_app.core.estimates import Mode
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.imaging.decoder import DecodeLimits, Decoder
from desktop_app.pipeline.pipeline import Pipeline, PipelineLimits
from desktop_app.pipeline.reading import Fetch
from desktop_app.system.paths import models_dir
from tests.support.collector import Collector

Start = Callable[..., Pipeline]


@pytest.fixture
def heard() -> Collector:
    return Collector()


@pytest.fixture
def start(heard: Collector) -> Iterator[Start]:
    """Start a real pipeline; closed at the end of the test."""
    made: list[Pipeline] = []

    def build(
        *,
        jobs: int = 1,
        seconds: float = 20.0,
        command: list[str] | None = None,
        max_file_bytes: int = 10**8,
        offline: Detector | None = None,
        cloud: Detector | None = None,
        fetch: Fetch | None = None,
        try_changes: bool = False,
    ) -> Pipeline:
        offline = offline or OfflineDetector(models_dir() / "cifake.json", threads=jobs)
        detectors = DetectorRegistry({Mode.OFFLINE: offline} | ({Mode.CLOUD: cloud} if cloud else {}))
        limits = DecodeLimits(seconds=seconds)
        pipeline = Pipeline(
            heard.emit,
            detectors,
            lambda: Decoder(limits, command),
            PipelineLimits(jobs=jobs, max_file_bytes=max_file_bytes, try_changes=try_changes),
            fetch,
        )
        made.append(pipeline)
        return pipeline

    yield build
    for pipeline in made:
        pipeline.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[[int], list[Path]]:
    """Make small pictures, each with another colour."""
    folder = tmp_path / "pictures"
    folder.mkdir()

    def make(count: int) -> list[Path]:
        paths = [folder / f"{number:03}.png" for number in range(count)]
        for number, path in enumerate(paths):
            Image.new("RGB", (32, 32), (number % 256, 80, 120)).save(path)
        return paths

    return make
