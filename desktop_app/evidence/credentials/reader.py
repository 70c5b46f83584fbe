"""The one way in: from a picture file's bytes to what its Content Credentials say."""

from __future__ import annotations

import datetime as dt

from desktop_app.core.evidence import Evidence
from desktop_app.evidence.credentials.effort import is_reasonable
from desktop_app.evidence.credentials.lookup import look_up
from desktop_app.evidence.credentials.native import Problem, UnreadableError
from desktop_app.evidence.credentials.pointer import find_pointer
from desktop_app.evidence.credentials.presence import MAX_STORE, Store, find_store
from desktop_app.evidence.credentials.story import read_story
from desktop_app.evidence.credentials.wording import Credential, broken, evidence_of, not_holding
from desktop_app.evidence.trust.lists import TrustLists


def read_credentials(
    data: bytes, format_name: str, trust: TrustLists | None, today: dt.date | None = None
) -> tuple[Evidence, ...]:
    """Return what the Content Credentials in a picture file say; empty when it has none.

    Nothing goes to the network and no file is opened, but for the library itself the first time that a file has a
    credential (see :func:`desktop_app.evidence.credentials.native.prepare`). A credential that doesn't hold, or
    can't be read, says nothing, and its sentence says why.

    Args:
        data: the original file, whole.
        format_name: Pillow's name of its format, from :func:`desktop_app.imaging.sniff.sniff`.
        trust: the user's trust lists.
        today: for the lists' age; the computer's own date unless told.
    """
    store = find_store(data, format_name)
    if store is None:
        address = find_pointer(data, format_name)
        return (broken(Problem.REMOTE.value, "XMP", ("Address", address)),) if address else ()
    if store.length > MAX_STORE:
        size = f"{store.length / 1_000_000:.0f} MB"
        return (broken(f"Its Content Credentials are {size} long and were not read.", store.where),)
    if not is_reasonable(store.boxes):
        return (
            broken("Its Content Credentials are too many or too long a chain, and were not checked.", store.where),
        )
    try:
        return _read(data, store, trust or TrustLists(), today or dt.datetime.now(dt.UTC).date())
    except UnreadableError as error:
        return (broken(error.problem.value, store.where),)


def _read(data: bytes, store: Store, trust: TrustLists, today: dt.date) -> tuple[Evidence, ...]:
    report, facts = look_up(data, trust)
    if not facts.holds:
        return (not_holding(facts, store.where),)
    return tuple(evidence_of(Credential(report, facts, read_story(report, facts), trust, store.where, today)))
