"""What the offline models know, for people: from their cards and from the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.errors import TelltaleError
from desktop_app.core.text import plain
from desktop_app.detectors.card import (
    BandsCard,
    ConformalCard,
    FiguresCard,
    ModelCard,
    RangeCard,
    load_card,
)
from desktop_app.detectors.fact_tables import Table, field_table, own_table, percent, unseen_table
from desktop_app.detectors.field_facts import UNSEEN_GENERATORS, UNSEEN_NOTE, field_note, field_text
from desktop_app.detectors.figures import FieldFigures, ModelFigures, load_figures

_MAKER = (
    "This model didn't come with Telltale. What follows is what its maker says of it; Telltale hasn't measured it."
)
_BY_SIZE = "The picture's size decides, never a score:"
_BETWEEN = "Every other picture reads “Outside this model's range”."
_TWICE = (
    "What would read Strong is looked at twice: two harmless changes are tried at once, and where one of them "
    "takes the signs away, it reads Can't tell."
)
_EXPERIMENTAL = (
    "This model is experimental: it only answers where it was chosen, in Settings, Offline models, or on the "
    "command line."
)
_FLAT = (
    "Drawings, charts, screenshots and pages of text are outside, whatever their size. They are told by flat "
    "colours and sharp edges, which works for most of them; tables, maps, line charts and full pages often slip "
    "through."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page.

    Attributes:
        heading: a few words.
        text: paragraphs, one a line; may be empty.
        table: what belongs under the text.
        note: a sentence under the table; may be empty.
        opens: whether the sections from here to the next such one are about one model, which the heading names.
    """

    heading: str
    text: str
    table: Table | None = None
    note: str = ""
    opens: bool = False


def models_facts(
    cards: Sequence[tuple[Path, bool]], answering: Sequence[Path] | None = None
) -> tuple[Section, ...]:
    """Say of every model what :func:`model_facts` does, each under its name, and first which answers when.

    Args:
        cards: the path of each card, and whether somebody else made its model.
        answering: those of them that answer, where not all do.
    """
    told = [section for path, own in cards for section in (_opening(path), *model_facts(path, own=own))]
    if len(cards) == 1:
        return tuple(told)
    return (_division([path for path, _own in cards] if answering is None else answering), *told)


def model_facts(card_path: Path, *, own: bool = False) -> tuple[Section, ...]:
    """Say what the model of a card knows and how well; a broken card or broken figures are said in words.

    Args:
        card_path: the card; its figures lie beside it.
        own: whether somebody else made it: then all of this is what its maker says.
    """
    try:
        card = load_card(card_path)
    except TelltaleError as error:
        return (Section("The model can't be used", f"{error.message} {error.hint}"),)
    if own:
        return (Section("Whose words these are", _MAKER), *_told(card_path, card))
    return _told(card_path, card)


def _opening(card_path: Path) -> Section:
    card = _readable(card_path)
    text = _EXPERIMENTAL if card and card.experimental else ""
    return Section(plain(card.title if card else card_path.stem, 80), text, opens=True)


def _division(cards: Sequence[Path]) -> Section:
    found = map(_readable, cards)
    lines = [f"{plain(card.title, 80)}: {card.range.words()}." for card in found if card]
    return Section("Which of them answers", "\n".join([_BY_SIZE, *lines, _BETWEEN, _TWICE]))


def _readable(card_path: Path) -> ModelCard | None:
    try:
        return load_card(card_path)
    except TelltaleError:
        return None


def _told(card_path: Path, card: ModelCard) -> tuple[Section, ...]:
    try:
        figures = load_figures(card_path) or ModelFigures()
    except TelltaleError as error:
        broken = Section("The figures can't be shown", f"{error.message} Answers don't depend on them.")
        return (*_sections(card, ModelFigures()), broken)
    return tuple(_sections(card, figures))


def _sections(card: ModelCard, figures: ModelFigures) -> Iterator[Section]:
    *first, last = [plain(source.name, 80) for source in card.sources]
    known = card.range.words()
    yield Section(
        "What it knows", f"{known[:1].upper()}{known[1:]}, from these origins: {', '.join(first)} and {last}."
    )
    yield Section("What it doesn't know", "\n".join(_unknown(card.range)))
    if card.limits:
        yield Section("What it is known to misjudge", "\n".join(map(plain, card.limits)))
    if figures.field is not None:
        yield from _on_ordinary_pictures(figures.field)
    if card.figures is not None:
        table = own_table(figures.test) if figures.test is not None else None
        yield Section("How good it is on pictures it knows", _skill(card.figures), table)
    yield Section("What the words mean", "\n".join(_bands(card.bands, card.conformal)))
    yield Section(
        "Which file",
        f"{plain(card.title, 80)}, version {plain(card.version, 80)}, licence {plain(card.licence, 80)}.\n"
        f"SHA-256 {card.sha256}",
    )


def _unknown(bounds: RangeCard) -> Iterator[str]:
    yield plain(bounds.reason)
    if bounds.flat_share_max is not None:
        yield _FLAT


def _on_ordinary_pictures(field: FieldFigures) -> Iterator[Section]:
    yield Section("How it does on ordinary pictures", field_text(field), field_table(field), field_note(field))
    if field.unseen_generators:
        heading = "How it does on generators it has never seen"
        yield Section(heading, UNSEEN_GENERATORS, unseen_table(field), UNSEEN_NOTE)


def _skill(figures: FiguresCard) -> str:
    return (
        f"On {figures.pictures:,} test pictures it had never seen ({plain(figures.test, 80)}), "
        f"{percent(figures.accuracy, 1)} of its answers were right. It called "
        f"{percent(figures.false_positive_rate, 1)} of the photographs AI (false alarms) and missed "
        f"{percent(figures.false_negative_rate, 1)} of the AI pictures. Its number is off by "
        f"{100 * figures.ece:.1f} points on average."
    )


def _bands(bands: BandsCard, conformal: ConformalCard | None) -> Iterator[str]:
    strong, some, few = bands.photographs_strong, bands.photographs_some, bands.ai_few
    if conformal is not None:
        rare = 1 - conformal.level
        strong = rare if bands.strong >= conformal.photograph_to else strong
        few = rare if bands.few <= conformal.ai_from else few
    yield f"Strong signs of AI: from {_limit(bands.strong)} on.{_at_most(strong, 'photographs')}"
    yield f"Some signs of AI: from {_limit(bands.some)} on.{_at_most(some, 'photographs', 'this or more')}"
    yield (
        f"Few signs of AI: up to {_limit(bands.few)}.{_at_most(few, 'AI pictures')} It is not proof of a camera."
    )
    yield "Can't tell: everything between, and every answer that harmless changes turn around."
    if conformal is not None:
        yield (
            f"Two limits are conformal: a number under {_limit(conformal.ai_from)} excludes AI, one over "
            f"{_limit(conformal.photograph_to)} a photograph, and of either kind at most "
            f"{_in_hundred(1 - conformal.level)} are excluded wrongly."
        )
    yield "All of this holds only inside the model's range."


def _at_most(share: float | None, kind: str, got: str = "this") -> str:
    return "" if share is None else f" At most {_in_hundred(share)} {kind} of the validation set got {got}."


def _in_hundred(share: float) -> str:
    return f"{100 * share:.2g} in 100"


def _limit(p: float) -> str:
    return f"{100 * p:.3g}\u00a0%"
