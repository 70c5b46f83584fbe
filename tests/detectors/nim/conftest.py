"""A stand-in, a network thread and a detector between them."""

from __future__ import annotations

import os
import random
import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Examination
from desktop_app.core.estimates import Estimate
from desktop_app.core.picture import Picture, Raster
from desktop_app.detectors.nim import NimDetector, NimOptions, Upload
from desktop_app.imaging.reading import read_picture
from desktop_app.system.network import NetworkThread
from tests.support.nim import KEY, StandIn
from tests.support.pictures import encode

QUICK = 0.01
"""Seconds in place of the first pause after a 429; everything else that waits follows from it."""


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is not behind anybody's proxy."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn() as started:
        yield started
    assert not started.complaints


@pytest.fixture
def network() -> Iterator[NetworkThread]:
    thread = NetworkThread()
    yield thread
    thread.close()


@dataclass
class Bench:
    """A detector, and all that it said to those around it."""

    network: NetworkThread
    key: str | None = field(default=KEY, repr=False)
    accepted: bool = True
    uploads: list[Upload] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    key_calls: int = 0
    made: list[NimDetector] = field(default_factory=list)

    def detector(
        self,
        url: str,
        verify: ssl.SSLContext | None = None,
        on_upload: Callable[[Upload], object] | None = None,
        **options: Any,
    ) -> NimDetector:
        quick = {"backoff_seconds": QUICK, "poll_seconds": QUICK, "start_rate_per_minute": 60_000.0}
        detector = NimDetector(
            NimOptions(base_url=url, **{**quick, **options}),
            get_key=self._key,
            network=self.network,
            on_upload=on_upload or self.uploads.append,
            may_upload=lambda: self.accepted,
            say_wait=self.waits.append,
            verify=verify,
        )
        self.made.append(detector)
        return detector

    def _key(self) -> str | None:
        self.key_calls += 1
        return self.key


@pytest.fixture
def bench(network: NetworkThread) -> Iterator[Bench]:
    made = Bench(network)
    yield made
    for detector in made.made:
        detector.close()


def examined(detector: NimDetector, data: bytes) -> Examination:
    """Return what the pipeline hands to the detector for a file."""
    reading = read_picture(data)
    side = detector.larger_side(data, reading.facts)
    larger = None
    if side is not None:
        image = reading.image.copy()
        image.thumbnail((side, side))
        larger = Raster(*image.size, image.tobytes())
    return Examination(Picture(reading.facts, None), data, larger)


def ask(detector: NimDetector, data: bytes, cancel: CancelToken | None = None) -> Future[Estimate]:
    return detector.submit(examined(detector, data), cancel or CancelToken())


def grey(level: int, side: int = 48) -> bytes:
    """Return a PNG whose score at the stand-in is ``level`` / 255."""
    return encode(Image.new("RGB", (side, side), (level, level, level)))


def noise(width: int, height: int, name: str = "PNG", **options: object) -> bytes:
    """Return a picture that can't be packed well."""
    values = random.Random(width * height).randbytes(3 * width * height)
    return encode(Image.frombytes("RGB", (width, height), values), name, **options)


def wait_for(standin: StandIn, kind: str) -> None:
    """Wait until something has arrived at a kind of route."""
    deadline = time.monotonic() + 5
    while not standin.at(kind) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert standin.at(kind)
