"""Cloud mode's states for the gallery."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.errors import KeyRejectedError, LinkIsPageError, LinkPrivateError
from desktop_app.core.estimates import Face, Mode, SourceScore, Words
from desktop_app.core.events import Event, ItemsAdded, PauseChanged, PreviewReady, ServiceWait, ThumbnailReady
from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import LinkSource
from desktop_app.library.uploads import Upload
from desktop_app.ui.cloud.batches import Batch
from desktop_app.ui.window import Window
from tests.support.shelf import KEY
from tests.ui.fakes import HASH, SENT, done, failed, raster, waiting

_REASON = "Only JPEG and PNG can be sent, and this is a WEBP picture."
_ANSWERS = ((0.97, Words.STRONG), (0.81, Words.SOME), (0.52, Words.CANT_TELL), (0.04, Words.FEW))
_NAMES = ("Midjourney", "Stable Diffusion XL, inpainting", "DALL·E", "FLUX", "No source named")


def cloud_item(item_id: int, *, reencoded: bool = False, faces: tuple[Face, ...] | None = None) -> Item:
    """A checked item with everything that the cloud can say."""
    item = done(item_id, *_ANSWERS[item_id % 4], mode=Mode.CLOUD)
    assert item.estimate is not None
    p_ai = item.estimate.p_ai
    shares = [p_ai * 0.6, p_ai * 0.2, p_ai * 0.1, p_ai * 0.05, 1 - p_ai]
    sources = [
        SourceScore(name, share, ai=name != "No source named") for name, share in zip(_NAMES, shares, strict=True)
    ]
    sent = replace(SENT, reencoded=reencoded, reason=_REASON if reencoded else "")
    estimate = replace(
        item.estimate, sources=tuple(sorted(sources, key=lambda score: -score.p)), sent=sent, faces=faces
    )
    return replace(item, estimate=estimate)


def show(window: Window, items: list[Item], *events: Event, chosen: int = 0) -> None:
    """List items with their pictures, select one."""
    pictures = [ThumbnailReady(item.id, raster(item.id)) for item in items if item.state is ItemState.DONE]
    window.desk.take([ItemsAdded(tuple(items)), *pictures, *events])
    if chosen:
        window.desk.listing.select([chosen])
        window.desk.listing.selection.current = chosen
        window.desk.listing.selected.emit()
        if next(item for item in items if item.id == chosen).state is ItemState.DONE:
            window.desk.take([PreviewReady(chosen, raster(chosen, 640, 480))])


def ready(window: Window) -> None:
    """Cloud mode is set up and chosen."""
    window.office.cloud.keys.set(KEY)
    window.office.cloud.permissions.set_upload(allowed=True)
    window.office.refresh()
    window.switch.choose(Mode.CLOUD)


def cards(window: Window) -> None:
    """Cards with five bars; one of a copy, in the panel."""
    ready(window)
    items = [cloud_item(number, reencoded=number % 3 == 1) for number in range(1, 12)]
    show(window, [*items, done(12, 0.64), done(13, 0.04, Words.FEW)], chosen=1)


def faces(window: Window) -> None:
    """Two faces on the larger picture."""
    ready(window)
    found = (
        Face(180, 200, 560, 720, 1600, 1200, 0.94, 0.98),
        Face(980, 300, 1260, 660, 1600, 1200, 0.08, 0.91),
    )
    show(window, [cloud_item(4, faces=found), cloud_item(5, faces=()), cloud_item(6)], chosen=4)


def banner(window: Window) -> None:
    """A refused key."""
    ready(window)
    items = [cloud_item(number) for number in range(1, 4)]
    items += [waiting(number, mode=Mode.CLOUD) for number in range(4, 40)]
    show(window, items, PauseChanged(paused=True, error=KeyRejectedError()))


def wait(window: Window) -> None:
    """429."""
    ready(window)
    items = [cloud_item(number) for number in range(1, 4)]
    show(window, [*items, *(waiting(number, mode=Mode.CLOUD) for number in range(4, 40))], ServiceWait(12.0))


def links(window: Window) -> None:
    """A private host and a page."""
    private = LinkPrivateError("This link leads into a private network.", host="192.168.1.20")
    page = LinkIsPageError(picture="https://example.org/cat.jpg")
    items = [
        replace(failed(1, error=private), source=LinkSource("http://192.168.1.20/cat.jpg"), name="cat.jpg"),
        replace(failed(2, error=page), source=LinkSource("https://example.org/cats"), name="cats"),
    ]
    show(window, items, chosen=1)


def consent(window: Window) -> None:
    """Before anything is sent."""
    window.office.set_up()


def key(window: Window) -> None:
    """Asking for the key, one of an unusual form being entered."""
    window.office.banner.key_asked.emit()
    from desktop_app.ui.dialogs.key import KeyDialog  # needed here alone

    window.findChildren(KeyDialog)[0].panel.field.setText("sk-123456")


def settings(window: Window) -> None:
    """The second page."""
    window.office.cloud.keys.set(KEY)
    window.office.cloud.permissions.set_upload(allowed=True)
    window.office.cloud.permissions.allow_host("192.168.1.20")
    page = window.flow.open(cloud=True).cloud
    assert page is not None
    page.url.setText("http://nim.example.org:8000")
    page.needs_key.setChecked(True)


def batch(window: Window) -> None:
    """More than twenty."""
    window.office.gate._counted([], Batch(128, 412_000_000, whole=True))


def ledger(window: Window) -> None:
    """What was sent."""
    uploads = window.office.cloud.uploads
    uploads.clear()
    for number in range(1, 15):
        uploads.append(
            Upload(
                time=f"2026-11-{number:02}T09:{number:02}:00Z",
                host="ai.api.nvidia.com" if number % 4 else "nim.example.org:8000",
                bytes=40_000 + 7919 * number,
                sha256=HASH,
                item=f"IMG_{2040 + number}.jpg",
                picture_sha256=HASH,
                format="JPEG",
                reencoded=not number % 3,
            )
        )
    window.office.show_uploads()


def add_link(window: Window) -> None:
    """Typing a link."""
    window.commands.add_link()
