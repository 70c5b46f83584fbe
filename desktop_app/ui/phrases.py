"""Numbers and results as people say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.fact_words import disagree_title, fact_sentences, set_aside_title
from desktop_app.ui.listing.groups import group_of, group_title
from desktop_app.ui.listing.marks import disagrees, ladder_of

translate = QCoreApplication.translate

_UNITS = ("kB", "MB", "GB", "TB")
_THOUSAND = 1000
_LEAST, _MOST = 0.01, 0.99  # an estimate never claims 0 or 100 %
_TEN = 10
_MINUTE = 60
_HOUR = 3600


def percent(p: float) -> str:
    """``64 %``, in whole numbers; never 0 or 100, which no estimate can claim."""
    if p < _LEAST:
        return "<1\u00a0%"
    if p > _MOST:
        return ">99\u00a0%"
    return f"{round(p * 100)}\u00a0%"


def spoken_percent(p: float) -> str:
    """The same for a screen reader."""
    if p < _LEAST:
        return translate("Phrases", "less than 1 percent AI")
    if p > _MOST:
        return translate("Phrases", "more than 99 percent AI")
    return translate("Phrases", "{n} percent AI").format(n=round(p * 100))


def span(low: float, high: float) -> str:
    """``90–100 %``, with as many digits as the ends have; here 0 and 100 are ends and no claims."""
    return f"{100 * low:.4g}–{100 * high:.4g}\u00a0%"


def file_size(count: int) -> str:
    """``2.4 MB``, in powers of ten as file managers do."""
    if count < _THOUSAND:
        return translate("Phrases", "{n} bytes").format(n=count)
    value, units = count / _THOUSAND, list(_UNITS)
    while round(value) >= _THOUSAND and len(units) > 1:
        value /= _THOUSAND
        units.pop(0)
    digits = 1 if round(value, 1) < _TEN else 0
    return f"{value:.{digits}f}\u00a0{units[0]}"


def grouped(count: int) -> str:
    """``10,000``."""
    return f"{count:,}"


def time_left(seconds: float) -> str:
    """``about 40 s left``: rounded, because it is a guess."""
    if seconds < _TEN:
        return translate("Phrases", "a few seconds left")
    if seconds < 2 * _MINUTE:
        return translate("Phrases", "about {n} s left").format(n=round(seconds / _TEN) * _TEN)
    if seconds < 2 * _HOUR:
        return translate("Phrases", "about {n} min left").format(n=round(seconds / _MINUTE))
    return translate("Phrases", "about {n} h left").format(n=round(seconds / _HOUR))


def mode_title(mode: Mode) -> str:
    """Offline or Cloud."""
    return translate("Phrases", "Offline") if mode is Mode.OFFLINE else translate("Phrases", "Cloud")


def state_title(state: ItemState) -> str:
    """Where an item is on its way."""
    return {
        ItemState.QUEUED: translate("Phrases", "Waiting"),
        ItemState.READING: translate("Phrases", "Reading…"),
        ItemState.CHECKING: translate("Phrases", "Checking…"),
        ItemState.DONE: translate("Phrases", "Checked"),
        ItemState.FAILED: translate("Phrases", "Failed"),
        ItemState.CANCELLED: translate("Phrases", "Cancelled"),
    }[state]


def error_sentence(error: TelltaleError) -> str:
    """What happened."""
    return translate("Errors", error.message)


def error_hint(error: TelltaleError) -> str:
    """What to do about it; may be empty."""
    return translate("Errors", error.hint) if error.hint else ""


def range_reason(estimate: Estimate) -> str:
    """Why the number can't be relied on."""
    return translate("Range", estimate.range_reason) if estimate.range_reason else ""


def model_choice(estimate: Estimate) -> str:
    """Why this of several models answered; empty where there was no choice."""
    return translate("Range", estimate.chosen) if estimate.chosen else ""


def inside_a_sentence(words: str) -> str:
    """The same words with a small first letter; "AI" stays large."""
    return words[:1].lower() + words[1:]


def spoken(item: Item) -> str:
    """One sentence for a screen reader: the fact first, then the words before the number."""
    found = ladder_of(item)
    parts = [item.name, *(sentence.rstrip(".") for sentence in fact_sentences(found))]
    if disagrees(found):
        parts.append(inside_a_sentence(disagree_title()))
    if found.mutes_estimate and found.estimate is not None:
        parts.append(inside_a_sentence(set_aside_title()))
    elif item.state is ItemState.DONE and item.estimate is not None:
        parts += [inside_a_sentence(group_title(group_of(item))), spoken_percent(item.estimate.p_ai)]
    else:
        parts.append(state_title(item.state).rstrip("…").lower())
    if item.error is not None:
        parts.append(error_sentence(item.error))
    parts.append(mode_title(item.mode).lower())
    return ", ".join(parts)


def hedged(item: Item) -> str:
    """One line to paste elsewhere that can't be mistaken for a verdict: facts first, then the estimate."""
    found = ladder_of(item)
    sentences = [*fact_sentences(found), _hedged_answer(item, with_facts=found.fact is not None)]
    if found.mutes_estimate and found.estimate is not None:
        sentences.pop()
    return f"{item.name}: {' '.join(sentences)}"


def _hedged_answer(item: Item, *, with_facts: bool) -> str:
    if item.error is not None:
        return error_sentence(item.error)
    estimate = item.estimate
    if estimate is None:
        return state_title(item.state)
    if not estimate.in_range:
        line = translate(
            "Phrases",
            "outside the range of the {model}, so its number ({number} AI) can't be relied on. {why}",
        )
    elif estimate.mode is Mode.CLOUD:
        line = translate(
            "Phrases",
            "{words}, says {model} ({number} AI, from the cloud; {sent}). This is an estimate and can be "
            "wrong; it is not proof.",
        )
    else:
        line = translate(
            "Phrases",
            "{words}, says the {model} ({number} AI, {mode}). This is an estimate and can be wrong; "
            "it is not proof.",
        )
    line = line.format(
        model=estimate.title,
        number=percent(estimate.p_ai),
        why=range_reason(estimate),
        words=group_title(group_of(item)),
        mode=mode_title(estimate.mode).lower(),
        sent=_sent_as(estimate),
    ).strip()
    if estimate.in_range and estimate.stability is not None and estimate.stability.flips:
        line += " " + translate("Phrases", "Harmless changes to the picture turn this answer around.")
    return line[:1].upper() + line[1:] if with_facts else line


def _sent_as(estimate: Estimate) -> str:
    if estimate.sent is not None and estimate.sent.reencoded:
        return translate("Phrases", "a re-encoded copy was sent, which can move the score")
    return translate("Phrases", "the original was sent without its metadata")
