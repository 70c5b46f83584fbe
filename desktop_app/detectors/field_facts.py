"""How a model does on ordinary pictures, for people: sentences around the tables."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.text import plain
from desktop_app.detectors.fact_tables import percent
from desktop_app.detectors.figures import FieldFigures

_COIN = 0.55  # AUROC below which nobody would notice the difference to tossing one
_HELPFUL = 0.7
_NOTE = (
    "In brackets: where the share lies with 95 % certainty, in percent. AUROC: how well the number tells a "
    "generator's pictures from the photographs; 0.50 is a coin, 1.00 never errs."
)
_UNSEEN_SOURCES = (
    "What counts most for your pictures: networks that had never seen anything from a source told its single "
    "crops apart with an AUROC of {area:.2f} (0.50 is a coin, 1.00 never errs). The figures that follow are of "
    "whole pictures, from sources that it has learnt from, and look better for that."
)
UNSEEN_GENERATORS = (
    "The figure for tomorrow's generators: everything that one of them made was kept from a network, which then "
    "judged its crops beside photographs of sources that it hadn't seen either."
)
UNSEEN_NOTE = f"Found: called AI where 5 in 100 of those photographs are, too. {_NOTE}"


def field_text(field: FieldFigures) -> str:
    """What was measured, the figure that counts most first; paragraphs, one a line."""
    return "\n".join(_paragraphs(field))


def field_note(field: FieldFigures) -> str:
    """How to read the table, and what sharing does."""
    if field.shared is None:
        return _NOTE
    return (
        f"{_NOTE} Shared: the same pictures saved once more as JPEG, as happens when they are passed on; then it "
        f"calls {_errors(field.shared)}."
    )


def _paragraphs(field: FieldFigures) -> Iterator[str]:
    if field.unseen_sources is not None:
        yield _UNSEEN_SOURCES.format(area=field.unseen_sources)
    yield " ".join(_sentences(field))


def _sentences(field: FieldFigures) -> Iterator[str]:
    yield (
        f"On {field.pictures:,} ordinary pictures ({plain(field.name, 80)}) it is {_beside_a_coin(field.auroc)}: "
        f"it calls {_errors(field)}."
    )
    if field.auroc < _HELPFUL:
        yield "That is why the program says “Outside this model's range” there, and gives no words."
    if field.words:
        yield "Called AI are those that read Strong or Some signs of AI."
    if field.strong_photographs is not None and field.strong_ai is not None:
        yield (
            f"Strong alone read {percent(field.strong_photographs, 1)} of the photographs and "
            f"{percent(field.strong_ai)} of the AI pictures."
        )
    if field.answered is not None:
        yield f"{percent(field.answered)} got an answer; the others read Can't tell or are outside its range."


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
