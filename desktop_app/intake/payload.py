"""One door for drops and pastes: several MIME types at once → sources.

Browsers offer a dragged picture in many forms. The order of looking was measured on Chromium and Firefox
(``resources/decisions/004``): addresses first, they arrive at once; the pixels last and only where there is no
address, because reading a large picture from Chromium on X11 blocks the window for 5 s and voids the whole drop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from desktop_app.core.errors import NothingUsableError
from desktop_app.core.sources import RawSource, Source, UnusableSource
from desktop_app.core.text import plain
from desktop_app.intake.links import source_from_link
from desktop_app.intake.paths import sources_from_text

# A link with one of these endings is a picture and not the page around it.
_PICTURE_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".heif"}
)
# Original bytes first (Chromium), then the browser's re-encoded pixels (Firefox).
_BYTE_FORMATS = (
    "application/octet-stream",
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/bmp",
)
_ORIGINAL_BYTES = frozenset({"application/octet-stream"})
_MAX_HTML = 100_000  # characters; the picture stands first, and malformed HTML takes 2 µs each


def _nothing(_format: str = "") -> bytes:
    return b""


@dataclass(frozen=True, slots=True)
class Payload:
    """What a drop or the clipboard offers.

    Attributes:
        formats: MIME types on offer.
        urls: addresses, fully percent-encoded.
        html, text: "" when not offered.
        read: returns the bytes of one format; slow, so asked last.
        read_image: returns the decoded picture as PNG, or b""; slowest.
        prefer_pixels: take a picture's pixels where it offers both pixels and a link. Right for the clipboard
            while links can't be fetched, wrong for drags (see above).
    """

    formats: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    html: str = ""
    text: str = ""
    read: Callable[[str], bytes] = _nothing
    read_image: Callable[[], bytes] = _nothing
    prefer_pixels: bool = False


def sources_from_payload(payload: Payload) -> list[Source]:
    """Return what was offered as sources; at least one, an unusable one when nothing can be checked."""
    local = [url for url in payload.urls if url.casefold().startswith("file:")]
    links = [url for url in payload.urls if not url.casefold().startswith(("file:", "blob:", "about:"))]
    if payload.prefer_pixels and not local:
        pixels = _pixels(payload)
        if pixels:
            return [pixels]
    sources = [source_from_link(url) for url in local] + _linked(payload, links)
    if sources:
        return sources
    return _without_address(payload)


def _linked(payload: Payload, links: list[str]) -> list[Source]:
    picture = _picture_in_html(payload.html)
    if picture and len(links) <= 1 and not any(_is_picture_link(link) for link in links):
        return [source_from_link(picture)]
    return [source_from_link(link) for link in links]


def _without_address(payload: Payload) -> list[Source]:
    pixels = _pixels(payload)
    if pixels:
        return [pixels]
    return sources_from_text(payload.text) or [_unusable(payload)]


def _pixels(payload: Payload) -> RawSource | None:
    for name in _BYTE_FORMATS:
        if name in payload.formats:
            data = payload.read(name)
            if data:
                return RawSource(data, "Pasted picture", re_encoded=name not in _ORIGINAL_BYTES)
    data = payload.read_image()
    return RawSource(data, "Pasted picture", re_encoded=True) if data else None


def _unusable(payload: Payload) -> UnusableSource:
    shown = payload.text.strip() or ", ".join(payload.formats) or "Nothing"
    return UnusableSource(plain(shown, 80), NothingUsableError())


def _is_picture_link(link: str) -> bool:
    if link.casefold().startswith("data:image/"):
        return True
    try:
        path = urlsplit(link).path
    except ValueError:
        return False
    return PurePosixPath(path).suffix.casefold() in _PICTURE_ENDINGS


def _picture_in_html(html: str) -> str:
    parser = _FirstPicture()
    # Chromium puts a byte-order mark in front (measured).
    parser.feed(html[:_MAX_HTML].lstrip("\ufeff"))
    return parser.source


class _FirstPicture(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.source = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and not self.source:
            source = (dict(attrs).get("src") or "").strip()
            if source.casefold().startswith(("http://", "https://", "data:image/")):
                self.source = source
