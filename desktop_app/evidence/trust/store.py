"""Where the lists are kept: one JSON file each in the user's data folder, written whole or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from desktop_app.core.errors import TrustListError
from desktop_app.core.text import plain
from desktop_app.evidence.trust.bundle import MAX_BYTES, parse_bundle
from desktop_app.evidence.trust.lists import ListKind, TrustList, TrustLists
from desktop_app.system.atomic import replace_file
from desktop_app.system.paths import data_dir

_FILES = {ListKind.OFFICIAL: "official.json", ListKind.INTERIM: "interim.json"}
_LONGEST_FILE = 3 * MAX_BYTES


def trust_dir() -> Path:
    """The folder of the lists."""
    return data_dir() / "trust"


def load_lists(today: dt.date, folder: Path | None = None) -> tuple[TrustLists, tuple[str, ...]]:
    """Return the kept lists, and sentences about those that can't be used; never fails.

    Args:
        today: certificates that have ended since are no longer taken.
        folder: where they lie; the user's data folder unless told.
    """
    folder = folder or trust_dir()
    found: dict[ListKind, TrustList] = {}
    problems = []
    for kind, name in _FILES.items():
        try:
            found[kind] = _load(folder / name, kind, today)
        except FileNotFoundError:
            continue
        except (OSError, TrustListError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            problems.append(
                f"Telltale can't use {kind.title} that it has kept: the file is damaged. Fetch it again."
            )
    return TrustLists(found.get(ListKind.OFFICIAL), found.get(ListKind.INTERIM)), tuple(problems)


def save_list(added: TrustList, folder: Path | None = None) -> Path:
    """Keep a list in place of the one of its kind, and return its file.

    Raises:
        TrustListError: it can't be written.
    """
    folder = folder or trust_dir()
    path = folder / _FILES[added.kind]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, msgspec.json.format(msgspec.json.encode(added)))
    except OSError as error:
        raise TrustListError("The trust list can't be kept.", "Check that the disk is not full.") from error
    return path


def forget_list(kind: ListKind, folder: Path | None = None) -> None:
    """Remove a kept list; none is fine.

    Raises:
        TrustListError: it can't be removed.
    """
    try:
        ((folder or trust_dir()) / _FILES[kind]).unlink(missing_ok=True)
    except OSError as error:
        raise TrustListError("The trust list can't be removed.", "Check the permissions of its folder.") from error


def _load(path: Path, kind: ListKind, today: dt.date) -> TrustList:
    with path.open("rb") as file:
        data = file.read(_LONGEST_FILE)
    kept = msgspec.json.decode(data, type=TrustList)
    if kept.kind is not kind:
        raise TrustListError
    # What an editor or a failing disk made of it must not vouch for anybody.
    bundle = parse_bundle((kept.anchors + kept.allowed).encode(), today)
    stamps = parse_bundle(kept.timestamps.encode(), today).authorities if kept.timestamps else ()
    return TrustList(
        kind=kind,
        anchors="".join(bundle.authorities),
        allowed="".join(bundle.signers) if kind is ListKind.INTERIM else "",
        timestamps="".join(stamps),
        count=len(bundle.authorities) + len(bundle.signers),
        sha256=plain(kept.sha256),
        fetched=kept.fetched,
        issued=kept.issued,
        source=plain(kept.source),
    )
