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
from models.training.network import Network

INPUT = "pixels"
OUTPUT = "logit"
OPSET = 17
TOLERANCE = 1e-3  # logits; a tenth of this would still be 10 times what fp32 sums in another order differ by
_MAX_BYTES = 2_000_000


def export(network: Network, path: Path) -> float:
    """Write `network` to `path` (opset 17, dynamic batch, batch-norm folded) and check it.

    Returns:
        The largest difference between torch's and onnxruntime's logits on random inputs.

    Raises:
        RuntimeError: they differ by more than `TOLERANCE`, or the file is larger than 2 MB.
    """
    network = network.to("cpu").eval()
    example = torch.zeros(2, 3, SIZE, SIZE)
    with warnings.catch_warnings():
        # torch calls this exporter legacy since 2.9; the new one needs another package and gives the same graph.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (example,),
            str(path),
            input_names=[INPUT],
            output_names=[OUTPUT],
            opset_version=OPSET,
            dynamic_axes={INPUT: {0: "pictures"}, OUTPUT: {0: "pictures"}},
            dynamo=False,
        )
    onnx.checker.check_model(str(path), full_check=True)
    difference = _difference(network, path)
    if difference > TOLERANCE:
        raise RuntimeError(f"onnxruntime differs from torch by {difference:.2g} in the logit")
    if path.stat().st_size > _MAX_BYTES:
        raise RuntimeError(f"{path.name} has {path.stat().st_size} bytes, more than {_MAX_BYTES}")
    return difference


def onnx_logits(path: Path, inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Run the file on normalised (N, 3, 32, 32) float32 inputs; returns (N,) logits."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.asarray(session.run([OUTPUT], {INPUT: inputs})[0], np.float32)


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


def _difference(network: Network, path: Path) -> float:
    inputs = np.random.default_rng(0).normal(size=(64, 3, SIZE, SIZE)).astype(np.float32)
    with torch.no_grad():
        expected = network(torch.from_numpy(inputs)).numpy()
    return float(np.abs(onnx_logits(path, inputs) - expected).max())


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
