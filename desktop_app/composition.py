"""The one place that names concrete classes and wires them together, for the window and the command line."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, KeyMissingError, SecretsError, TelltaleError
from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event, ServiceWait, Warned
from desktop_app.detectors.card import FiguresCard, ModelCard, load_card
from desktop_app.detectors.nim.detector import NimDetector
from desktop_app.detectors.nim.keycheck import check_key
from desktop_app.detectors.nim.options import HOSTED_URL, NimOptions
from desktop_app.detectors.nim.options import Upload as SentPicture
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.imaging.decoder import DecodeLimits, Decoder
from desktop_app.intake.download.downloader import Downloader
from desktop_app.library.uploads import FILE_NAME, Upload, UploadLedger
from desktop_app.pipeline.pipeline import Pipeline, PipelineLimits
from desktop_app.system import settings as stored
from desktop_app.system.network import NetworkThread
from desktop_app.system.paths import data_dir, models_dir
from desktop_app.system.permissions import Permissions
from desktop_app.system.secrets.store import KeyStore
from desktop_app.system.settings import Settings

_MOST_JOBS = 8
_BUNDLED = "cifake.json"
_NEEDS_SET_UP = "Cloud mode needs set-up: your agreement to sending pictures, and a key from NVIDIA."
_SET_UP = "On the command line: telltale key set, then telltale scan --mode cloud --accept-upload."


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


class Cloud:
    """What cloud mode and links need for as long as the program runs: key, permissions, ledger of uploads."""

    def __init__(self, settings: Settings, keys: KeyStore | None = None, ledger: Path | None = None) -> None:
        """``keys`` and ``ledger`` (a file) take the place of the user's own."""
        self.keys = keys or KeyStore()
        self.permissions = Permissions(upload=settings.upload_accepted, hosts=settings.allowed_hosts)
        self.uploads = UploadLedger(ledger or data_dir() / FILE_NAME)

    def key(self) -> str | None:
        """Return the key, or None; may take as long as the keyring's time limit.

        Raises:
            KeyMissingError: the keyring may have one and can't be read; says why.
        """
        try:
            return self.keys.get()
        except SecretsError as error:
            raise KeyMissingError(error.message, error.hint) from None

    def note(self, upload: SentPicture) -> None:
        """Enter a picture that is about to leave into the ledger.

        Raises:
            SettingsError: it can't be written; then nothing is sent.
        """
        self.uploads.append(
            Upload(
                time=dt.datetime.fromtimestamp(upload.time, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                host=upload.host,
                bytes=upload.bytes,
                sha256=upload.sha256,
                item=upload.name,
                picture_sha256=upload.picture_sha256,
                format=upload.format,
                reencoded=upload.reencoded,
            )
        )

    def test_key(self, settings: Settings, key: str | None, cancel: CancelToken | None = None) -> None:
        """Ask the service about a tiny built-in picture; blocks for as long as the service takes.

        Raises:
            CloudError: what a picture would meet.
            DetectorUnavailableError: the address can't be used.
            Cancelled: ``cancel`` was set meanwhile.
        """
        options = nim_options(settings)
        if key is None and not options.self_hosted:
            key = self.key()
        network = NetworkThread()
        try:
            answer = check_key(options, key, network)
            if cancel is not None:
                cancel.on_cancel(lambda: _withdraw(answer))
            answer.result()
        except CancelledError:
            raise Cancelled from None
        finally:
            network.close()


def _withdraw(answer: Future[None]) -> None:
    answer.cancel()


def start_pipeline(
    settings: Settings,
    emit: Callable[[Event], None],
    *,
    jobs: int = 0,
    cloud: Cloud | None = None,
) -> Pipeline:
    """Build the pipeline; cheap, since threads, processes, models and connections start when first needed.

    Args:
        settings: limits, the cloud's address, and the number of jobs unless ``jobs`` is given.
        emit: called from any thread, in order for each item; must only hand the event on.
        jobs: pictures decoded at once; 0 takes the settings' number, and if that is 0, one a processor.
        cloud: key and permissions; made from the settings when not given.
    """
    cloud = cloud or Cloud(settings)
    count = jobs or settings.jobs or min(_MOST_JOBS, os.cpu_count() or 1)
    limits = DecodeLimits(max_pixels=settings.max_megapixels * 1_000_000, seconds=settings.picture_seconds)
    network = NetworkThread()
    offline = OfflineDetector(models_dir() / _BUNDLED, threads=count, warn=lambda message: emit(Warned(message)))
    nim = NimDetector(
        nim_options(settings),
        get_key=cloud.key,
        network=network,
        on_upload=cloud.note,
        may_upload=lambda: cloud.permissions.upload,
        say_wait=lambda seconds: emit(ServiceWait(seconds)),
    )
    downloads = Downloader(
        network, max_bytes=settings.max_download_mb * 2**20, allow_host=cloud.permissions.may_reach
    )
    return Pipeline(
        emit,
        DetectorRegistry({Mode.OFFLINE: offline, Mode.CLOUD: nim}, network.close),
        lambda: Decoder(limits),
        PipelineLimits(jobs=count, max_file_bytes=settings.max_file_mb * 2**20),
        lambda url, cancel: downloads.fetch(url, cancel).result().data,
    )


def nim_options(settings: Settings) -> NimOptions:
    """Return where the cloud service is and how it is asked."""
    own = settings.nim_url.strip()
    return NimOptions(
        base_url=own or HOSTED_URL,
        self_hosted=bool(own) and not settings.nim_needs_key,
        concurrency=settings.nim_concurrency,
        connect_seconds=settings.nim_connect_seconds,
        read_seconds=settings.nim_read_seconds,
        write_seconds=settings.nim_write_seconds,
        asset_upload=settings.nim_asset_upload,
        deepfake=settings.nim_faces,
        deepfake_url=settings.nim_faces_url.strip(),
    )


def detector_choices(settings: Settings) -> tuple[DetectorChoice, ...]:
    """Return both modes, what they mean for privacy, and why one can't be used. No keyring, no network."""
    offline = OfflineDetector(models_dir() / _BUNDLED)
    available = offline.availability()
    offline.close()
    options = nim_options(settings)
    problem = options.problem()
    if not problem and not settings.upload_accepted:
        problem = _NEEDS_SET_UP
    receiver = options.host if settings.nim_url else "NVIDIA, with your key"
    way_out = _SET_UP if problem else ""
    return (
        DetectorChoice(
            Mode.OFFLINE,
            "Offline",
            available.ready,
            available.why_not,
            available.way_out,
            "Nothing leaves this computer.",
        ),
        DetectorChoice(Mode.CLOUD, "Cloud", not problem, problem, way_out, f"Pictures are sent to {receiver}."),
    )


def model_facts(settings: Settings) -> tuple[tuple[str, str], ...]:  # noqa: ARG001  # the model choice comes here
    """Return headings and texts for "What the offline model knows", from the model's card."""
    try:
        card = load_card(models_dir() / _BUNDLED)
    except TelltaleError as error:
        return (("The model can't be used", f"{error.message} {error.hint}"),)
    return tuple(_facts(card))


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
