"""One download: hop after hop, then the body, bounded in every direction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from http import HTTPStatus

from desktop_app.core.errors import EmptyFileError, LinkRedirectsError, NotAPictureError
from desktop_app.imaging.sniff import sniff
from desktop_app.intake.download.address import redirected
from desktop_app.intake.download.faults import packed, redirect_error, status_error, too_large
from desktop_app.intake.download.page import PAGE_BYTES, is_page, page_error
from desktop_app.system import http

MOST_REDIRECTS = 5
_SNIFF_BYTES = 4096
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A picture's original bytes, the address they came from in the end, and its host."""

    data: bytes
    final_url: str
    host: str


async def download(client: http.AsyncClient, link: str, max_bytes: int) -> Downloaded:
    """Fetch the picture behind ``link``, which was checked (:func:`~.address.checked_link`).

    No HEAD is sent: servers answer it differently or not at all, and all it could tell comes with the headers of
    the GET, whose body is not read before they have been looked at.

    Raises:
        LinkError: one of its leaves.
        EmptyFileError, NotAPictureError: what came is no picture.
        http.HTTPError: the connection's trouble, for :func:`~.faults.connection_error`.
    """
    seen = {link}
    for _hop in range(MOST_REDIRECTS + 1):
        async with aclosing(await _answer(client, link)) as response:
            if response.status_code not in _REDIRECTS:
                return await _body(response, link, max_bytes)
            location = response.headers.get("Location")
        if not location:
            raise LinkRedirectsError("This link leads on to nowhere.")
        link = redirected(link, location)
        if link in seen:  # without cookies the same question gets the same answer
            raise LinkRedirectsError("This link leads in a circle.")
        seen.add(link)
    raise LinkRedirectsError(f"This link leads on more than {MOST_REDIRECTS} times.")


async def document(client: http.AsyncClient, link: str, max_bytes: int) -> bytes:
    """Fetch what is behind ``link``, whatever it is; no redirect is followed, so it comes from that host.

    Raises:
        LinkError: one of its leaves.
        http.HTTPError: as above.
    """
    async with aclosing(await _answer(client, link)) as response:
        if response.status_code in _REDIRECTS:
            raise LinkRedirectsError("The server leads on to another address, which isn't followed here.")
        if response.status_code != HTTPStatus.OK:
            raise status_error(response.status_code)
        _check_headers(response, max_bytes)
        data = bytearray()
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > max_bytes:
                raise too_large(max_bytes)
    return bytes(data)


async def _answer(client: http.AsyncClient, link: str) -> http.Response:
    """Return the answer with its body unread; the caller closes it."""
    request = client.build_request("GET", link)
    try:
        return await client.send(request, stream=True)
    except http.InvalidURL:  # httpx looks where a redirect leads, though it is told not to follow
        raise redirect_error() from None


async def _body(response: http.Response, link: str, max_bytes: int) -> Downloaded:
    if response.status_code != HTTPStatus.OK:
        raise status_error(response.status_code)
    _check_headers(response, max_bytes)
    chunks = response.aiter_raw()
    data, looked = bytearray(), False
    async for chunk in chunks:
        data += chunk
        if not looked and len(data) >= _SNIFF_BYTES:
            await _look(data, chunks, response, link)
            looked = True
        if len(data) > max_bytes:
            raise too_large(max_bytes)
    if not data:
        raise EmptyFileError("The server sent an empty file (0 bytes).")
    if not looked:
        await _look(data, chunks, response, link)
    return Downloaded(bytes(data), link, response.url.raw_host.decode("ascii"))


def _check_headers(response: http.Response, max_bytes: int) -> None:
    if response.headers.get("Content-Encoding", "").strip().casefold() not in {"", "identity"}:
        raise packed()
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and int(promised[:20]) > max_bytes:
        raise too_large(max_bytes, int(promised[:20]))


async def _look(data: bytearray, chunks: AsyncIterator[bytes], response: http.Response, link: str) -> None:
    """Look at the first bytes, so that a film or a page is not fetched to its end."""
    head = bytes(data[:_SNIFF_BYTES])
    try:
        sniff(head)
    except NotAPictureError:
        if not is_page(head, response.headers.get("Content-Type", "")):
            raise
        raise page_error(await _page(data, chunks), link) from None


async def _page(data: bytearray, chunks: AsyncIterator[bytes]) -> bytes:
    with suppress(http.HTTPError):  # a page that is cut off is still a page
        while len(data) < PAGE_BYTES:
            chunk = await anext(chunks, b"")
            if not chunk:
                break
            data += chunk
    return bytes(data[:PAGE_BYTES])
