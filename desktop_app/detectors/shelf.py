"""Which models there are: the bundled ones and those of the user's own folder, each with why it can't be used."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.core.detector import Availability
from desktop_app.core.errors import DetectorError, DetectorUnavailableError, ModelBrokenError
from desktop_app.core.text import plain
from desktop_app.detectors.card import ModelCard, load_card
from desktop_app.detectors.contradictions import AUTO, RESERVED

MOST_OWN = 100
"""Models of one folder that are looked at."""

_CARD, _MODEL = ".json", ".onnx"
_READY = Availability(ready=True)
_CHOOSE = "Choose another model in Settings, Offline models."


@dataclass(frozen=True, slots=True)
class ShelvedModel:
    """A model that was found.

    Attributes:
        card_path: its card; the model lies beside it.
        own: whether it comes from the user's folder, not with the program.
        card: None when it can't be read.
        availability: whether it can be chosen, and why not.
    """

    card_path: Path
    own: bool
    card: ModelCard | None
    availability: Availability

    @property
    def name(self) -> str:
        """What it is chosen by; the file's name where there is no card to say it."""
        return self.card.name if self.card else plain(self.card_path.stem, 80)

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.card.title if self.card else self.name

    @property
    def file(self) -> str:
        """The model's file, as far as it is known; the card's otherwise."""
        return plain(self.card.model if self.card else self.card_path.name, 80)


class Shelf:
    """The bundled models, in order of preference, and a folder of the user's own."""

    def __init__(self, bundled: Sequence[Path], folder: Path | None = None) -> None:
        """``bundled`` are the cards that come with the program; nothing is read yet."""
        self._bundled = tuple(bundled)
        self._folder = folder

    def models(self) -> tuple[ShelvedModel, ...]:
        """Every model that was found, the bundled ones first, the others by file name.

        Raises:
            DetectorUnavailableError: the user's folder can't be read.
        """
        return tuple(self._found())

    def choose(self, choice: str) -> tuple[Path, ...]:
        """Return the cards of the models that ``choice`` stands for; more than one when facts are to decide.

        Args:
            choice: one of :data:`desktop_app.detectors.contradictions.RESERVED`, a card's name, or the path of a
                card (``.json``) or a model (``.onnx``, its card beside it).

        Raises:
            DetectorError: there is no such model, or it can't be used; says why and what to do.
        """
        if choice in RESERVED:
            first, *others = self._bundled
            return (first, *(path for path in others if choice != AUTO or _answers_unasked(path)))
        if _is_path(choice):
            return (_card_of(Path(choice)),)
        for path in self._bundled:
            if path.stem == choice:
                return (path,)
        model = next((model for model in self._found() if model.name == choice), None)
        if model is None:
            raise DetectorUnavailableError(f"There is no model called “{plain(choice, 80)}”.", _CHOOSE)
        if not model.availability.ready:
            raise DetectorUnavailableError(model.availability.why_not, model.availability.way_out)
        return (model.card_path,)

    def left_out(self, choice: str) -> tuple[ModelCard, ...]:
        """Return the cards of the bundled models that ``choice`` leaves out because they are experimental."""
        if choice != AUTO:
            return ()
        cards = (model.card for model in map(_bundled, self._bundled))
        return tuple(card for card in cards if card is not None and card.experimental)

    def is_own(self, card_path: Path) -> bool:
        """Whether this card didn't come with the program."""
        return card_path.absolute() not in {path.absolute() for path in self._bundled}

    def _found(self) -> Iterator[ShelvedModel]:
        taken = set()
        for path in self._bundled:
            model = _bundled(path)
            taken.add(model.name)
            yield model
        for path in self._own_cards():
            model = _shelved(path, own=True)
            yield _renamed(model) if model.card is not None and model.name in taken else model
            taken.add(model.name)

    def _own_cards(self) -> list[Path]:
        if self._folder is None:
            return []
        try:
            files = sorted(itertools.islice(_model_files(self._folder), MOST_OWN))
        except (OSError, ValueError) as error:
            raise DetectorUnavailableError(
                f"The folder of your own models, {plain(str(self._folder), 200)}, can't be read.",
                "Choose another folder in Settings, Offline models.",
            ) from error
        return [file.with_suffix(_CARD) for file in files]


def _bundled(card_path: Path) -> ShelvedModel:
    return _shelved(card_path, own=False)


def _answers_unasked(card_path: Path) -> bool:
    try:
        return not load_card(card_path).experimental
    except DetectorError:
        return False  # the settings say what is wrong with it; the first model still works


def _model_files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.suffix == _MODEL)


def _shelved(card_path: Path, *, own: bool) -> ShelvedModel:
    try:
        card = load_card(card_path)
    except DetectorError as error:
        hint = f"Its card, {plain(card_path.name, 80)}, must lie beside it and describe it." if own else error.hint
        return ShelvedModel(card_path, own, None, _unavailable(DetectorUnavailableError(error.message, hint)))
    model = card_path.with_name(card.model)
    if own and model.stem != card_path.stem:
        return ShelvedModel(card_path, own, card, _unavailable(_describes_another(card_path, card)))
    if not model.is_file():
        return ShelvedModel(card_path, own, card, _unavailable(ModelBrokenError()))
    return ShelvedModel(card_path, own, card, _READY)


def _renamed(model: ShelvedModel) -> ShelvedModel:
    why_not = f"Another model is already called “{model.name}”."
    way_out = f"Give this one another name in its card, {plain(model.card_path.name, 80)}."
    return replace(model, availability=Availability(ready=False, why_not=why_not, way_out=way_out))


def _unavailable(error: DetectorError) -> Availability:
    return Availability(ready=False, why_not=error.message, way_out=error.hint)


def _describes_another(card_path: Path, card: ModelCard) -> DetectorError:
    return DetectorUnavailableError(
        f"The card {plain(card_path.name, 80)} describes {plain(card.model, 80)}, not the model beside it.",
        "Give the model's file and its card the same name.",
    )


def _is_path(choice: str) -> bool:
    return choice.endswith((_CARD, _MODEL)) or any(sign in choice for sign in "/\\")


def _card_of(path: Path) -> Path:
    if path.suffix != _MODEL:
        return path
    card_path = path.with_suffix(_CARD)
    card = load_card(card_path)
    if card.model != path.name:
        raise _describes_another(card_path, card)
    return card_path
