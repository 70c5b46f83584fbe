"""What the runs of the folds say of what they have not seen, computed as the file that ships computes: in 8 bits.

Each run is exported and quantised as the shipped one is, on crops that it was trained on, and scores the crops
that it was not: what is fitted to these logits fits the shipped file.
"""

from __future__ import annotations

from pathlib import Path

from models.training.data import Indices
from models.training.ordinary.crops import Crops, against_photographs, split
from models.training.ordinary.export import export_small
from models.training.ordinary.folds import LeftOut
from models.training.ordinary.quantise import file_logits
from models.training.ordinary.runs import left_out, parts


def judge(run: Path, crops: Crops, out: Path) -> Path:
    """Write ``OUT/left_out.npz`` and, where a family of generators was left out, ``OUT/generator.npz``.

    What is there and newer than the run's weights stays: empty the folder when files are made in another way.

    Returns:
        `out`.

    Raises:
        ValueError: the run has seen every fold.
    """
    fold, generator = left_out(parts(run))
    if fold is None:
        raise ValueError(f"{run} has left out no fold")
    if _newer(out / "left_out.npz", run / "network.pt"):
        return out
    out.mkdir(parents=True, exist_ok=True)
    (out / "generator.npz").unlink(missing_ok=True)
    training, validation = split(crops, fold, generator)
    model = out / "field.onnx"
    export_small(run, model, crops, training)
    if generator:
        _score(model, crops, against_photographs(crops, fold, generator)).save(out / "generator.npz")
    _score(model, crops, validation).save(out / "left_out.npz")
    return out


def _newer(file: Path, than: Path) -> bool:
    return file.exists() and file.stat().st_mtime >= than.stat().st_mtime


def _score(model: Path, crops: Crops, chosen: Indices) -> LeftOut:
    return LeftOut.of(crops, chosen, file_logits(model, crops.pixels[chosen]))
