"""Crops made here, and the files they come in; the tests need no data set."""

from __future__ import annotations

import csv
import io
import tarfile
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from desktop_app.core.picture import Raster
from desktop_app.detectors.session import Session
from desktop_app.imaging.views import all_views
from models.training.calibrate import Bands
from models.training.data import Pixels
from models.training.ordinary.card import FIELD_VIEWS, SHORTEST, field_card
from models.training.ordinary.crops import TABLE, Crops
from models.training.ordinary.views import SIDE
from models.training.reliability import spans
from tests.support import onnx_files
from tests.support.pictures import encode


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


def field_archive(folder: Path, pictures: dict[str, tuple[int, int, str]]) -> Path:
    """``field.tar`` of plain pictures and its table.

    Args:
        folder: to write to.
        pictures: by name the level of grey, the side in pixels, and the origin, ``real-…`` for photographs.
    """
    with tarfile.open(folder / "field.tar", "w") as tar:
        for name, (level, side, _) in pictures.items():
            content = encode(Image.new("RGB", (side, side), (level,) * 3))
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    lines = [
        f"{name},{'real' if origin.startswith('real-') else 'ai'},{origin}"
        for name, (_, _, origin) in pictures.items()
    ]
    (folder / "field.csv").write_text("\n".join(["path,label,generator", *lines]) + "\n", encoding="utf-8")
    return folder / "field.tar"


FIELD = {
    "dark": (60, 400, "real-camera"),
    "grey": (125, 320, "real-camera"),
    "white": (240, 320, "maker"),
    "light": (150, 320, "gpt-4o-image"),
    "preview": (220, 256, "maker"),
}
"""Pictures for a detector that calls bright ones AI, one of them out of its range."""


def bright_card(folder: Path) -> Path:
    """The card of a detector that calls bright pictures AI, with the field detector's views and range."""
    views = msgspec.to_builtins(FIELD_VIEWS)
    given = {"name": "x", "layout": "NCHW", "scale": 30, "mean": [4.25] * 3, "std": [1] * 3, "views": views}
    bounds = {"shorter_side_min": SHORTEST, "reason": "It was tested on larger ones."}
    return onnx_files.put(folder, onnx_files.red_logit(), "bright", input=given, range=bounds)


def bright_network() -> bytes:
    """An ONNX file with the field detector's input and outputs: bright pictures are AI, the map says where."""
    nodes = [
        onnx_files.node("AveragePool", ["pixels"], ["pooled"], kernel_shape=[32, 32], strides=[32, 32]),
        onnx_files.node("ReduceMean", ["pooled"], ["map"], axes=[1], keepdims=0),
        onnx_files.node("ReduceMean", ["map"], ["logit"], axes=[1, 2], keepdims=0),
    ]
    outputs = [onnx_files.value(name, onnx_files.Type.FLOAT, None) for name in ("logit", "map")]
    given = [onnx_files.value("pixels", onnx_files.Type.FLOAT, ("n", 3, SIDE, SIDE))]
    return onnx_files.model(onnx_files.graph(nodes, given, outputs))


def view_pixels(image: Image.Image) -> Pixels:
    """The field detector's views of a picture, (6, 192, 192, 3)."""
    rasters = all_views(image, [view.rule() for view in FIELD_VIEWS], image.size)
    return np.stack([np.frombuffer(view.pixels, np.uint8).reshape(SIDE, SIDE, 3) for view in rasters])


def program_logits(model: Path, pixels: Pixels) -> list[float]:
    """What the program's session says of views, (N, 192, 192, 3), with the card that the file gets."""
    card = field_card(model, 1.0, Bands(few=0.1, some=0.6, strong=0.9), spans(np.zeros(1), np.zeros(1, bool)))
    return Session(model.read_bytes(), card).logits([Raster(SIDE, SIDE, view.tobytes()) for view in pixels])
