"""Marks in one file that can't all be right. That is said in words, and which one is wrong isn't guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength

_AI = frozenset({Says.MADE_BY_AI, Says.EDITED_WITH_AI})

_CAPTURE_AND_AI = (
    "A camera's tags and a mark of AI are in the same file: one of them was copied from elsewhere, "
    "or a photograph was made over with AI."
)
_TWO_LABELS = "One label says that it was captured, another that AI made it: they can't both be right."
_SIGNED_AGAINST_SIGNED = (
    "It is signed as a camera capture, and one of its signed parts says that an AI tool made or edited it."
)
_SIGNED_AGAINST_LABEL = "It is signed as a camera capture, and an unsigned mark in the file says that AI made it"
_LABEL_AGAINST_SIGNED = "An unsigned label says that it was captured, and it is signed as made by AI"
_CHECKED = "only the signed statement can be checked"
_UNCONFIRMED = "who signed it is not confirmed, so neither can be relied on"


def contradictions(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return one contradiction for every pair of statements that exclude each other.

    A photograph that says it was *edited* with AI contradicts nothing: phones do that and leave the camera's tags.

    Args:
        evidence: everything that was found in one file, Content Credentials included.
    """
    return tuple(_found(evidence))


def _found(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    captured = [item for item in evidence if item.says is Says.CAPTURED]
    made = [item for item in evidence if item.says is Says.MADE_BY_AI]
    # A credential gives two statements only where a capture lies over something from an AI tool, made or edited.
    with_ai = [item for item in evidence if item.says in _AI]
    for strength, others, words in (
        (Strength.SIGNED, _of(with_ai, Strength.SIGNED), _SIGNED_AGAINST_SIGNED),
        (Strength.SIGNED, _of(made, Strength.LABEL), _SIGNED_AGAINST_LABEL),
        (Strength.LABEL, _of(made, Strength.SIGNED), _LABEL_AGAINST_SIGNED),
        (Strength.LABEL, _of(made, Strength.LABEL), _TWO_LABELS),
        (Strength.CAMERA, made, _CAPTURE_AND_AI),
    ):
        for item in _of(captured, strength)[:1]:
            if others:
                yield _contradiction(_weighed(words, item, others[0]), item, others[0])


def _of(evidence: Sequence[Evidence], strength: Strength) -> list[Evidence]:
    return [item for item in evidence if item.strength is strength]


def _weighed(words: str, *sides: Evidence) -> str:
    """Add to a signature against an unsigned mark what it is worth; the other sentences stand as they are."""
    if words not in (_SIGNED_AGAINST_LABEL, _LABEL_AGAINST_SIGNED):
        return words
    return f"{words}; {_CHECKED if any(item.verified for item in sides) else _UNCONFIRMED}."


def _contradiction(words: str, first: Evidence, second: Evidence) -> Evidence:
    return Evidence(
        EvidenceKind.CONTRADICTION,
        Strength.CONTRADICTION,
        Says.NOTHING,
        words,
        (("On one side", first.words), ("On the other", second.words)),
        where="; ".join(dict.fromkeys(item.where for item in (first, second) if item.where)),
    )
