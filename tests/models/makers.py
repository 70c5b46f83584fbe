"""Tiny labelled pictures made here; the tests need no data set."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

from models.training.data import KINDS, Pictures, Pixels


def picture(seed: int, *, ai: bool) -> Pixels:
    """A 32×32 picture: a smooth slope for a photograph, a fine grid on it for an AI picture."""
    rng = np.random.default_rng(seed)
    slope = np.linspace(0, 100, 32)[None, :, None] + rng.uniform(0, 100, 3)
    pixels = np.repeat(slope, 32, axis=0) + rng.normal(0, 4, (32, 32, 3))
    if ai:
        pixels[::2, ::2] += 40
    return np.clip(pixels, 0, 255).astype(np.uint8)


def pictures(count: int = 80, copies: int = 0) -> Pictures:
    """A set, half of it AI, whose last `copies` are byte copies of the first AI pictures."""
    ai = np.arange(count) % 2 == 1
    pixels = np.stack([picture(n, ai=bool(ai[n])) for n in range(count)])
    kind = (np.arange(count) // 2 % len(KINDS)).astype(np.uint8)
    group = np.arange(count)
    for n in range(copies):
        source = 2 * n + 1
        target = count - 1 - 2 * n
        pixels[target], group[target] = pixels[source], source
    return Pictures(pixels, ai.astype(np.uint8), kind, group.astype(np.int64))


def jpeg_bytes(pixels: Pixels) -> bytes:
    """The pixels as JPEG q75, CIFAKE's own."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=75)
    return stream.getvalue()


def archive(path: Path, names: list[str]) -> Path:
    """A tar.xz of tiny pictures under CIFAKE's names."""
    with tarfile.open(path, "w:xz") as tar:
        for seed, name in enumerate(names):
            content = jpeg_bytes(picture(seed, ai="FAKE" in name))
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


NAMES = [
    f"train/{side}/{number:04d}{suffix}.jpg"
    for side in ("REAL", "FAKE")
    for number in range(3)
    for suffix in ("", " (2)", " (10)")
]
"""18 names: both sides, three kinds."""
