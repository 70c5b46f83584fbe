"""Looking a signer up, one list after the other, so that which one vouches is never left to chance."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.evidence.credentials.facts import Facts, Signer, picture_facts
from desktop_app.evidence.credentials.native import Problem, Trial, UnreadableError, read_report
from desktop_app.evidence.credentials.report import Report
from desktop_app.evidence.trust.lists import TrustList, TrustLists


def look_up(data: bytes, trust: TrustLists) -> tuple[Report, Facts]:
    """Return a file's manifest store and the facts about it, by the list that vouches best for its signer.

    With one list, or none, that is one reading; a store that doesn't hold is read once in any case.

    Args:
        data: a file that has a manifest store.
        trust: the user's lists, the official one first.

    Raises:
        UnreadableError: the store can't be read.
    """
    readings = []
    for found in _readings(data, trust):
        if found[1].verified or not found[1].holds:
            return found
        readings.append(found)
    return max(readings, key=lambda found: _rank(found[1]))  # the first of the best


def _readings(data: bytes, trust: TrustLists) -> Iterator[tuple[Report, Facts]]:
    if not trust:
        yield _read(data, Trial())
    for known in filter(None, (trust.official, trust.interim)):
        yield from _with_list(data, known)


def _with_list(data: bytes, known: TrustList) -> Iterator[tuple[Report, Facts]]:
    """Yield one reading, and one without time stamps where only their authorities seemed to know the signer."""
    found = _read(data, Trial(known, stamps=True))
    yield found
    if found[1].signer is Signer.STAMPS:
        yield _read(data, Trial(known))


def _read(data: bytes, trial: Trial) -> tuple[Report, Facts]:
    report = read_report(data, trial)
    if report is None or report.active is None:
        raise UnreadableError(Problem.DAMAGED)
    return report, picture_facts(report)


def _rank(facts: Facts) -> tuple[bool, bool]:
    return facts.signer in (Signer.OFFICIAL, Signer.INTERIM), facts.in_date
