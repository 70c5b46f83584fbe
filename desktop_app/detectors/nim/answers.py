"""What the model said of a picture, read leniently where it may be and strictly where a number is at stake."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import msgspec

from desktop_app.core.errors import AnswerError
from desktop_app.core.estimates import Estimate, Mode, Sent, SourceScore, Words
from desktop_app.detectors.nim.names import for_people, names_ai, normalised
from desktop_app.detectors.nim.words import harmless, said, words_of

NAME = "nim-hive"
TITLE = "Hive on NVIDIA NIM"

STRONG_FROM, SOME_FROM, FEW_TO = 0.9, 0.7, 0.1
"""Where the words begin and end, on the service's number.

Chosen, not measured: nobody has published error rates of this model as NVIDIA serves it, and the live service
could not be tried. So they are wide, 0.1 to 0.7 being "Can't tell", and lopsided: an accused photo costs more than
a missed forgery.
"""

MOST_SOURCES = 5

_FAILED = frozenset({"error", "failure", "failed", "contentfiltered", "rejected"})
_ROUNDING = 1e-6  # a 32-bit float printed in full may stand this far outside 0 to 1
_Kind = TypeVar("_Kind")


class _Envelope(msgspec.Struct):
    data: list[msgspec.Raw]


class _Status(msgspec.Struct):
    status: str | None = None


class _Item(msgspec.Struct):
    is_ai_generated: float
    possible_sources: dict[str, float | None] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's numbers: ``p_ai`` 0 to 1, the sources largest first, all of them."""

    p_ai: float
    sources: tuple[SourceScore, ...]


def parse_answer(body: bytes, key: str | None = None) -> Answer:
    """Return what an answer says.

    Unknown fields and sources are fine, and so are missing sources. ``key`` never shows up in the error.

    Raises:
        AnswerError: no item, a failed one, or a number that is none between 0 and 1; with the service's words.
    """
    item = decoded(first_item(body, key), _Item, key)
    scores: dict[str, float] = {}
    names: dict[str, str] = {}
    for name, value in (item.possible_sources or {}).items():
        if value is not None:
            plain_name = normalised(name)
            names.setdefault(plain_name, name)
            scores[plain_name] = min(1.0, scores.get(plain_name, 0.0) + probability(value, body, key))
    ordered = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    sources = tuple(SourceScore(for_people(names[name]), score, names_ai(name)) for name, score in ordered)
    return Answer(probability(item.is_ai_generated, body, key), sources)


def make_estimate(answer: Answer, sent: Sent) -> Estimate:
    """Say what an answer means, with its five largest sources and what was sent for it."""
    return Estimate(
        detector=NAME,
        title=TITLE,
        model_sha256="",
        p_ai=answer.p_ai,
        words=words_for(answer.p_ai),
        in_range=True,
        range_reason="",
        sources=answer.sources[:MOST_SOURCES],
        mode=Mode.CLOUD,
        sent=sent,
    )


def words_for(p_ai: float) -> Words:
    """Return the words for the service's number."""
    if p_ai >= STRONG_FROM:
        return Words.STRONG
    if p_ai >= SOME_FROM:
        return Words.SOME
    return Words.FEW if p_ai <= FEW_TO else Words.CANT_TELL


def first_item(body: bytes, key: str | None) -> bytes:
    """Return the answer's first item as JSON; exactly one picture was asked about.

    Raises:
        AnswerError: there is none, or its status says that it failed.
    """
    items = decoded(body, _Envelope, key).data
    if not items:
        refuse(body, key)
    item = bytes(items[0])
    status = decoded(item, _Status, key).status
    if normalised(status or "") in _FAILED:
        words = words_of(item, key)
        told = words if not words.startswith("{") else harmless(status or "", key)
        raise AnswerError(said("The detection service could not check this picture.", told))
    return item


def decoded(body: bytes, kind: type[_Kind], key: str | None) -> _Kind:
    """Return ``body`` as ``kind``.

    Raises:
        AnswerError: it isn't one.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return refuse(body, key)


def probability(value: float, body: bytes, key: str | None) -> float:
    """Return ``value`` if it is one between 0 and 1, forgiving what rounding adds.

    Raises:
        AnswerError: it isn't.
    """
    if not math.isfinite(value) or not -_ROUNDING <= value <= 1 + _ROUNDING:
        refuse(body, key)
    return min(1.0, max(0.0, value))


def refuse(body: bytes, key: str | None) -> NoReturn:
    """Raise the error for an answer that can't be used, with its words."""
    raise AnswerError(said(AnswerError.default_message, words_of(body, key)))
