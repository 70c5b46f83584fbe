"""Four facts about a credential from the library's codes; its own one-word verdict is not used.

That word is "Invalid" for an expired certificate and for an altered picture alike. Here every failure that is not
known to be about the signer's certificate or its dates counts against the signature: an unknown one, too.
Codes: C2PA 2.2, 15.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop_app.evidence.credentials.native import LISTS, TIMESTAMPS
from desktop_app.evidence.credentials.report import Codes, Ingredient, Report, Status
from desktop_app.evidence.trust.lists import ListKind

_PICTURE_KINDS = ("dataHash", "boxesHash", "bmffHash", "collectionHash")
_SAME_PICTURE = frozenset(f"assertion.{kind}.match" for kind in _PICTURE_KINDS)
_PICTURE = tuple(f"assertion.{kind}." for kind in _PICTURE_KINDS)
_INTACT = "claimSignature.validated"
_EXPIRED = frozenset({"signingCredential.expired", "claimSignature.outsideValidity"})
_UNSUITABLE, _REVOKED = "signingCredential.invalid", "signingCredential.ocsp.revoked"
_LISTED, _UNLISTED = "signingCredential.trusted", "signingCredential.untrusted"
_TIMESTAMP = "timeStamp.trusted"
_SIGNED_OVER = ("ingredient.manifest.", "ingredient.claimSignature.")
_EXCLUSIONS = ".additionalExclusionsPresent"
# About the certificate, its dates, or a person's identity that somebody added: not about what was signed.
_ABOUT_SIGNER = (*_EXPIRED, _UNSUITABLE, _UNLISTED, "signingCredential.ocsp.", "timeStamp.", "cawg.")
_FOUND_IN = re.compile(r"found in \[([^\]]*)\] trust anchors")


class Signer(Enum):
    """Whether the signer is on a list; ``STAMPS`` are authorities for time stamps, who vouch for no signer."""

    OFFICIAL = "official"
    INTERIM = "interim"
    UNLISTED = "unlisted"
    STAMPS = "stamps"
    UNSUITABLE = "unsuitable"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one credential.

    Attributes:
        same_picture: the picture is, byte for byte, the one that was signed.
        intact: signature and statements are as they were signed.
        signer: whether the signer is on a list; an expired certificate can't be looked up.
        in_date: the certificate is in date, or was when a trusted time stamp was made.
        timestamped: a trusted time stamp says when it was signed.
        partial: the signature leaves parts of the file out, besides the credential itself.
    """

    same_picture: bool
    intact: bool
    signer: Signer
    in_date: bool
    timestamped: bool
    partial: bool = False

    @property
    def holds(self) -> bool:
        """Whether anything that it says may be repeated."""
        return self.same_picture and self.intact

    @property
    def verified(self) -> bool:
        """Whether all four facts hold."""
        return self.holds and self.in_date and self.signer in (Signer.OFFICIAL, Signer.INTERIM)


def picture_facts(report: Report) -> Facts:
    """Return the facts about the credential for this picture."""
    codes = report.validation_results.active
    failures = {status.code for status in codes.failure}
    successes = {status.code for status in codes.success}
    return Facts(
        same_picture=bool(successes & _SAME_PICTURE) and not any(code.startswith(_PICTURE) for code in failures),
        intact=_is_intact(successes, failures) and not _history_altered(report),
        signer=_signer(codes),
        in_date=not failures & _EXPIRED,
        timestamped=_TIMESTAMP in successes,
        partial=any(status.code.endswith(_EXCLUSIONS) for status in codes.informational),
    )


