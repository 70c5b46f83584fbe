"""One address → one source: files, ``data:`` links, web links."""

from __future__ import annotations

import base64
import binascii
import os
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from desktop_app.core.errors import FileTooLargeError, LinkAddressError, NothingUsableError
from desktop_app.core.sources import FileSource, LinkSource, RawSource, Source, UnusableSource
from desktop_app.core.text import plain
from desktop_app.intake.download.address import has_credentials, without_credentials

_MAX_DATA_LINK = 64 * 1024 * 1024
_LOCAL_HOSTS = frozenset({"", "localhost"})


def source_from_link(link: str) -> Source:
    """Return the source for a ``file:``, ``data:``, ``http:`` or ``https:`` address; anything else is unusable."""
    scheme = link.partition(":")[0].casefold()
    if scheme == "file":
        return _file(link)
    if scheme == "data":
        return _data(link)
    if scheme in {"http", "https"}:
        return _web(link)
    return UnusableSource(
        plain(link, 80), NothingUsableError("Telltale can't open links of this kind."), location=link[:500]
    )


def _web(link: str) -> Source:
    if has_credentials(link):
        bare = without_credentials(link)
        return UnusableSource(plain(bare, 80), LinkAddressError(), bare[:500])
    return LinkSource(link)


def _file(link: str) -> Source:
    try:
        parts = urlsplit(link)
    except ValueError:
        return UnusableSource(plain(link, 80), NothingUsableError("This file link is malformed."), link[:500])
    if sys.platform == "win32":
        from urllib.request import url2pathname  # noqa: PLC0415  # 35 ms that no other system needs

        host = f"//{parts.netloc}" if parts.netloc not in _LOCAL_HOSTS else ""
        return FileSource(Path(url2pathname(host + parts.path)))
    if parts.netloc not in _LOCAL_HOSTS:
        return UnusableSource(
            plain(link, 80), NothingUsableError("This file lies on another computer."), link[:500]
        )
    if not parts.path.startswith("/"):  # nothing, or a path from nowhere: never the current folder
        return UnusableSource(plain(link, 80), NothingUsableError("This file link is malformed."), link[:500])
    # Through bytes, so that names that are not UTF-8 survive.
    return FileSource(Path(os.fsdecode(unquote_to_bytes(parts.path))))


def _data(link: str) -> Source:
    name = "Picture from a data link"
    if len(link) > _MAX_DATA_LINK:
        return UnusableSource(name, FileTooLargeError("This data link is larger than 64 MB."))
    head, _, body = link[len("data:") :].partition(",")
    data = unquote_to_bytes(body)
    if head.casefold().endswith(";base64"):
        try:
            data = base64.b64decode(data, validate=False)
        except (binascii.Error, ValueError):
            data = b""
    if not data:
        return UnusableSource(name, NothingUsableError("This data link holds no picture."))
    return RawSource(data, name)
