"""The one place that names concrete classes and wires them together, for the window and the command line."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Availability
from desktop_app.core.errors import (
    Cancelled,
    DetectorError,
    KeyMissingError,
    LinkError,
    SecretsError,
    TrustListError,
)
from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event, ServiceWait, Warned
from desktop_app.core.picture import Raster
from desktop_app.detectors import facts
from desktop_app.detectors.auto import AutoDetector
from desktop_app.detectors.contradictions import AUTO_EXPERIMENTAL, RESERVED
from desktop_app.detectors.facts import Section
from desktop_app.detectors.golden import golden_pixels
from desktop_app.detectors.nim.detector import NimDetector
from desktop_app.detectors.nim.keycheck import check_key
from desktop_app.detectors.nim.options import HOSTED_URL, NimOptions
from desktop_app.detectors.nim.options import Upload as SentPicture
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.detectors.shelf import Shelf, ShelvedModel
from desktop_app.evidence import trust
from desktop_app.evidence.trust import ListKind, TrustList, TrustLists
from desktop_app.imaging.decoder import DecodeLimits, Decoder
from desktop_app.imaging.process import worker_command
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
_PATTERN = "disc"
_BUNDLED = ("cifake.json", "field.json")  # of small pictures first
_NEEDS_SET_UP = "Cloud mode needs set-up: your agreement to sending pictures, and a key from NVIDIA."
_LIST_FROM_FILE = "Retry later, or save the list with a browser and add it from the file."
_SET_UP = "On the command line: telltale key set, then telltale scan --mode cloud --accept-upload."


@dataclass(frozen=True, slots=True)
class DetectorChoice:
    """One side of the mode switch, in words; ``knows`` is which pictures it answers, where not all."""

    mode: Mode
    title: str
    ready: bool
    why_not: str
    way_out: str
    about: str
    knows: str = ""


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
    try_changes: bool = False,
) -> Pipeline:
    """Build the pipeline; cheap, since threads, processes, models and connections start when first needed.

    Args:
        settings: limits, the cloud's address, and the number of jobs unless ``jobs`` is given.
        emit: called from any thread, in order for each item; must only hand the event on.
        jobs: pictures decoded at once; 0 takes the settings' number, and if that is 0, one a processor.
        cloud: key and permissions; made from the settings when not given.
        try_changes: whether every offline item is tried with harmless changes before it is done.
    """
    cloud = cloud or Cloud(settings)
    count = jobs or settings.jobs or min(_MOST_JOBS, os.cpu_count() or 1)
    limits = DecodeLimits(max_pixels=settings.max_megapixels * 1_000_000, seconds=settings.picture_seconds)
    network = NetworkThread()
    offline = _offline(settings, count, lambda message: emit(Warned(message)))
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
        lambda: Decoder(limits, worker_command("desktop_app.evidence.worker")),
        PipelineLimits(jobs=count, max_file_bytes=settings.max_file_mb * 2**20, try_changes=try_changes),
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
    available, knows = _offline_state(settings)
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
            knows,
        ),
        DetectorChoice(Mode.CLOUD, "Cloud", not problem, problem, way_out, f"Pictures are sent to {receiver}."),
    )


def model_facts(settings: Settings) -> tuple[Section, ...]:
    """Return "What the offline models know", from their cards and the figures beside them.

    Where the program chooses, of all that are bundled; otherwise of the chosen one.
    """
    shelf = _shelf(settings)
    try:
        answering = shelf.choose(settings.model)
        told = shelf.choose(AUTO_EXPERIMENTAL) if settings.model in RESERVED else answering
        return facts.models_facts([(card, shelf.is_own(card)) for card in told], answering)
    except DetectorError as error:
        return (Section("The model can't be used", f"{error.message} {error.hint}"),)


def offline_models(settings: Settings) -> tuple[ShelvedModel, ...]:
    """Return every offline model that the program and the settings' folder have; reads their cards.

    Raises:
        DetectorUnavailableError: the folder can't be read.
    """
    return _shelf(settings).models()


def model_problem(settings: Settings) -> str:
    """Load the offline models that the settings choose and show each a test pattern.

    Returns:
        Why one can't be used and what to do; empty when all can.
    """
    shelf = _shelf(settings)
    try:
        for card in shelf.choose(settings.model):
            _try_model(OfflineDetector(card, confined=shelf.is_own(card)))
    except DetectorError as error:
        return f"{error.message} {error.hint}"
    return ""


def _try_model(offline: OfflineDetector) -> None:
    try:
        rules = offline.views
        offline.answers([Raster(r.width, r.height, golden_pixels(_PATTERN, r.width, r.height)) for r in rules])
    finally:
        offline.close()


def trust_lists() -> tuple[TrustLists, tuple[str, ...]]:
    """Return the lists of signers that this user has, and sentences about those that can't be used."""
    return trust.load_lists(_today())


def fetch_trust_list(cancel: CancelToken) -> TrustList:
    """Download the official list from its publisher and keep it; blocks for as long as that takes.

    Raises:
        TrustListError: it can't be fetched, isn't one, or can't be kept.
        Cancelled: ``cancel`` was set meanwhile.
    """
    network = NetworkThread()
    downloads = Downloader(network, max_bytes=trust.MAX_BYTES)
    try:
        added = trust.fetch_official(lambda address: downloads.fetch_document(address, cancel).result(), _today())
    except LinkError as error:
        raise TrustListError(f"The list can't be fetched. {error.message}", _LIST_FROM_FILE) from error
    finally:
        network.close()
    trust.save_list(added)
    return added


def add_trust_list(paths: Sequence[Path], kind: ListKind) -> TrustList:
    """Keep a list of signers that the user has as files.

    Raises:
        TrustListError: they can't be read, aren't such a list, or it can't be kept.
    """
    added = trust.list_from_files(paths, kind, _today())
    trust.save_list(added)
    return added


def forget_trust_list(kind: ListKind) -> None:
    """Remove a list of signers.

    Raises:
        TrustListError: it can't be removed.
    """
    trust.forget_list(kind)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _shelf(settings: Settings) -> Shelf:
    own = Path(settings.models_folder) if settings.models_folder else None
    return Shelf([models_dir() / name for name in _BUNDLED], own)


def _offline(
    settings: Settings, threads: int, warn: Callable[[str], None]
) -> OfflineDetector | AutoDetector | Availability:
    shelf = _shelf(settings)
    try:
        cards = shelf.choose(settings.model)
    except DetectorError as error:
        return Availability(ready=False, why_not=error.message, way_out=error.hint)
    if settings.model not in RESERVED:
        return OfflineDetector(cards[0], threads=threads, warn=warn, confined=shelf.is_own(cards[0]))
    left_out = shelf.left_out(settings.model)
    small, *others = (
        OfflineDetector(card, threads=threads, warn=warn, second_look=True, experimental=left_out)
        for card in cards
    )
    return AutoDetector(small, others[0]) if others else small


def _offline_state(settings: Settings) -> tuple[Availability, str]:
    """Return whether offline mode can be used, and which pictures it answers."""
    offline = _offline(settings, 1, lambda _warning: None)
    if isinstance(offline, Availability):
        return offline, ""
    available = offline.availability()
    knows = offline.knows if available.ready else ""
    offline.close()
    return available, knows
