"""CIFAKE's training pictures as one array, and the split that keeps copies of a picture together.

CIFAKE (Bird & Lotfi, arXiv 2303.14126): 50,000 CIFAR-10 photographs and 50,000 Stable Diffusion 1.4 pictures,
32x32 JPEG q75 4:2:0. Facts that shape this file: 920 FAKE files are byte copies of another FAKE file, and the
suffix of a name is the kind of thing (none: airplane, "(2)" automobile ... "(10)" truck). Names are used for the
kind alone, never as an input: REAL names are zero-padded and FAKE names are not, so a name gives the answer away.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt
from PIL import Image

SIZE = 32
KINDS = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
TRAIN_ARCHIVES = ("cifake-train-real.tar.xz", "cifake-train-fake.tar.xz")

_SUFFIX = re.compile(r" \((\d+)\)$")

Pixels = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Entry:
    """One file of an archive: its bytes and what its name says."""

    name: str
    data: bytes
    ai: bool
    kind: int  # index into KINDS


@dataclass(frozen=True)
class Pictures:
    """A set of decoded pictures.

    Attributes:
        pixels: (N, 32, 32, 3) uint8, RGB, 0-255.
        ai: (N,) uint8, 1 for AI-generated.
        kind: (N,) uint8, index into `KINDS`.
        group: (N,) int64; files with the same bytes share a number.
    """

    pixels: Pixels
    ai: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    group: Indices

    def part(self, chosen: Indices) -> Pictures:
        """The pictures at the indices `chosen`."""
        return Pictures(self.pixels[chosen], self.ai[chosen], self.kind[chosen], self.group[chosen])


def parse_name(name: str) -> tuple[bool, int]:
    """Read (is AI, kind) from a CIFAKE path such as ``train/FAKE/1000 (10).jpg``.

    Raises:
        ValueError: the folder is neither REAL nor FAKE, or the suffix is not 2-10.
    """
    path = PurePosixPath(name)
    folder = path.parent.name
    if folder not in {"REAL", "FAKE"}:
        raise ValueError(f"{name}: the folder must be REAL or FAKE")
    found = _SUFFIX.search(path.stem)
    kind = int(found.group(1)) - 1 if found else 0
    if not 0 <= kind < len(KINDS):
        raise ValueError(f"{name}: unknown kind")
    return folder == "FAKE", kind


def read_archive(path: Path) -> Iterator[Entry]:
    """Yield the files of a tar (compressed or not) in the archive's order."""
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield Entry(member.name, stream.read(), *parse_name(member.name))


def decode(data: bytes) -> Pixels:
    """Decode one file to (32, 32, 3) uint8 RGB.

    Raises:
        ValueError: the picture is not 32x32.
    """
    with Image.open(io.BytesIO(data)) as image:
        if image.size != (SIZE, SIZE):
            raise ValueError(f"expected {SIZE}x{SIZE}, got {image.size}")
        return np.asarray(image.convert("RGB"))


def digest(data: bytes) -> bytes:
    """SHA-256 of a file: what "byte copy" means everywhere in this package."""
    return hashlib.sha256(data).digest()


def pictures_from(entries: Iterator[Entry]) -> Pictures:
    """Decode entries into one set, grouping byte copies."""
    pixels: list[Pixels] = []
    ai: list[bool] = []
    kind: list[int] = []
    group: list[int] = []
    seen: dict[bytes, int] = {}
    for entry in entries:
        pixels.append(decode(entry.data))
        ai.append(entry.ai)
        kind.append(entry.kind)
        group.append(seen.setdefault(digest(entry.data), len(seen)))
    return Pictures(np.stack(pixels), np.array(ai, np.uint8), np.array(kind, np.uint8), np.array(group, np.int64))


def load_training(data: Path, run: Path) -> Pictures:
    """Load the 100,000 training pictures, decoding them once into ``run/train.npz``."""
    cache = run / "train.npz"
    if not cache.exists():
        made = pictures_from(entry for name in TRAIN_ARCHIVES for entry in read_archive(data / name))
        partial = cache.with_suffix(".tmp.npz")
        np.savez(partial, pixels=made.pixels, ai=made.ai, kind=made.kind, group=made.group)
        partial.replace(cache)
    with np.load(cache) as stored:
        return Pictures(stored["pixels"], stored["ai"], stored["kind"], stored["group"])


def split(pictures: Pictures, share: float = 0.1, seed: int = 0) -> tuple[Indices, Indices]:
    """Split into (training, validation) indices, stratified by class and kind.

    Whole groups of byte copies move together, so no validation file has a copy in training. A group counts in
    the stratum of its first file.

    Args:
        pictures: The set to split.
        share: Part of each stratum's groups that goes to validation, 0-1.
        seed: Same seed, same split.
    """
    _, first, group = np.unique(pictures.group, return_index=True, return_inverse=True)
    stratum = pictures.ai[first].astype(np.int64) * len(KINDS) + pictures.kind[first]
    rng = np.random.default_rng(seed)
    held_out = np.zeros(len(first), bool)
    for value in np.unique(stratum):
        members = rng.permutation(np.flatnonzero(stratum == value))
        held_out[members[: round(share * len(members))]] = True
    in_validation = held_out[group]
    return np.flatnonzero(~in_validation), np.flatnonzero(in_validation)
