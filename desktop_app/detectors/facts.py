"""What the offline model knows, for people: from its card and from the figures beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.errors import TelltaleError
from desktop_app.core.text import plain
from desktop_app.detectors.card import BandsCard, ConformalCard, FiguresCard, ModelCard, load_card
from desktop_app.detectors.fact_tables import Table, field_table, own_table, percent
from desktop_app.detectors.figures import FieldFigures, ModelFigures, load_figures

_COIN = 0.55  # AUROC below which nobody would notice the difference to tossing one
_HELPFUL = 0.7
_MAKER = (
    "This model didn't come with Telltale. What follows is what its maker says of it; Telltale hasn't measured it."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page.

    Attributes:
        heading: a few words.
        text: paragraphs, one a line.
        table: what belongs under the text.
        note: a sentence under the table; may be empty.
    """

    heading: str
    text: str
    table: Table | None = None
    note: str = ""


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
    yield Section("What it doesn't know", plain(card.range.reason))
    if figures.field is not None:
        yield _on_ordinary_pictures(figures.field)
    if card.figures is not None:
        table = own_table(figures.test) if figures.test is not None else None
        yield Section("How good it is on pictures it knows", _skill(card.figures), table)
    yield Section("What the words mean", "\n".join(_bands(card.bands, card.conformal)))
    yield Section(
        "Which file",
        f"{plain(card.title, 80)}, version {plain(card.version, 80)}, licence {plain(card.licence, 80)}.\n"
        f"SHA-256 {card.sha256}",
    )


def _skill(figures: FiguresCard) -> str:
    return (
        f"On {figures.pictures:,} test pictures it had never seen ({plain(figures.test, 80)}), "
        f"{percent(figures.accuracy, 1)} of its answers were right. It called "
        f"{percent(figures.false_positive_rate, 1)} of the photographs AI (false alarms) and missed "
        f"{percent(figures.false_negative_rate, 1)} of the AI pictures. Its number is off by "
        f"{100 * figures.ece:.1f} points on average."
    )


def _on_ordinary_pictures(field: FieldFigures) -> Section:
    text = (
        f"On {field.pictures:,} ordinary pictures ({plain(field.name, 80)}) it is {_beside_a_coin(field.auroc)}: "
        f"it calls {_errors(field)}."
    )
    if field.auroc < _HELPFUL:
        text += " That is why the program says “Outside this model's range” there, and gives no words."
    note = (
        "In brackets: where the share lies with 95 % certainty, in percent. AUROC: how well the number tells a "
        "generator's pictures from the photographs; 0.50 is a coin, 1.00 never errs."
    )
    if field.shared is not None:
        note += (
            " Shared: the same pictures saved once more as JPEG, as happens when they are passed on; then "
            f"it calls {_errors(field.shared)}."
        )
    return Section("How it does on ordinary pictures", text, field_table(field), note)


def _errors(field: FieldFigures) -> str:
    return (
        f"{percent(field.false_positive_rate)} of the photographs AI and misses "
        f"{percent(field.false_negative_rate)} of the AI pictures"
    )


def _beside_a_coin(auroc: float) -> str:
    area = f"(AUROC {auroc:.2f})"
    if auroc < 1 - _COIN:
        return f"worse than a coin {area}"
    if auroc < _COIN:
        return f"no better than a coin {area}"
    return f"{'little ' if auroc < _HELPFUL else ''}better than a coin {area}"


def _bands(bands: BandsCard, conformal: ConformalCard | None) -> Iterator[str]:
    strong = few = rare = ""
    if conformal is not None:
        rare = f"At most {100 * (1 - conformal.level):.2g} in 100"
        if bands.strong >= conformal.photograph_to:
            strong = f" {rare} photographs of the validation set got this."
        if bands.few <= conformal.ai_from:
            few = f" {rare} AI pictures of the validation set got this."
    yield f"Strong signs of AI: from {_limit(bands.strong)} on.{strong}"
    yield f"Some signs of AI: from {_limit(bands.some)} on."
    yield f"Few signs of AI: up to {_limit(bands.few)}.{few} It is not proof of a camera."
    yield "Can't tell: everything between, and every answer that harmless changes turn around."
    if conformal is not None:
        yield (
            f"Two limits are conformal: a number under {_limit(conformal.ai_from)} excludes AI, one over "
            f"{_limit(conformal.photograph_to)} a photograph, and of either kind {rare.lower()} are excluded "
            "wrongly."
        )
    yield "All of this holds only inside the model's range."


def _limit(p: float) -> str:
    return f"{100 * p:.3g}\u00a0%"