def ingredient_facts(report: Report, way: Sequence[Ingredient], later: Facts) -> Facts:
    """Return the facts about the credential of an earlier version or a part.

    Its picture is not here: whether it was the one that had been signed is what the later signer found and
    recorded. What this computer finds is reported only where it differs from what was recorded, be it by the next
    signer or by one after that.

    Only records on the way count. A store may hold manifests that nothing refers to, put there by anybody, and
    those could call any other broken.

    Args:
        report: the manifest store.
        way: the version or part, last, behind those that lead to it from this picture.
        later: the facts about the credential for this picture, whose signer recorded the results.
    """
    label = way[-1].active_manifest or ""
    recorded = _about(label, _recorded(way))
    differing = _about(label, (delta.codes for delta in report.validation_results.deltas))
    successes = {status.code for status in (*recorded.success, *differing.success)}
    failures = {status.code for status in (*recorded.failure, *differing.failure)}
    return Facts(
        same_picture=not any(code.startswith(_PICTURE) for code in failures),
        intact=_is_intact(successes, failures),
        signer=_ingredient_signer(recorded, differing, later),
        in_date=not failures & _EXPIRED,
        timestamped=_TIMESTAMP in successes,
    )


def _ingredient_signer(recorded: Codes, differing: Codes, later: Facts) -> Signer:
    failures = (*recorded.failure, *differing.failure)
    if any(status.code == _LISTED for status in differing.success):
        # On one of this user's lists, if on none of those of the signer who recorded.
        failures = tuple(status for status in failures if status.code != _UNLISTED)
        return _signer(Codes(differing.success, failure=failures))
    if not _against_signer(failures) and any(status.code == _LISTED for status in recorded.success):
        # Recorded as trusted, and no difference here. The list's name in the record is foreign.
        return later.signer
    return _signer(Codes(failure=failures))


def _is_intact(successes: set[str], failures: set[str]) -> bool:
    return _INTACT in successes and all(code.startswith((*_ABOUT_SIGNER, *_PICTURE)) for code in failures)


def _signer(codes: Codes) -> Signer:
    against = _against_signer(codes.failure)
    if against is not None:
        return against
    lists = [_list(status) for status in codes.success if status.code == _LISTED]
    return lists[0] if lists else Signer.UNLISTED


def _history_altered(report: Report) -> bool:
    """Whether an ingredient's manifest is no longer the one that the later manifest was signed over.

    Without this, the origin "made by AI" could be taken off by damaging the earlier manifest that says so.
    """
    failures = (status.code for delta in report.validation_results.deltas for status in delta.codes.failure)
    return any(code.startswith(_SIGNED_OVER) for code in failures)


def _against_signer(failures: tuple[Status, ...]) -> Signer | None:
    codes = {status.code for status in failures}
    reasons = {_REVOKED: Signer.REVOKED, _UNSUITABLE: Signer.UNSUITABLE, _UNLISTED: Signer.UNLISTED}
    return next((signer for code, signer in reasons.items() if code in codes), None)


def _list(status: Status) -> Signer:
    """Tell which list a signer was found on; single allowed certificates, which the older one has, name none."""
    found = _FOUND_IN.search(status.explanation or "")
    name = found.group(1) if found else None
    if name == LISTS[ListKind.OFFICIAL]:
        return Signer.OFFICIAL
    if name in (LISTS[ListKind.INTERIM], ""):
        return Signer.INTERIM
    return Signer.STAMPS if name == TIMESTAMPS else Signer.UNLISTED


def _recorded(way: Sequence[Ingredient]) -> Iterator[Codes]:
    """Yield what the next signer found of the last ingredient, and how the later ones' findings differed."""
    *later, last = way
    for ingredient in later:
        if ingredient.validation_results is not None:
            yield from (delta.codes for delta in ingredient.validation_results.deltas)
    if last.validation_results is not None:
        yield last.validation_results.active
    yield Codes(failure=tuple(_old(last.validation_status or ())))


def _old(statuses: tuple[Status, ...]) -> Iterator[Status]:
    """Before version 2, successes and failures were in one list."""
    return (status for status in statuses if not status.code.endswith((".match", ".validated", ".trusted")))


def _about(label: str, results: Iterator[Codes]) -> Codes:
    """Return what the results say of one manifest; a failure that names none counts against it, too."""
    every = tuple(results)
    return Codes(
        success=tuple(status for codes in every for status in codes.success if status.label == label),
        failure=tuple(status for codes in every for status in codes.failure if status.label in (label, "")),
    )
