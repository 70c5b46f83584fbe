"""The training crops of ordinary pictures as one array, which sources count how much, and the split by source.

``field-train.csv`` lists 192x192 crops, JPEG q90 4:2:0, with label, generator, view, fold and source; the tars
beside it are random thirds, usable alone. The file format is no hint: what was lossless passed a random JPEG in
7 of 10 cases, and all of it was stored as the same JPEG. Sources leak (one camera, one gallery), so validation is
by whole folds of sources, never at random.
"""

from __future__ import annotations

import csv
import io
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from models.training.data import Indices, Pixels
from models.training.metrics import Flags, Floats
from models.training.ordinary.views import SIDE

TABLE = "field-train.csv"
FOLDS = 5

DROPPED = {
    "openandiii-prog/spot-the-ai": "edits of photographs under the label AI",
    "titu1994/Neural-Style-Transfer": "posters and digital art of unknown making under the label photograph",
}
"""Sources, and single pictures by their names, that are neither trained nor validated on, and why."""

Names = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Crops:
    """Labelled crops.

    Attributes:
        pixels: (N, 192, 192, 3) uint8 RGB, mapped from disk.
        ai: (N,) uint8, 1 for AI-generated.
        fold: (N,) int64, 0-4; a source is in one fold.
        source: (N,) the repository it came from, ``owner/name``.
        generator: (N,) what made it; for photographs the kind of camera or collection, ``real-…``.
        view: (N,) ``native`` or ``resized``.
        picture: (N,) crops of one picture share it.
    """

    pixels: Pixels
    ai: npt.NDArray[np.uint8]
    fold: Indices
    source: Names
    generator: Names
    view: Names
    picture: Names


def load_crops(data: Path, cache: Path) -> Crops:
    """Load the crops of all parts that are in `data`, decoding them once into `cache`.

    Raises:
        FileNotFoundError: no part is there.
        ValueError: a crop has another size.
    """
    parts = sorted(data.glob("field-train-*.tar"))
    if not parts:
        raise FileNotFoundError(f"no field-train-*.tar in {data}")
    numbers = [part.stem.rpartition("-")[2] for part in parts]
    with (data / TABLE).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["part"] in numbers]
    path = cache / f"crops-{''.join(numbers)}.npy"
    if not path.exists():
        _decode(parts, {row["path"]: place for place, row in enumerate(rows)}, path)
    return Crops(
        np.load(path, mmap_mode="r"),
        np.array([row["label"] == "ai" for row in rows], np.uint8),
        np.array([int(row["fold"]) for row in rows], np.int64),
        np.array([row["source"].partition("@")[0] for row in rows]),
        np.array([row["generator"] for row in rows]),
        np.array([row["view"] for row in rows]),
        np.array([Path(row["path"]).stem.rpartition("-")[0] for row in rows]),
    )


def _decode(parts: list[Path], places: dict[str, int], path: Path) -> None:
    partial = path.with_suffix(".tmp")
    shape = (len(places), SIDE, SIDE, 3)
    pixels = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=shape)
    for part in parts:
        with tarfile.open(part) as archive:
            for member in archive:
                stream = archive.extractfile(member)
                if stream is not None and member.name in places:
                    pixels[places[member.name]] = _pixels(member.name, stream.read())
    pixels.flush()
    partial.replace(path)


def _pixels(name: str, content: bytes) -> Pixels:
    with Image.open(io.BytesIO(content)) as image:
        if image.size != (SIDE, SIDE):
            raise ValueError(f"{name}: expected {SIDE}x{SIDE}, got {image.size}")
        return np.asarray(image.convert("RGB"))


def kept(crops: Crops) -> Flags:
    """Which crops are neither of a dropped source nor of a dropped picture, (N,)."""
    return ~(np.isin(crops.source, list(DROPPED)) | np.isin(crops.picture, list(DROPPED)))


def split(crops: Crops, fold: int | None = None, generator: str = "") -> tuple[Indices, Indices]:
    """Split into (training, validation) indices.

    Args:
        crops: The set to split; what was dropped is in neither part.
        fold: Left out of training as a whole, and validated on; None trains on all, and validation is empty.
        generator: Left out of training, too, with all whose names begin so (``gemini-`` is a family).

    Raises:
        ValueError: a generator without a fold (there would be no unseen photographs), or one that has no crops.
    """
    usable = kept(crops)
    if fold is None:
        if generator:
            raise ValueError("a generator can only be left out together with a fold")
        return np.flatnonzero(usable), np.flatnonzero(np.zeros(len(usable), bool))
    left_out = crops.fold == fold
    unseen = left_out | _made_by(crops, generator)
    return np.flatnonzero(usable & ~unseen), np.flatnonzero(usable & left_out)


def against_photographs(crops: Crops, fold: int, generator: str) -> Indices:
    """What `split` left out that tells how an unknown generator fares, (N,) indices.

    The generator's crops of every fold, and the photographs of `fold`: a run has seen none of either.

    Raises:
        ValueError: the generator has no crops.
    """
    photographs = (crops.fold == fold) & (crops.ai == 0)
    return np.flatnonzero(kept(crops) & (photographs | _made_by(crops, generator)))


def _made_by(crops: Crops, generator: str) -> Flags:
    if not generator:
        return np.zeros(len(crops.ai), bool)
    chosen = np.char.startswith(crops.generator, generator)
    if not chosen.any():
        raise ValueError(f"no crops of {generator}")
    return np.asarray(chosen)


def source_weights(source: Names, power: float) -> Floats:
    """Weight of each of (N,) crops, their sum 1: each counts (crops of its source)^-power.

    0 lets crops count alike, 1 lets sources count alike; half-way, a source of 100 counts ten times one of 1.
    """
    _, place, count = np.unique(source, return_inverse=True, return_counts=True)
    weights = count[place].astype(np.float64) ** -power
    return np.asarray(weights / weights.sum(), np.float64)


class Sampler:
    """Draws batches with replacement: half photographs, half AI, sources weighted."""

    def __init__(self, crops: Crops, training: Indices, power: float) -> None:
        ai = crops.ai[training] == 1
        self._sides = [training[~ai], training[ai]]
        self._weights = [source_weights(crops.source[side], power) for side in self._sides]

    def draw(self, count: int, rng: np.random.Generator) -> Indices:
        """Indices of `count` crops, photographs first."""
        counts = (count - count // 2, count // 2)
        drawn = [
            rng.choice(side, number, p=weights)
            for side, weights, number in zip(self._sides, self._weights, counts, strict=True)
        ]
        return np.concatenate(drawn)
