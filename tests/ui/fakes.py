"""Stand-ins for the pipeline, and items in every state."""

from __future__ import annotations

import colorsys
import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from PySide6.QtTest import QTest

from desktop_app.composition import Cloud, DetectorChoice, offline_models
from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import DamagedPictureError, TelltaleError
from desktop_app.core.estimates import (
    Estimate,
    HeatCell,
    Mode,
    ScoreCounts,
    Sent,
    SourceScore,
    Stability,
    VariantScore,
    Words,
)
from desktop_app.core.events import Event
from desktop_app.core.items import Item, ItemState
from desktop_app.core.picture import Note, PictureFacts, Raster
from desktop_app.core.sources import FileSource, Source
from desktop_app.detectors.fact_tables import field_table, own_table
from desktop_app.detectors.facts import Section
from desktop_app.detectors.figures import FieldFigures, FieldSource, OwnFigures, OwnRow
from desktop_app.evidence.trust import ListKind, TrustList, TrustLists
from desktop_app.system.secrets.store import KeyStore
from desktop_app.system.settings import Settings
from desktop_app.ui.ports import Services, TrustServices
from tests.support.shelf import Shelf

HASH = "3fa2c1d94be07785a1f04c2e9d6b3870aa55e0c3b7714fd2896e1c0a4d3b2f19"
REASON = (
    "This picture has 1600×1200 pixels. The model was trained and tested on pictures of exactly 32×32 pixels of "
    "ten kinds of things, so its number for other pictures means little."
)


@dataclass
class FakeQueue:
    """Writes down what it is told."""

    emit: Callable[[Event], None]
    calls: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, sources: Sequence[Source], mode: Mode) -> None:
        self.calls.append(("add", tuple(sources), mode))

    def cancel(self, item_ids: Iterable[int]) -> None:
        self.calls.append(("cancel", tuple(item_ids)))

    def cancel_all(self) -> None:
        self.calls.append(("cancel_all",))

    def retry(self, item_ids: Iterable[int], mode: Mode | None = None) -> None:
        self.calls.append(("retry", tuple(item_ids), *([mode] if mode else [])))

    def try_changes(self, item_id: int) -> None:
        self.calls.append(("try_changes", item_id))

    def forget(self, item_ids: Iterable[int]) -> None:
        self.calls.append(("forget", tuple(item_ids)))

    def restore(self, items: Sequence[Item]) -> None:
        self.calls.append(("restore", tuple(item.id for item in items)))

    def pause(self) -> None:
        self.calls.append(("pause",))

    def resume(self) -> None:
        self.calls.append(("resume",))

    def request_thumbnail(self, item_id: int) -> None:
        self.calls.append(("thumbnail", item_id))

    def request_preview(self, item_id: int, side: int) -> None:
        self.calls.append(("preview", item_id, side))

    def close(self) -> None:
        self.calls.append(("close",))

    def named(self, name: str) -> list[tuple[object, ...]]:
        """The calls of one method; what is added to an empty list comes two frames later."""
        if name == "add":
            QTest.qWait(60)
        return [call for call in self.calls if call[0] == name]


