"""Builds ``field.json``, the card of the detector for ordinary pictures."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from desktop_app.detectors.card import (
    CalibrationCard,
    CountsCard,
    InputCard,
    ModelCard,
    OutputCard,
    RangeCard,
    ShrinkCard,
    SourceCard,
    ViewCard,
)
from models.training.calibrate import Bands
from models.training.card import bands_card, with_golden
from models.training.ordinary.bands import FEW_SHARE, SOME_SHARE, STRONG_SHARE
from models.training.ordinary.views import FILE_MEAN, FILE_STD, SIDE, STORED_QUALITY
from models.training.reliability import Span

VERSION = "1.0.0"
SHORTEST = 300
"""Pixels of the shorter side from which on a picture is in range."""

FLAT_SHARE_MAX = 0.52
"""A picture of greater flatness is a drawing, chart, screenshot or text: measured by `flat`."""

COUNTS_TEST = "unseen sources, field-train"

_REASON = (
    f"This model was tested on pictures whose shorter side has at least {SHORTEST} pixels. In smaller ones, which "
    "are mostly previews that somebody shrank, the traces it looks for are gone."
)
_LIMITS = (
    "Retouched portraits, product photographs and pictures from a phone's night mode look more like AI to it.",
    "So do old scans, upscaled photographs and paintings.",
    "A photograph of a screen or of a print that shows an AI picture is a photograph to it.",
    "A small part of a photograph that AI has changed is not found.",
    "A generator newer than the model may leave traces that it has never seen.",
)
# Logits, for processors that may round another way; only one kind was at hand. The same file's whole-number and
# float arithmetic, which round apart far more often, differed by up to 0.21 on 64 crops.
_TOLERANCE = 0.25
# The shorter side of the shrunk copy: two views wide where the picture allows, always less than the picture's own,
# and never under what the training's shrunk pictures had.
_SHRUNK = ShrinkCard(side=2 * SIDE, share=0.75, least=232)

FIELD_VIEWS = (
    ViewCard("quarters", SIDE, SIDE, "bilinear", shrink=_SHRUNK, jpeg_quality=STORED_QUALITY),
    ViewCard("halves", SIDE, SIDE, "bilinear", jpeg_quality=STORED_QUALITY),
)
"""Four views of a shrunk copy, then two of the picture's own pixels, which lie on top in the heat map.

On left-out sources shrunk crops tell more than those at their own pixels, and both together most where the shrunk
ones count as much or more (`resources/decisions/017`); four of these show nearly all of a picture.

Each is saved once as JPEG, as every training crop was: without it a picture that never was a JPEG would be
something the network has not met, whatever it shows.
"""


def field_card(model: Path, temperature: float, bands: Bands, counted: list[Span]) -> ModelCard:
    """The card of an exported file.

    Args:
        model: The file, which will lie beside the card.
        temperature: Fitted on sources that the judging runs had not seen.
        bands: Fitted on the same.
        counted: How the same pictures turned out, by span of calibrated P(AI).
    """
    card = ModelCard(
        format=1,
        name="field",
        title="Field detector",
        version=VERSION,
        model=model.name,
        sha256=hashlib.sha256(model.read_bytes()).hexdigest(),
        licence="MIT (start weights: Apache-2.0)",
        input=InputCard(
            name="pixels",
            layout="NCHW",
            scale=255.0,
            mean=(FILE_MEAN,) * 3,
            std=(FILE_STD,) * 3,
            views=FIELD_VIEWS,
        ),
        output=OutputCard(name="logit", kind="logit"),
        calibration=CalibrationCard(temperature),
        bands=msgspec.structs.replace(
            bands_card(bands), photographs_strong=STRONG_SHARE, photographs_some=SOME_SHARE, ai_few=FEW_SHARE
        ),
        sources=(SourceCard("Camera or scan", ai=False), SourceCard("AI generator (unnamed)", ai=True)),
        range=RangeCard(reason=_REASON, shorter_side_min=SHORTEST, flat_share_max=FLAT_SHARE_MAX),
        golden=(),
        golden_tolerance=_TOLERANCE,
        counts=tuple(CountsCard(span["low"], span["high"], span["photographs"], span["ai"]) for span in counted),
        counts_test=COUNTS_TEST,
        limits=_LIMITS,
    )
    return with_golden(card, model)
