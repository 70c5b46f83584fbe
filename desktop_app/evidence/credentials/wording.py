"""From facts and story to evidence: sentences for the card, and the four facts one below the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.core.text import plain
from desktop_app.evidence.credentials.actions import PART_BY_AI
from desktop_app.evidence.credentials.facts import Facts, Signer
from desktop_app.evidence.credentials.report import Report, Signature
from desktop_app.evidence.credentials.story import Statement, Story
from desktop_app.evidence.objects import named, short
from desktop_app.evidence.trust.lists import TrustList, TrustLists

_ORDER = (
    Says.MADE_BY_AI,
    Says.EDITED_WITH_AI,
    Says.CAPTURED,
    Says.SCREENSHOT,
    Says.COMPOSITE,
    Says.SOFTWARE,
    Says.NOTHING,
)
_LONGEST = 600  # characters of all foreign names in a row
_OTHER_PICTURE = (
    "Its Content Credentials don't match this picture, which may have been changed after signing: "
    "nothing they say counts."
)
_ALTERED = "Its Content Credentials were altered, or aren't made by the rules: nothing they say counts."
_UNSTAMPED = "In date today; when it was signed isn't known."
_SAME, _SAME_BUT = "Yes.", "Yes, but the signature leaves parts of the file out; those may have changed."


def broken(words: str, where: str, *detail: tuple[str, str]) -> Evidence:
    """Return evidence that says nothing: a credential that doesn't hold or can't be read."""
    return Evidence(EvidenceKind.C2PA, Strength.LABEL, Says.NOTHING, words, detail, where=where)


def not_holding(facts: Facts, where: str) -> Evidence:
    """Return evidence for a credential of another picture, or an altered one; nothing of it is repeated."""
    return broken(
        _ALTERED if facts.same_picture else _OTHER_PICTURE,
        where,
        ("Same picture as signed", _SAME if facts.same_picture else "No."),
        ("Signature intact", "Yes." if facts.intact else "No."),
    )


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential that holds, and all that is known of it.

    Attributes:
        report: the manifest store.
        facts: about its active manifest.
        story: what all manifests tell.
        trust: the lists that signers were looked up on.
        where: the store's place in the file.
        today: for the lists' age.
    """

    report: Report
    facts: Facts
    story: Story
    trust: TrustLists
    where: str
    today: dt.date


def evidence_of(credential: Credential) -> Iterator[Evidence]:
    """Yield evidence for a credential that holds: one, or two where it contradicts itself."""
    detail = tuple(_detail(credential))
    for statement in _chosen(credential.story):
        facts = statement.facts if statement else credential.facts
        yield Evidence(
            EvidenceKind.C2PA,
            Strength.SIGNED,
            statement.says if statement else Says.NOTHING,
            _words(credential, statement, facts),
            detail,
            where=credential.where,
            verified=facts.verified,
        )


def _chosen(story: Story) -> Iterable[Statement | None]:
    """Return the strongest statement; for a capture over something made by AI, both, because they disagree."""
    ranked = sorted(story.statements, key=lambda statement: _ORDER.index(statement.says))
    if not ranked:
        return (None,)
    captures = [statement for statement in ranked if statement.says is Says.CAPTURED]
    return (ranked[0], captures[0]) if story.capture_over_ai else (ranked[0],)


def _words(credential: Credential, statement: Statement | None, facts: Facts) -> str:
    name = _name(credential.report.signature)
    what = statement.what if statement else _silence(credential.story)
    if facts.verified:
        listed = "" if credential.facts.signer is Signer.OFFICIAL else " (on the older list)"
        return f"Signed by {name}{listed}: {what}{_said_by(credential.report, statement)}."
    said = f"say that {what}" if statement else f"are intact: {what}"
    return f"Its Content Credentials {said}; {_doubt(facts, credential)}."


def _said_by(report: Report, statement: Statement | None) -> str:
    """Say who said it, where that isn't the signer named already."""
    if statement is None or statement.label == report.active_manifest:
        return ""
    name = _name(report.manifests[statement.label].signature_info)
    if name == _name(report.signature):
        return ""
    place = "an earlier version or a part" if statement.what == PART_BY_AI else "an earlier version"
    return f" (said by {place}, signed by {name})"


