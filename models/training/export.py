"""Write the trained network as one ONNX file and prove that onnxruntime agrees with torch.

    python -m models.training.export --run RUN --onnx models/cifake.onnx

Writes the model alone; `models.training.publish` does this and all that follows.
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch

from models.training.data import SIZE
from models.training.network import Mapped, Network, Staged

INPUT = "pixels"
OUTPUT = "logit"
MAP = "map"
OPSET = 17
TOLERANCE = 1e-3  # logits; a tenth of this would still be 10 times what fp32 sums in another order differ by
_MAX_BYTES = 2_000_000

Single = npt.NDArray[np.float32]


def export(network: Staged, path: Path, *, side: int = SIZE, most_bytes: int = _MAX_BYTES) -> float:
    """Write `network` and its map to `path` (opset 17, dynamic batch, batch-norm folded) and check it.

    Args:
        network: The trained network.
        path: File to write.
        side: Pixels a side of its pictures.
        most_bytes: Size that the file may have.

    Returns:
        The largest difference on random inputs between torch's and onnxruntime's logits, and between these and the
        mean of their map.

    Raises:
        RuntimeError: they differ by more than `TOLERANCE`, or the file is larger than `most_bytes`.
    """
    mapped = Mapped(network.to("cpu")).eval()
    example = torch.zeros(2, 3, side, side)
    with warnings.catch_warnings():
        # torch calls this exporter legacy since 2.9; the new one needs another package and gives the same graph.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            mapped,
            (example,),
            str(path),
            input_names=[INPUT],
            output_names=[OUTPUT, MAP],
            opset_version=OPSET,
            dynamic_axes={name: {0: "pictures"} for name in (INPUT, OUTPUT, MAP)},
            dynamo=False,
        )
    onnx.checker.check_model(str(path), full_check=True)
    difference = _difference(mapped, path, side)
    if difference > TOLERANCE:
        raise RuntimeError(f"onnxruntime differs from torch by {difference:.2g} in the logit")
    if path.stat().st_size > most_bytes:
        raise RuntimeError(f"{path.name} has {path.stat().st_size} bytes, more than {most_bytes}")
    return difference


def onnx_outputs(path: Path, inputs: npt.NDArray[np.float32]) -> tuple[Single, Single]:
    """Run the file on normalised (N, 3, S, S) float32 inputs; returns (N,) logits and (N, rows, columns) maps."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    logits, maps = session.run([OUTPUT, MAP], {INPUT: inputs})
    return np.asarray(logits, np.float32), np.asarray(maps, np.float32)


def load_network(run: Path) -> tuple[Network, float]:
    """Load ``run/network.pt``; returns the network and the seconds its training took."""
    content = torch.load(run / "network.pt", map_location="cpu", weights_only=True)
    network = Network()
    network.load_state_dict(content["network"])
    return network, float(content["seconds"])


def run_settings(run: Path) -> dict[str, Any]:
    """The settings that ``run/checkpoint.pt`` was trained with (`train.Settings`)."""
    content = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    return dict(content["settings"])


def _difference(mapped: Mapped, path: Path, side: int) -> float:
    inputs = np.random.default_rng(0).normal(size=(64 * SIZE // side, 3, side, side)).astype(np.float32)
    with torch.no_grad():
        expected = mapped(torch.from_numpy(inputs))[0].numpy()
    logits, maps = onnx_outputs(path, inputs)
    return float(max(np.abs(logits - expected).max(), np.abs(maps.mean((1, 2)) - logits).max()))


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="run folder with network.pt")
    parser.add_argument("--onnx", type=Path, required=True, help="file to write")
    given = parser.parse_args()
    difference = export(load_network(given.run)[0], given.onnx)
    print(f"{given.onnx.name}: {given.onnx.stat().st_size} bytes, torch - onnxruntime {difference:.1e}")


if __name__ == "__main__":
    main()
