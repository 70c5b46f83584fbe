"""Crops made here, and the files they come in; the tests need no data set."""

from __future__ import annotations

import csv
import io
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

from models.training.data import Pixels
from models.training.ordinary.crops import TABLE, Crops
from models.training.ordinary.views import SIDE


def crop(seed: int, *, ai: bool, side: int = SIDE) -> Pixels:
    """A noisy slope for a photograph, a fine grid on it for an AI picture."""
    rng = np.random.default_rng(seed)
    slope = np.linspace(0, 120, side)[None, :, None] + rng.uniform(0, 90, 3)
    pixels = np.repeat(slope, side, axis=0) + rng.normal(0, 4, (side, side, 3))
    if ai:
        pixels[::2, ::2] += 40
    return np.clip(pixels, 0, 255).astype(np.uint8)


def crops(count: int = 40, sources: int = 10) -> Crops:
    """A set, half of it AI; sources and folds go round, and two crops make a picture."""
    number = np.arange(count)
    ai = (number // 2 % 2).astype(np.uint8)
    source = np.array([f"{'maker' if made else 'camera'}/{n // 4 % sources}" for n, made in enumerate(ai)])
    return Crops(
        np.stack([crop(n, ai=bool(made)) for n, made in enumerate(ai)]),
        ai,
        number // 4 % sources % 5,
        source,
        np.where(ai == 1, np.char.add("maker-", (number // 4 % 3).astype(str)), "real-camera"),
        np.where(number % 2, "resized", "native"),
        np.char.add("p", (number // 2).astype(str)),
    )


def rows(count: int = 8) -> list[dict[str, str]]:
    """Lines of the table, in parts 1 and 2, the last of a dropped source."""
    made = [
        {
            "path": f"field-train/{'ai' if n % 2 else 'real'}/{n:04x}-{'native' if n % 4 < 2 else 'resized'}.jpg",
            "part": str(1 + n % 2),
            "label": "ai" if n % 2 else "real",
            "generator": "maker" if n % 2 else "real-phone",
            "view": "native" if n % 4 < 2 else "resized",
            "fold": str(n % 5),
            "source": f"somebody/{n % 3}@{n:010x}",
        }
        for n in range(count)
    ]
    made[-1]["source"] = "openandiii-prog/spot-the-ai@0123456789"
    return made


def write(folder: Path, lines: list[dict[str, str]], *, side: int = SIDE) -> None:
    """The table and the tars that it tells of."""
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    for part in sorted({line["part"] for line in lines}):
        with tarfile.open(folder / f"field-train-{part}.tar", "w") as archive:
            # Not in the table's order: the table alone says what is what.
            for line in reversed([line for line in lines if line["part"] == part]):
                content = io.BytesIO()
                number = int(Path(line["path"]).stem.partition("-")[0], 16)
                flat = np.full((side, side, 3), 20 * number, np.uint8)
                Image.fromarray(flat).save(content, "JPEG", quality=90)
                member = tarfile.TarInfo(line["path"])
                member.size = content.tell()
                content.seek(0)
                archive.addfile(member, content)
