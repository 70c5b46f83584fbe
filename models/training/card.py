"""Builds ``cifake.json``, the card that the program reads beside the model."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from desktop_app.core.picture import Raster
from desktop_app.detectors.card import (
    BandsCard,
    CalibrationCard,
    ConformalCard,
    CountsCard,
    FiguresCard,
    GoldenCard,
    InputCard,
    ModelCard,
    OutputCard,
    RangeCard,
    SourceCard,
    ViewCard,
    load_card,
)
from desktop_app.detectors.golden import GOLDEN_PATTERNS, golden_pixels
from desktop_app.detectors.session import Session
from models.training.calibrate import LEVEL, Bands, Calibration
from models.training.data import SIZE

VERSION = "2.0.0"

_REASON = (
    "This model has only been tested on 32×32 pictures of ten kinds of things and on one generator, "
    "Stable Diffusion 1.4; on ordinary pictures it is no better than a coin."
)
# As in models.training.network; repeated because that module needs torch and a test holds the two together.
_MEAN = (0.47, 0.46, 0.42)
_STD = (0.24, 0.24, 0.26)
_UNFITTED = Bands(few=0.25, some=0.5, strong=0.75)


def draft_card(model: Path) -> ModelCard:
    """The card of an exported model before anything is fitted: temperature 1, made-up bands, no golden scores."""
    view = ViewCard(crop="centre_square", width=SIZE, height=SIZE, resize="bilinear")
    return ModelCard(
        format=1,
        name="cifake",
        title="CIFAKE model",
        version=VERSION,
        model=model.name,
        sha256=hashlib.sha256(model.read_bytes()).hexdigest(),
        licence="MIT",
        input=InputCard(name="pixels", layout="NCHW", scale=255.0, mean=_MEAN, std=_STD, views=(view,)),
        output=OutputCard(name="logit", kind="logit", map="map"),
        calibration=CalibrationCard(1.0),
        bands=bands_card(_UNFITTED),
        sources=(SourceCard("Camera photo (CIFAR-10)", ai=False), SourceCard("Stable Diffusion 1.4", ai=True)),
        range=RangeCard(width=SIZE, height=SIZE, reason=_REASON),
        golden=(),
    )


def fitted_card(draft: ModelCard, model: Path, fitted: Calibration) -> ModelCard:
    """The draft with its calibration, bands and the golden scores of the file as it is."""
    card = msgspec.structs.replace(
        draft,
        calibration=CalibrationCard(fitted.temperature),
        bands=bands_card(fitted.bands),
        conformal=ConformalCard(LEVEL, fitted.conformal.ai_from, fitted.conformal.photograph_to),
    )
    return with_golden(card, model)


def with_golden(card: ModelCard, model: Path) -> ModelCard:
    """The card with the raw logits that the file gives for every golden pattern, in the size of a view."""
    session = Session(model.read_bytes(), card)
    width, height = card.input.views[0].width, card.input.views[0].height

    def logit(pattern: str) -> float:
        raster = Raster(width, height, golden_pixels(pattern, width, height))
        return round(session.logits([raster])[0], 6)

    golden = tuple(GoldenCard(pattern, logit(pattern)) for pattern in GOLDEN_PATTERNS)
    return msgspec.structs.replace(card, golden=golden)


def with_figures(card: ModelCard, figures: FiguresCard, counts: tuple[CountsCard, ...]) -> ModelCard:
    """The card with its measured figures, and how the test pictures of each span of scores turned out."""
    return msgspec.structs.replace(card, figures=figures, counts=counts, counts_test=figures.test)


def write_card(card: ModelCard, path: Path) -> None:
    """Write the card and read it back as the program does.

    Raises:
        ModelCardError: the program would refuse it.
    """
    path.write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n")
    load_card(path)


def bands_card(bands: Bands) -> BandsCard:
    """The thresholds as the card has them."""
    return BandsCard(few=bands.few, some=bands.some, strong=bands.strong)