@dataclass
class FakeLists:
    """Lists of signers, and what is done with them.

    Attributes:
        gate: while it is not set, everything that is asked for takes its time.
        error: what everything ends with, if anything.
    """

    found: TrustLists = field(default_factory=TrustLists)
    problems: Sequence[str] = ()
    error: TelltaleError | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    calls: list[tuple[object, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()

    def services(self) -> TrustServices:
        return TrustServices(lambda: (self.found, self.problems), self._fetch, self._add, self._forget)

    def _fetch(self, cancel: CancelToken) -> TrustList:
        self.calls.append(("fetch",))
        cancel.on_cancel(self.gate.set)
        self.gate.wait(5)
        cancel.raise_if_cancelled()
        return self._keep(trust_list(ListKind.OFFICIAL))

    def _add(self, paths: Sequence[Path], kind: ListKind) -> TrustList:
        self.calls.append(("add", tuple(paths), kind))
        return self._keep(trust_list(kind))

    def _forget(self, kind: ListKind) -> None:
        self.calls.append(("forget", kind))
        self.found = replace(self.found, **{kind.value: None})

    def _keep(self, added: TrustList) -> TrustList:
        if self.error is not None:
            raise self.error
        self.found = replace(self.found, **{added.kind.value: added})
        return added


def trust_list(kind: ListKind, days: int = 0) -> TrustList:
    """A list without certificates that came ``days`` ago."""
    fetched = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days)
    source = "https://lists.example/official.pem" if kind is ListKind.OFFICIAL else "anchors.pem, allowed.pem"
    return TrustList(kind, "", 30, HASH, fetched, source)


NO_LISTS = FakeLists().services()


@dataclass
class FakeWorld:
    """Services that remember what was made and saved."""

    queues: list[FakeQueue] = field(default_factory=list)
    saved: list[Settings] = field(default_factory=list)
    shelf: Shelf = field(default_factory=Shelf)
    lists: FakeLists = field(default_factory=FakeLists)

    @property
    def queue(self) -> FakeQueue:
        return self.queues[-1]

    def services(self) -> Services:
        return Services(
            self._start,
            lambda settings: READY if settings.upload_accepted else CHOICES,
            lambda _settings: FACTS,
            self.saved.append,
            self.make_cloud,
            offline_models,
            self.lists.services(),
        )

    def make_cloud(self, settings: Settings) -> Cloud:
        return Cloud(settings, KeyStore(open_backend=lambda: self.shelf))

    def _start(self, _settings: Settings, emit: Callable[[Event], None], _cloud: Cloud) -> FakeQueue:
        self.queues.append(FakeQueue(emit))
        return self.queues[-1]


CHOICES = (
    DetectorChoice(
        Mode.OFFLINE,
        "Offline",
        True,  # noqa: FBT003  # ready, or not
        "",
        "",
        "Nothing leaves this computer.",
        "pictures of exactly 32×32 pixels",
    ),
    DetectorChoice(
        Mode.CLOUD,
        "Cloud",
        False,  # noqa: FBT003  # ready, or not
        "Cloud mode needs set-up.",
        "Offline mode works now.",
        "Pictures are sent to NVIDIA, with your own key.",
    ),
)
READY = (CHOICES[0], replace(CHOICES[1], ready=True, why_not="", way_out=""))
OWN = OwnFigures(
    "made-up-test",
    10_000,
    (
        OwnRow("As they are", 10_000, 0.981, 0.998, 0.018, 0.02, 0.005),
        OwnRow("Grey ones", 690, 0.99, 0.999, 0.031, 0.004, 0.02),
        OwnRow("After JPEG, quality 40", 10_000, 0.951, 0.988, 0.04, 0.058, 0.012),
    ),
)
FIELD = FieldFigures(
    "made-up-field",
    460,
    0.47,
    0.43,
    0.58,
    (
        FieldSource("Holiday albums", ai=False, n=140, called_ai=0.45, low=0.37, high=0.53),
        FieldSource("Press agencies", ai=False, n=90, called_ai=0.4, low=0.3, high=0.5),
        FieldSource("Generator A", ai=True, n=150, called_ai=0.42, low=0.34, high=0.5, auroc=0.48),
        FieldSource("Generator B, previews of 256 pixels", ai=True, n=80, called_ai=0.4, low=0.3, high=0.51),
    ),
)
FACTS = (
    Section("What it knows", "Pictures of exactly 32×32 pixels, from two origins."),
    Section("What it doesn't know", "Everything else: other sizes, other things, other generators."),
    Section("How it does on ordinary pictures", "No better than a coin.", field_table(FIELD), "Made up."),
    Section("How good it is on pictures it knows", "98 of 100 of its answers were right.", own_table(OWN)),
    Section("What the words mean", "Strong signs of AI: from 90 % on.\nCan't tell: everything between."),
    Section("Which file", f"SHA-256 {HASH}"),
)


def waiting(item_id: int, name: str = "", mode: Mode = Mode.OFFLINE, state: ItemState = ItemState.QUEUED) -> Item:
    name = name or f"IMG_{item_id:04}.jpg"
    return Item(item_id, FileSource(Path("/pictures") / name), name, mode, state)


def done(
    item_id: int,
    p_ai: float = 0.64,
    words: Words = Words.OUT_OF_RANGE,
    name: str = "",
    mode: Mode = Mode.OFFLINE,
    *,
    size: int | None = None,
) -> Item:
    in_range = words is not Words.OUT_OF_RANGE
    item = waiting(item_id, name, mode, ItemState.DONE)
    return Item(
        item.id,
        item.source,
        item.name,
        mode,
        ItemState.DONE,
        sha256=HASH,
        size=size if size is not None else 1200 + 977 * item_id,
        facts=PictureFacts("JPEG", 32 if in_range else 1600, 32 if in_range else 1200, notes=(Note.ROTATED,)),
        estimate=estimate(p_ai, words, mode),
        elapsed_ms=41.0,
    )


def estimate(p_ai: float, words: Words, mode: Mode = Mode.OFFLINE) -> Estimate:
    in_range = words is not Words.OUT_OF_RANGE
    offline = mode is Mode.OFFLINE
    sources = (
        (SourceScore("Stable Diffusion 1.4", p_ai), SourceScore("Camera photo", 1 - p_ai, ai=False))
        if offline
        else tuple(SourceScore(name, p_ai / (2**index)) for index, name in enumerate(_CLOUD_SOURCES))
    )
    return Estimate(
        "cifake" if offline else "hive",
        "CIFAKE model" if offline else "Hive on NVIDIA NIM",
        HASH if offline else "",
        p_ai,
        words,
        in_range,
        "" if in_range else REASON,
        tuple(sorted(sources, key=lambda score: -score.p)),
        mode,
        None if offline else SENT,
    )


SENT = Sent(98_304, 1600, 1200, "JPEG", reencoded=False, reason="", host="ai.api.nvidia.com")


_CLOUD_SOURCES = ("Midjourney", "DALL·E 3", "Stable Diffusion XL", "Flux", "Firefly")


def failed(item_id: int, name: str = "", error: TelltaleError | None = None) -> Item:
    item = waiting(item_id, name, state=ItemState.FAILED)
    return Item(
        item.id, item.source, item.name, item.mode, ItemState.FAILED, size=88, error=error or DamagedPictureError()
    )


def with_heat(item: Item, cells: Sequence[HeatCell]) -> Item:
    """The same item from a model that says where its score came from."""
    assert item.estimate is not None
    return replace(item, estimate=replace(item.estimate, heat=tuple(cells)))


def chosen(item: Item, why: str) -> Item:
    """The same item, answered by one of several models for a reason."""
    assert item.estimate is not None
    return replace(item, estimate=replace(item.estimate, chosen=why))


def with_counts(item: Item, photographs: int, ai: int, low: float = 0.9, high: float = 1.0) -> Item:
    """The same item from a model whose card counts test pictures."""
    assert item.estimate is not None
    counts = ScoreCounts(low, high, photographs, ai, "cifake-test-dev", 5000, 5000)
    return replace(item, estimate=replace(item.estimate, counts=counts))


def heat_cells(side: int = 8, hot: tuple[int, int] = (1, 2)) -> list[HeatCell]:
    """A grid over the whole picture: orange around the ``hot`` column and row, blue far from it."""
    return [
        HeatCell(
            x / side,
            y / side,
            (x + 1) / side,
            (y + 1) / side,
            max(0.05, 1 - (abs(x - hot[0]) + abs(y - hot[1])) / side),
        )
        for y in range(side)
        for x in range(side)
    ]


CHANGES = (
    "JPEG, quality 90",
    "JPEG, quality 70",
    "Shrunk to three quarters",
    "Shrunk to half",
    "Cropped by 3 %",
    "WebP, quality 80",
    "Mirrored left to right",
    "Made grey",
)


def tried(item: Item, *scores: float, outside: Sequence[int] = (), quick: bool = False) -> Item:
    """The same item after its changes were tried; ``outside`` numbers those that don't count."""
    estimate = item.estimate
    assert estimate is not None
    variants = tuple(
        VariantScore(name, p_ai, counted=number not in outside)
        for number, (name, p_ai) in enumerate(zip(CHANGES, scores, strict=False))
    )
    span = [estimate.p_ai, *(variant.p_ai for variant in variants if variant.counted)]
    flips = min(span) < 0.5 < max(span)
    words = Words.CANT_TELL if flips and estimate.in_range else estimate.words
    stability = Stability(variants, min(span), max(span), flips, quick)
    return replace(item, estimate=replace(estimate, words=words, stability=stability))


@lru_cache(maxsize=64)
def raster(seed: int, width: int = 192, height: int = 144) -> Raster:
    """A soft two-coloured picture; eight different ones."""
    seed %= 8
    first = colorsys.hsv_to_rgb((seed * 0.137) % 1, 0.35, 0.92)
    second = colorsys.hsv_to_rgb((seed * 0.137 + 0.12) % 1, 0.65, 0.45)
    rows = bytearray()
    for y in range(0, height, 4):
        row = bytearray()
        for x in range(0, width, 4):
            wave = (x / width + y / height) / 2
            hill = 0.35 if y > height * (0.62 + 0.12 * ((x + seed * 37) % width) / width) else 0.0
            mix = min(1.0, wave * 0.6 + hill)
            pixel = bytes(round(255 * (a + (b - a) * mix)) for a, b in zip(first, second, strict=True))
            row += pixel * 4
        rows += bytes(row) * 4
    return Raster(width, height, bytes(rows))
