"""A web page instead of a picture: telling it, and finding the picture that it names itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from desktop_app.core.errors import LinkAddressError, LinkIsPageError
from desktop_app.intake.download.address import checked_link

PAGE_BYTES = 512 * 1024
"""This much of a page is looked at; what names its picture stands near its start."""

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script)\b",
    re.IGNORECASE | re.DOTALL,
)
# html.parser takes time with the square of some malformed input, so it sees single tags of a bounded length alone.
_TAG = re.compile(r"<(?:meta|base)\b[^<>]{1,2000}>", re.IGNORECASE)
_MOST_TAGS = 300
# The Open Graph protocol (ogp.me) first, then X's cards; the protected address before the plain one.
_NAMES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")


def is_page(head: bytes, content_type: str) -> bool:
    """Whether something that is no picture is a web page; only for these words is the type believed."""
    return bool(_PAGE_START.match(head)) or content_type.partition(";")[0].strip().casefold() in _PAGE_TYPES


def page_error(data: bytes, link: str) -> LinkIsPageError:
    """Return the error for the page ``data`` (its start is enough) that ``link`` led to."""
    picture = picture_of(data, link)
    if not picture:
        return LinkIsPageError()
    return LinkIsPageError(
        hint="The page names a picture of its own; add that one, or drag the picture itself from the page.",
        picture=picture,
    )


def picture_of(data: bytes, link: str) -> str:
    """Return the absolute address of the picture that a page names as its own (``og:image``), or ""."""
    found: dict[str, str] = {}
    base = link
    for tag, attributes in _tags(data[:PAGE_BYTES].decode("utf-8", "replace")):
        if tag == "base":
            base = _absolute(link, attributes.get("href", "")) or base
        name = (attributes.get("property") or attributes.get("name", "")).strip().casefold()
        if name in _NAMES and attributes.get("content"):
            found.setdefault(name, attributes["content"])
    addresses = (_absolute(base, found[name]) for name in _NAMES if name in found)
    return next((address for address in addresses if address), "")


def _absolute(base: str, address: str) -> str:
    try:
        return checked_link(urljoin(base, address.strip()))
    except (LinkAddressError, ValueError):
        return ""


def _tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for number, match in enumerate(_TAG.finditer(text)):
        if number >= _MOST_TAGS:
            return
        parser = _Attributes()
        parser.feed(match[0])
        yield from parser.tags


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in reversed(attrs)}))
