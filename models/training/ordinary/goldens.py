"""Whole pictures made by arithmetic, and what the shipped detector says of them: a test asks every computer again.

Unlike the card's golden scores, which are of single views, these go through decoder, views and detector.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.detectors.golden import golden_pixels
from models.training.data import Pixels
from models.training.scoring import Scorer

_SIZES = ((640, 480), (300, 420), (1500, 1100))


def golden_pictures() -> dict[str, bytes]:
    """Files by their names: shapes with grain of three strengths, in three sizes, as PNG and as JPEG."""
    pictures = {}
    for number, (width, height) in enumerate(_SIZES):
        image = Image.fromarray(_grained(width, height, grain=2 + 4 * number))
        for kind in ("PNG", "JPEG"):
            stream = io.BytesIO()
            image.save(stream, kind)  # JPEG of Pillow's own quality, 75
            pictures[f"{width}x{height} {kind}"] = stream.getvalue()
    return pictures


def _grained(width: int, height: int, *, grain: int) -> Pixels:
    """A disc before a sky with noise of `grain` percent, (height, width, 3): whole numbers alone."""
    disc, noise = (
        np.frombuffer(golden_pixels(name, width, height), np.uint8).reshape(height, width, 3).astype(np.int64)
        for name in ("disc", "noise")
    )
    return (((100 - grain) * disc + grain * noise) // 100).astype(np.uint8)


def scores(card: Path) -> dict[str, float]:
    """The calibrated P(AI) of each picture through the program."""
    with Scorer(card) as scorer:
        return {name: round(scorer.score(content).p, 6) for name, content in golden_pictures().items()}


def write_goldens(card: Path, path: Path) -> None:
    """Write the scores of the file beside `card` for the tests."""
    path.write_text(json.dumps(scores(card), indent=1) + "\n", encoding="utf-8")
