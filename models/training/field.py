"""Measure a model on ordinary pictures at natural size, as found and after one common JPEG re-encoding.

The CIFAKE model does not belong there, and the program gives no words for such pictures; these figures are the
reason, and the model card and the program's help show them.
"""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from models.training.figures import THRESHOLD, figures
from models.training.metrics import Floats, auroc, wilson
from models.training.scoring import Scorer

_FEWEST = 15  # a generator with fewer pictures gets no AUROC of its own
_SHARED_QUALITY = 80


@dataclass(frozen=True)
class FieldPicture:
    """One labelled file; `origin` is its source of photographs or its generator."""

    content: bytes
    ai: bool
    origin: str


def field_pictures(archive: Path) -> Iterator[FieldPicture]:
    """Read ``X.tar``; ``X.csv`` beside it has the columns path, label (real or ai) and generator.

    Raises:
        ValueError: the CSV names what is no file in the archive.
    """
    with archive.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with tarfile.open(archive) as tar:
        for row in rows:
            stored = tar.extractfile(row["path"])
            if stored is None:
                raise ValueError(f"{row['path']} is not a file")
            yield FieldPicture(stored.read(), row["label"] == "ai", row["generator"])


def as_found(content: bytes) -> bytes:
    """The file as it is."""
    return content


def shared(content: bytes) -> bytes:
    """The picture saved once as JPEG of quality 80, 4:2:0, upright and without metadata, as sites do."""
    stream = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.save(stream, "JPEG", quality=_SHARED_QUALITY, subsampling=2)
    return stream.getvalue()


def measure_field(card: Path, archive: Path) -> dict[str, Any]:
    """Figures on `archive` as found, with those after sharing under ``shared``; see `measure`."""
    pictures = list(field_pictures(archive))
    with Scorer(card) as scorer:
        result = measure(pictures, scorer, as_found)
        result["shared"] = measure(pictures, scorer, shared)
    return {"pictures": archive.stem, **result}


def measure(pictures: list[FieldPicture], scorer: Scorer, treat: Callable[[bytes], bytes]) -> dict[str, Any]:
    """Score the treated pictures.

    Returns:
        ``all``: figures of the whole; ``origins``: for each source and generator its ``name``, ``ai``, number
        ``n``, share ``called_ai`` with its 95 % interval ``low``-``high``, and for generators with enough pictures
        ``auroc`` against all photographs.
    """
    p = np.array([scorer.score(treat(picture.content)).p for picture in pictures])
    ai = np.array([picture.ai for picture in pictures])
    origin = np.array([picture.origin for picture in pictures])
    names = sorted({(picture.ai, picture.origin) for picture in pictures})
    return {
        "all": figures(p, ai),
        "origins": [_origin(name, p[(origin == name) & (ai == made)], made, p[~ai]) for made, name in names],
    }


def _origin(name: str, p: Floats, ai: bool, photographs: Floats) -> dict[str, Any]:  # noqa: FBT001  # the truth
    called = int((p >= THRESHOLD).sum())
    low, high = wilson(called, len(p))
    area = None
    if ai and len(p) >= _FEWEST:
        truth = np.arange(len(photographs) + len(p)) >= len(photographs)
        area = round(auroc(np.concatenate([photographs, p]), truth), 3)
    return {
        "name": name,
        "ai": ai,
        "n": len(p),
        "called_ai": round(called / len(p), 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "auroc": area,
    }
