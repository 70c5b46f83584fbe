"""How a list gets here: from a file that the user picks, or from its publisher by one click. Never by itself."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.core.errors import TrustListError
from desktop_app.core.text import plain
from desktop_app.evidence.trust.bundle import MAX_BYTES, Bundle, parse_bundle
from desktop_app.evidence.trust.lists import ListKind, TrustList

HOST = "raw.githubusercontent.com"
"""The only host that lists are fetched from, by https."""

_FOLDER = f"https://{HOST}/c2pa-org/conformance-public/main/trust-list/"
OFFICIAL_LIST = f"{_FOLDER}C2PA-TRUST-LIST.pem"
"""The official list: authorities of signers (CC BY 4.0)."""

OFFICIAL_TIMESTAMPS = f"{_FOLDER}C2PA-TSA-TRUST-LIST.pem"
"""The official list of authorities for time stamps."""

Fetch = Callable[[str], bytes]
"""Returns what an address answers, or raises one of Telltale's errors; follows no redirect to another host."""

_LONGEST_SOURCE = 200


def list_from_bytes(
    data: bytes,
    kind: ListKind,
    *,
    source: str,
    today: dt.date,
    timestamps: bytes = b"",
    issued: dt.date | None = None,
) -> TrustList:
    """Return the list that a file holds.

    Args:
        data: the file, PEM. Several files may be put one behind the other.
        kind: which list the user says it is.
        source: the file's name or the address, for people.
        today: the day of fetching.
        timestamps: authorities for time stamps, PEM, where there are any.
        issued: the day the list was made, where known.

    Raises:
        TrustListError: it is no such list.
    """
    bundle = parse_bundle(data, today)
    _check(bundle, kind)
    stamps = parse_bundle(timestamps, today).authorities if timestamps else ()
    only_stamps = [stamp for stamp in stamps if stamp not in bundle.authorities]
    return TrustList(
        kind=kind,
        anchors="".join(bundle.authorities),
        allowed="".join(bundle.signers),
        timestamps="".join(only_stamps),
        count=len(bundle.authorities) + len(bundle.signers),
        sha256=hashlib.sha256(data + timestamps).hexdigest(),
        fetched=today,
        issued=issued,
        source=plain(source, _LONGEST_SOURCE),
    )


def list_from_files(paths: Sequence[Path], kind: ListKind, today: dt.date) -> TrustList:
    """Return the list that files hold together: the interim one comes as one of authorities and one of signers.

    Raises:
        TrustListError: one can't be read, or together they are no such list.
    """
    parts = []
    for path in paths:
        try:
            with path.open("rb") as file:
                parts.append(file.read(MAX_BYTES + 1))
        except OSError as error:
            raise TrustListError(f"{plain(path.name, 80)} can't be read.", "Pick another file.") from error
    return list_from_bytes(b"\n".join(parts), kind, source=", ".join(path.name for path in paths), today=today)


def fetch_official(fetch: Fetch, today: dt.date) -> TrustList:
    """Download the official list, because the user has just asked for it.

    Args:
        fetch: does the download.
        today: the day.

    Raises:
        TelltaleError: whatever ``fetch`` raises, and :class:`TrustListError` when the answer is no such list.
    """
    data, timestamps = fetch(OFFICIAL_LIST), fetch(OFFICIAL_TIMESTAMPS)
    return list_from_bytes(data, ListKind.OFFICIAL, source=OFFICIAL_LIST, today=today, timestamps=timestamps)


def _check(bundle: Bundle, kind: ListKind) -> None:
    if kind is ListKind.OFFICIAL and bundle.signers:
        raise TrustListError(
            "This is not the official list: it names single signers, and that one names authorities alone.",
            "If it is the older interim list, add it as that.",
        )
