"""Few words for a fact, where its sentence has no room; and the sentences about how facts and estimate stand."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.ladder import Ladder

translate = QCoreApplication.translate

_BASES = {
    "signed": QT_TRANSLATE_NOOP("Fact", "Signed: {what}"),
    "unconfirmed": QT_TRANSLATE_NOOP("Fact", "Unconfirmed: {what}"),
    "label": QT_TRANSLATE_NOOP("Fact", "Label: {what}"),
}
_WHAT = {
    Says.MADE_BY_AI: QT_TRANSLATE_NOOP("Fact", "made by AI"),
    Says.EDITED_WITH_AI: QT_TRANSLATE_NOOP("Fact", "edited with AI"),
    Says.CAPTURED: QT_TRANSLATE_NOOP("Fact", "from a camera"),
    Says.COMPOSITE: QT_TRANSLATE_NOOP("Fact", "a composite"),
    Says.SOFTWARE: QT_TRANSLATE_NOOP("Fact", "from software"),
    Says.SCREENSHOT: QT_TRANSLATE_NOOP("Fact", "a screenshot"),
    Says.NOTHING: QT_TRANSLATE_NOOP("Fact", "origin not said"),
}


def short_words(evidence: Evidence) -> str:
    """A few words for a card or a cell: on what basis, then what; the sentence is in ``evidence.words``.

    "Unconfirmed" is a credential that is intact, of a signer that can't be confirmed.
    """
    if evidence.strength is Strength.CONTRADICTION:
        return translate("Fact", "Contradiction")
    if evidence.strength is Strength.CAMERA:
        captured = evidence.says is Says.CAPTURED
        return translate("Fact", "Camera's tags") if captured else translate("Fact", "Some camera tags")
    if evidence.strength is Strength.SIGNED:
        basis = "signed" if evidence.verified else "unconfirmed"
    elif evidence.kind is EvidenceKind.C2PA and evidence.says is Says.NOTHING:
        return translate("Fact", "No usable credential")
    else:
        basis = "label"
    return translate("Fact", str(_BASES[basis])).format(what=translate("Fact", str(_WHAT[evidence.says])))


def longest_short_words() -> tuple[str, ...]:
    """Every text that :func:`short_words` gives for signed marks and labels, for measuring."""
    return tuple(
        translate("Fact", str(basis)).format(what=translate("Fact", str(what)))
        for basis in _BASES.values()
        for what in _WHAT.values()
    )


def disagree_title() -> str:
    """The fact and the estimate point in opposite directions."""
    return translate("Fact", "Signals disagree")


def set_aside_title() -> str:
    """In place of an estimate that a verified statement makes unnecessary."""
    return translate("Fact", "Estimate set aside")


def fact_sentences(found: Ladder) -> tuple[str, ...]:
    """The strongest fact and what contradicts it, in whole sentences."""
    facts = () if found.fact is None else (found.fact,)
    return tuple(evidence.words for evidence in (*facts, *found.contradictions))


def evidence_text(evidence: Evidence) -> str:
    """All that one mark says, to copy: its sentence, its place, its details, prompts and settings too."""
    lines = [evidence.words]
    if evidence.where:
        lines.append(where_sentence(evidence))
    lines += [f"{heading}: {text}" for heading, text in (*evidence.detail, *evidence.private)]
    return "\n".join(lines)


def where_sentence(evidence: Evidence) -> str:
    """In which part of the file it stands."""
    return translate("Fact", "Found in: {place}").format(place=evidence.where)
