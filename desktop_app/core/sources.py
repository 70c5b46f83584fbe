"""What was dropped, pasted, opened or named, before anybody looked inside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.errors import TelltaleError


@dataclass(frozen=True, slots=True)
class FileSource:
    """A path on this computer; whether it is a file or a folder is looked up off the GUI thread."""

    path: Path

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.name or str(self.path)

    @property
    def location(self) -> str:
        """The whole path as it was given."""
        return str(self.path)


@dataclass(frozen=True, slots=True)
class RawSource:
    """Picture bytes without a file: a clipboard picture, a browser's drag data, a ``data:`` link.

    ``re_encoded`` says that another program already decoded and encoded the picture, so that metadata can't
    have survived.
    """

    data: bytes
    name: str
    re_encoded: bool = False

    @property
    def location(self) -> str:
        """The name: there is no other place."""
        return self.name


@dataclass(frozen=True, slots=True)
class LinkSource:
    """An http or https link."""

    url: str

    @property
    def name(self) -> str:
        """The last part of the link's path, or the whole link."""
        path = self.url.split("?", 1)[0].split("#", 1)[0]
        return path.rstrip("/").rsplit("/", 1)[-1] or self.url

    @property
    def location(self) -> str:
        """The link."""
        return self.url


@dataclass(frozen=True, slots=True)
class UnusableSource:
    """Something that was dropped and can't be checked; it still becomes a (failed) card."""

    name: str
    error: TelltaleError
    location: str = ""


Source = FileSource | RawSource | LinkSource | UnusableSource
