"""The one place that names concrete classes and wires them together, for the window and the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event, Warned
from desktop_app.detectors.card import FiguresCard, ModelCard, load_card
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.imaging.decoder import DecodeLimits, Decoder
from desktop_app.pipeline.pipeline import Pipeline, PipelineLimits
from desktop_app.system import settings as stored
from desktop_app.system.paths import models_dir
from desktop_app.system.settings import Settings

_MOST_JOBS = 8
_BUNDLED = "cifake.json"


@dataclass(frozen=True, slots=True)
class DetectorChoice:
    """One side of the mode switch, in words."""

    mode: Mode
    title: str
    ready: bool
    why_not: str
    way_out: str
    about: str


def load_settings() -> Settings:
    """Read the user's settings; never fails."""
    return stored.load_settings()


def save_settings(settings: Settings) -> None:
    """Remember the user's settings.

    Raises:
        SettingsError: they can't be written.
    """
    stored.save_settings(settings)


def start_pipeline(settings: Settings, emit: Callable[[Event], None], *, jobs: int = 0) -> Pipeline:
    """Build the pipeline; cheap, since threads, processes and models start with the first item.

    Args:
        settings: limits, and the number of jobs unless ``jobs`` is given.
        emit: called from any thread, in order for each item; must only hand the event on.
        jobs: pictures decoded at once; 0 takes the settings' number, and if that is 0, one a processor.
    """
    count = jobs or settings.jobs or min(_MOST_JOBS, os.cpu_count() or 1)
    limits = DecodeLimits(max_pixels=settings.max_megapixels * 1_000_000, seconds=settings.picture_seconds)
    offline = OfflineDetector(models_dir() / _BUNDLED, threads=count, warn=lambda message: emit(Warned(message)))
    return Pipeline(
        emit,
        DetectorRegistry({Mode.OFFLINE: offline}),
        lambda: Decoder(limits),
        PipelineLimits(jobs=count, max_file_bytes=settings.max_file_mb * 2**20),
    )


def detector_choices(settings: Settings) -> tuple[DetectorChoice, ...]:  # noqa: ARG001  # the model choice comes here
    """Return both modes with what they mean for privacy, and why one can't be used."""
    offline = OfflineDetector(models_dir() / _BUNDLED)
    registry = DetectorRegistry({Mode.OFFLINE: offline})
    try:
        return (
            _choice(registry, Mode.OFFLINE, "Offline", "Nothing leaves this computer."),
            _choice(registry, Mode.CLOUD, "Cloud", "Pictures are sent to NVIDIA, with your own key."),
        )
    finally:
        registry.close()


def model_facts(settings: Settings) -> tuple[tuple[str, str], ...]:  # noqa: ARG001  # as above
    """Return headings and texts for "What the offline model knows", from the model's card."""
    try:
        card = load_card(models_dir() / _BUNDLED)
    except TelltaleError as error:
        return (("The model can't be used", f"{error.message} {error.hint}"),)
    return tuple(_facts(card))


def _choice(registry: DetectorRegistry, mode: Mode, title: str, about: str) -> DetectorChoice:
    available = registry.availability(mode)
    return DetectorChoice(mode, title, available.ready, available.why_not, available.way_out, about)


def _facts(card: ModelCard) -> list[tuple[str, str]]:
    facts = [
        (
            "What it knows",
            f"Pictures of exactly {card.range.width}×{card.range.height} pixels, from two origins: "
            + " and ".join(source.name for source in card.sources)
            + ".",
        ),
        ("What it doesn't know", card.range.reason),
    ]
    if card.figures:
        facts += [("How good it is there", _skill(card.figures))]
    facts += [
        ("What the words mean", _bands()),
        ("Which file", f"{card.title}, version {card.version}, sha256 {card.sha256}, licence {card.licence}."),
    ]
    return facts


def _skill(figures: FiguresCard) -> str:
    return (
        f"On {figures.pictures:,} test pictures it had never seen ({figures.test}), "
        f"{figures.accuracy:.1%} of its answers were right. It called {figures.false_positive_rate:.1%} of the "
        f"camera photos AI and missed {figures.false_negative_rate:.1%} of the AI pictures."
    )


def _bands() -> str:
    return (
        "Strong signs of AI: at most 1 in 100 camera photos in our validation set got this. Some signs: at most "
        "5 in 100. Few signs: at most 1 in 100 AI pictures got this; it is not proof of a camera. "
        "Can't tell: everything between. All of this holds only inside the model's range."
    )
