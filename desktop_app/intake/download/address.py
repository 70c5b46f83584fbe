"""Which links are opened at all, told from their text alone; standard library only."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from desktop_app.core.errors import LinkAddressError, LinkRedirectsError

_SCHEMES = frozenset({"http", "https"})
_MAX_LENGTH = 8192
_AUTHORITY = re.compile(r"[^:/?#]+://([^/?#]*)")
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


def checked_link(link: str) -> str:
    """Return ``link`` without spaces around it and without its ``#fragment``.

    Raises:
        LinkAddressError: not http or https, no host, too long, malformed, or with a user name in it. The sentence
            never repeats the link.
    """
    link = link.strip().partition("#")[0]
    if len(link) > _MAX_LENGTH:
        raise LinkAddressError("This address is longer than Telltale accepts.")
    if _CONTROLS.search(link):
        raise LinkAddressError("This address has blanks or control characters in it.")
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise LinkAddressError from None  # the cause would repeat the link
    if parts.scheme.casefold() not in _SCHEMES or not host:
        raise LinkAddressError
    if has_credentials(link):
        raise LinkAddressError("This address has a user name or password in it, which Telltale doesn't send.")
    return link


def redirected(link: str, location: str) -> str:
    """Return where a redirect from ``link`` with this ``Location`` leads.

    Raises:
        LinkRedirectsError: somewhere it may not lead.
    """
    try:
        target = checked_link(urljoin(link, location))
    except (LinkAddressError, ValueError):
        raise LinkRedirectsError("This link leads on to an address that Telltale doesn't open.") from None
    if urlsplit(link).scheme == "https" and urlsplit(target).scheme != "https":
        raise LinkRedirectsError("This link leads from a protected (https) to an unprotected (http) address.")
    return target


def has_credentials(link: str) -> bool:
    """Whether the link carries a user name or a password (``https://name:word@host/``)."""
    found = _AUTHORITY.match(link)
    return found is not None and "@" in found[1]


def without_credentials(link: str) -> str:
    """Return ``link`` as it may be shown and stored: ``https://name:word@host/`` becomes ``https://…@host/``."""
    if not has_credentials(link):
        return link
    start, _, rest = link.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    host = authority.rpartition("@")[2]
    return f"{start}://…@{host}{rest[len(authority) :]}"