def _silence(story: Story) -> str:
    spoiled = ", and those of an earlier version or a part are broken" if story.broken_part else ""
    return f"nothing is said about how the picture was made{spoiled}"


def _doubt(facts: Facts, credential: Credential) -> str:
    """Say why a signer can't be confirmed: that of this picture or, where that one is, that of an earlier one."""
    earlier = credential.facts.verified
    certificate = "the certificate of whoever signed that part" if earlier else "the signer's certificate"
    if not facts.in_date:
        return f"{certificate} has expired"
    if facts.signer is Signer.UNSUITABLE:
        return f"{certificate} isn't made for signing them"
    if facts.signer is Signer.REVOKED:
        return f"{certificate} was revoked"
    if earlier:
        # Lists are asked until one vouches for this picture's signer; another may know the earlier one.
        return "whoever signed that part is on no list that was asked"
    return "the signer is on no trust list" if credential.trust else "the signer wasn't checked against a list"


def _detail(credential: Credential) -> Iterator[tuple[str, str]]:
    facts, story = credential.facts, credential.story
    yield "Same picture as signed", _SAME_BUT if facts.partial else _SAME
    yield "Signature intact", "Yes."
    yield "Signer", _signer(credential)
    yield "Certificate", _dates(facts)
    others = dict.fromkeys(statement.what for statement in story.statements)
    said = "" if facts.verified else "says: "
    yield from named(
        ("Time stamp", _time(credential.report.signature, facts)),
        ("It says", "; ".join(others)),
        ("Made with", plain(said + ", ".join(story.tools), _LONGEST) if story.tools else ""),
        ("Steps", plain("; ".join(story.steps), _LONGEST)),
        ("Watermark", _watermark(story)),
    )
    if story.unknown_part:
        yield "Parts", "It was made from something that came without Content Credentials."
    if story.broken_part:
        yield (
            "Broken parts",
            "It was made from something whose own Content Credentials are broken and don't count.",
        )
    if not story.complete:
        yield "Gaps", "It doesn't say that every step is recorded."


def _signer(credential: Credential) -> str:
    name, facts, trust = _name(credential.report.signature), credential.facts, credential.trust
    listed = {Signer.OFFICIAL: trust.official, Signer.INTERIM: trust.interim}.get(facts.signer)
    if listed is not None:
        return f"{name}, vouched for by {_list(listed, credential.today)}."
    claim = f"It says it is signed by {name}; "
    if not facts.in_date:
        return f"{claim}an expired certificate can't be looked up."
    if facts.signer is Signer.UNSUITABLE:
        return f"{claim}its certificate isn't made for signing Content Credentials."
    if facts.signer is Signer.REVOKED:
        return f"{claim}its certificate was revoked."
    lists = [_list(known, credential.today) for known in (trust.official, trust.interim) if known is not None]
    return f"{claim}not found on {' or '.join(lists)}." if lists else f"{claim}not checked against a list."


def _list(known: TrustList, today: dt.date) -> str:
    old = ", which is older than six months" if known.is_stale(today) else ""
    return f"{known.kind.title} of {known.dated.isoformat()}{old}"


def _dates(facts: Facts) -> str:
    if not facts.in_date:
        return "Expired, and no trusted time stamp says that it was signed before that."
    return "In date when it was signed, by its time stamp." if facts.timestamped else _UNSTAMPED


def _time(signature: Signature, facts: Facts) -> str:
    time = short(signature.time or "")
    return time if facts.timestamped or not time else f"It says {time}; not checked."


def _watermark(story: Story) -> str:
    if not story.watermarks:
        return ""
    names = plain(", ".join(name for name in story.watermarks if name), _LONGEST)
    return f"It declares an invisible watermark{f' ({names})' if names else ''}, which Telltale can't read."


def _name(signature: Signature) -> str:
    """Return the signer's name as the certificate has it; anybody can put any name into one of their own."""
    return short(signature.issuer or signature.common_name or "somebody without a name")
