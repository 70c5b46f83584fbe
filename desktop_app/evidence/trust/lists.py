"""Trust lists: whose certificates may sign Content Credentials, by whose judgement, and of which day.

There are two, and people are told which one it was: the *official* list of the C2PA's conformance programme, and
the older *interim* list of the Content Authenticity Initiative, frozen on 1 January 2026. Telltale ships neither.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

STALE_AFTER = dt.timedelta(days=183)
"""Half a year; the official list changes about every month."""


class ListKind(Enum):
    """Which list."""

    OFFICIAL = "official"
    INTERIM = "interim"

    @property
    def title(self) -> str:
        """Its name inside a sentence."""
        return {"official": "the official C2PA trust list", "interim": "the older interim trust list"}[self.value]


@dataclass(frozen=True, slots=True)
class TrustList:
    """One list.

    Attributes:
        anchors: certificates of authorities, PEM; may be empty when there are ``allowed`` ones.
        allowed: certificates of single signers, PEM.
        timestamps: certificates of the authorities that vouch for time stamps alone, PEM.
        count: number of certificates of authorities and signers together.
        sha256: hash of the bytes that the user picked or that were downloaded, hexadecimal.
        fetched: the day it came here.
        issued: the day it was made, where that is known.
        source: the file's name or the address, plain text.
    """

    kind: ListKind
    anchors: str
    count: int
    sha256: str
    fetched: dt.date
    source: str
    issued: dt.date | None = None
    allowed: str = ""
    timestamps: str = ""

    @property
    def dated(self) -> dt.date:
        """The day its age is counted from: when it was made, else when it came here."""
        return self.issued or self.fetched

    def is_stale(self, today: dt.date) -> bool:
        """Whether it is older than six months."""
        return today - self.dated > STALE_AFTER

    def describe(self, today: dt.date) -> tuple[str, ...]:
        """Return sentences about it for people."""
        title = self.kind.title[0].upper() + self.kind.title[1:]
        age = "issued" if self.issued else "fetched"
        number = f"{self.count} certificate{'s' if self.count != 1 else ''}"
        sentences = (
            f"{title}: {number}, {age} on {self.dated.isoformat()}, from {self.source}.",
            f"SHA-256: {self.sha256}",
        )
        if self.is_stale(today):
            return (*sentences, "It is older than six months: newer signers are missing from it. Fetch it again.")
        return sentences


@dataclass(frozen=True, slots=True)
class TrustLists:
    """The lists that this user has."""

    official: TrustList | None = None
    interim: TrustList | None = None

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.official is not None or self.interim is not None
