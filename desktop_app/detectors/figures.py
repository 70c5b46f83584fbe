"""The figures beside a model's card: how it does on its own test set, and on ordinary pictures.

They are for people to read; no answer depends on them. ``cifake.figures.json`` lies beside ``cifake.json``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from desktop_app.core.errors import ModelCardError
from desktop_app.core.text import plain

SUFFIX = ".figures.json"
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Line = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_MAX_BYTES = 1_000_000


class OwnRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures of one part of the test set, or of all of it after one kind of damage; shares 0 to 1.

    Attributes:
        name: which pictures.
        n: how many.
        accuracy: share on the right side of 0.5.
        auroc: 0.5 is a coin, 1 without an error; None where only one kind of picture is there.
        false_positives: share of the photographs that were called AI; None without photographs.
        false_negatives: share of the AI pictures that were not; None without AI pictures.
        ece: expected calibration error over 15 bins.
    """

    name: _Line
    n: _Count
    accuracy: _Share
    auroc: _Share | None = None
    false_positives: _Share | None = None
    false_negatives: _Share | None = None
    ece: _Share | None = None


class OwnFigures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was measured on pictures like those it was trained on."""

    name: _Line
    pictures: _Count
    rows: Annotated[tuple[OwnRow, ...], msgspec.Meta(max_length=100)]


class FieldSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ordinary pictures of one source of photographs, or of one generator.

    Attributes:
        name: the source or the generator.
        ai: whether its pictures are AI-generated.
        n: how many.
        called_ai: share that the model called AI, 0 to 1.
        low, high: 95 % interval of that share.
        auroc: of a generator against all photographs; None for photographs, and for few pictures.
    """

    name: _Line
    ai: bool
    n: _Count
    called_ai: _Share
    low: _Share
    high: _Share
    auroc: _Share | None = None


class FieldFigures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was measured on ordinary pictures.

    Attributes:
        name: the test set.
        pictures: how many.
        auroc, false_positive_rate, false_negative_rate: of all of them.
        sources: the parts.
        shared: the same after one JPEG re-encoding, as when a picture is shared.
        words: whether "called AI" means that the program's words were Strong or Some; otherwise a probability of
            one half or more.
        strong_photographs, strong_ai: share of the photographs, and of the AI pictures, that read Strong.
        answered: share of all that got an answer: neither Can't tell nor out of range.
        unseen_sources: AUROC of single crops whose sources the judging networks had never seen, mean of the folds.
        unseen_generators: crops of generators that the judging network had never seen, against photographs of
            sources that it hadn't seen either.
    """

    name: _Line
    pictures: _Count
    auroc: _Share
    false_positive_rate: _Share
    false_negative_rate: _Share
    sources: Annotated[tuple[FieldSource, ...], msgspec.Meta(max_length=200)]
    shared: FieldFigures | None = None
    words: bool = False
    strong_photographs: _Share | None = None
    strong_ai: _Share | None = None
    answered: _Share | None = None
    unseen_sources: _Share | None = None
    unseen_generators: Annotated[tuple[FieldSource, ...], msgspec.Meta(max_length=100)] = ()


class ModelFigures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; either part may be missing."""

    test: OwnFigures | None = None
    field: FieldFigures | None = None


def load_figures(card: Path) -> ModelFigures | None:
    """Read the figures beside a card; None when there are none.

    Raises:
        ModelCardError: they can't be read, or are not in the format.
    """
    path = card.with_suffix(SUFFIX)
    name = plain(path.name, 80)
    if not path.exists():
        return None
    try:
        if not path.is_file():  # a pipe would keep us for ever
            raise FileNotFoundError(path.name)
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ModelCardError(f"The model's figures {name} can't be read.") from error
    if len(data) > _MAX_BYTES:
        raise ModelCardError(f"The model's figures {name} are far too large to be some.")
    try:
        return msgspec.json.decode(data, type=ModelFigures)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise ModelCardError(f"The model's figures {name} are not valid: {plain(str(error), 200)}") from error
