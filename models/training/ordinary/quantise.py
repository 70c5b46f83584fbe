"""A network's convolutions in 8 bits (Jacob et al. 2018, arXiv 1712.05877): half the time, a quarter of the size.

All between the pixels and the last layer is whole numbers, and the pixels are taken as they are. So the same
pixels give the same logit, alone or in company, and with an input that is off in its seventh digit. With float
layers before the first rounding, such a difference, as processors have, moved single logits by up to 0.1. Only one
kind of processor was at hand to try.

Processors without 8-bit dot products (VNNI) add two products of neighbours in 16 bits, which may overflow.
onnxruntime's answer, 7 bits for all weights (``reduce_range``), cost 0.5 points of AUROC; here a channel's weights
get as many steps as its largest pair of neighbours allows.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from models.training.data import Pixels
from models.training.export import INPUT, Single, export, onnx_outputs
from models.training.metrics import Floats
from models.training.ordinary.network import Ordinary
from models.training.ordinary.views import FILE_MEAN, FILE_STD, SIDE

_MOST_FLOAT_BYTES = 15_000_000
_AT_ONCE = 4
_KINDS = ["Conv", "Add", "Clip"]
_PAIR = 127  # most that two neighbouring weights come to together before rounding: 255 * 128 is under 2^15
_MAP = "/Conv"  # the exporter's name of the layer of the map, whose mean is the logit; in float


def inputs(crops: Pixels) -> Single:
    """(N, S, S, 3) uint8 RGB as the file's input, (N, 3, S, S)."""
    scaled = (crops.astype(np.float32) - np.float32(255 * FILE_MEAN)) / np.float32(255 * FILE_STD)
    return np.ascontiguousarray(scaled.transpose(0, 3, 1, 2))


def taking_plain_pixels(network: Ordinary) -> Ordinary:
    """A copy whose input is normalised with `FILE_MEAN` and `FILE_STD`, alike for all colours.

    The stem takes over the difference: it gives the same but for the last row and column, where what is padded is
    a little redder or bluer than before.
    """
    network = copy.deepcopy(network)
    stem = next(layer for layer in network.stem if isinstance(layer, nn.Conv2d))
    normal = next(layer for layer in network.stem if isinstance(layer, nn.BatchNorm2d))
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (network.mean, network.std))
    with torch.no_grad():
        normal.running_mean -= (stem.weight * ((FILE_MEAN - mean) / std)).sum((1, 2, 3))
        stem.weight *= FILE_STD / std
    network.mean, network.std = (FILE_MEAN,) * 3, (FILE_STD,) * 3
    return network


def export_in_8_bits(network: Ordinary, path: Path, crops: Pixels) -> float:
    """Write the network and its map; the inputs are those of `inputs`.

    Args:
        network: The trained network.
        path: File to write.
        crops: (N, 192, 192, 3) uint8 RGB, training crops that the ranges of the activations are taken from, and
            what the rounding moves their logits by on average, which the last layer then takes off.

    Returns:
        The largest difference between torch's logits and those of the file before it was rounded.

    Raises:
        ValueError: the crops have another shape, or there are none.
        RuntimeError: torch and onnxruntime differ, see `models.training.export.export`.
    """
    if not len(crops) or crops.shape[1:] != (SIDE, SIDE, 3):
        raise ValueError(f"expected crops of {SIDE}x{SIDE}x3, got {crops.shape}")
    with tempfile.TemporaryDirectory() as folder:
        exact, folded = Path(folder) / "float.onnx", Path(folder) / "folded.onnx"
        difference = export(taking_plain_pixels(network), exact, side=SIDE, most_bytes=_MOST_FLOAT_BYTES)
        # Folds batch-norm and padding into the convolutions, or each would be rounded by itself.
        quant_pre_process(str(exact), str(folded), skip_symbolic_shape=True)
        quantize_static(
            folded,
            path,
            _Batches(crops),
            op_types_to_quantize=_KINDS,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[_MAP],
            extra_options={"TensorQuantOverrides": _input_step() | _steps(onnx.load(str(folded)))},
        )
        _shift(path, float((file_logits(exact, crops) - file_logits(path, crops)).mean()))
    onnx.checker.check_model(str(path), full_check=True)
    return difference


def file_logits(path: Path, crops: Pixels) -> Floats:
    """Logits (N,) that the file gives (N, 192, 192, 3) uint8 RGB crops as they are stored."""
    return np.concatenate([onnx_outputs(path, batch)[0] for batch in _batches(crops, 64)]).astype(np.float64)


class _Batches(CalibrationDataReader):  # type: ignore[misc, unused-ignore]  # Any where onnxruntime has no stubs
    """Crops as the file's inputs, a few at a time."""

    def __init__(self, crops: Pixels) -> None:
        self._left = _batches(crops, _AT_ONCE)

    def get_next(self) -> dict[str, Single] | None:
        """The next batch, None after the last."""
        batch = next(self._left, None)
        return None if batch is None else {INPUT: batch}


def _input_step() -> dict[str, list[dict[str, Any]]]:
    """One level a step, whatever the crops' darkest and brightest pixels are."""
    black, white = (float(inputs(np.full((1, 1, 1, 3), level, np.uint8)).flat[0]) for level in (0, 255))
    step = np.array((white - black) / 255, np.float32)
    return {INPUT: [{"scale": step, "zero_point": np.array(round(255 * FILE_MEAN), np.uint8)}]}


def _steps(model: onnx.ModelProto) -> dict[str, list[dict[str, Any]]]:
    """The step of every channel's weights, for onnxruntime, by the name of the weights."""
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    dense = [
        node for node in model.graph.node if node.op_type == "Conv" and node.name != _MAP and not _by_channel(node)
    ]
    weights = {node.input[1]: numpy_helper.to_array(stored[node.input[1]]) for node in dense}
    return {
        name: [
            {"axis": 0, "scale": np.array(step, np.float32), "zero_point": np.array(0, np.int8)}
            for step in largest_pairs(values) / _PAIR
        ]
        for name, values in weights.items()
    }


def _by_channel(node: onnx.NodeProto) -> bool:
    """Whether it is a depthwise convolution, whose products onnxruntime adds in 32 bits (its ``qdwconv``)."""
    return any(attribute.name == "group" and attribute.i > 1 for attribute in node.attribute)


def largest_pairs(weights: Single) -> Floats:
    """Largest sum of the sizes of two weights side by side, for each of (channels, inputs, H, W) channels.

    Weights lie input by input, or pixel by pixel of the kernel: both ways count.
    """
    sizes = np.abs(weights.astype(np.float64))
    layouts = [layout.reshape(len(sizes), -1) for layout in (sizes, sizes.transpose(0, 2, 3, 1))]
    pairs = np.max([(layout[:, 1:] + layout[:, :-1]).max(axis=1) for layout in layouts], axis=0)
    return np.asarray(np.maximum(pairs, np.finfo(np.float32).tiny), np.float64)


def _batches(crops: Pixels, size: int) -> Iterator[Single]:
    return (inputs(crops[at : at + size]) for at in range(0, len(crops), size))


def _shift(path: Path, by: float) -> None:
    """Add `by` to the last layer's bias, which the logit's and the map's layers share.

    Raises:
        RuntimeError: they don't.
    """
    model = onnx.load(str(path))
    (layer,) = (node for node in model.graph.node if node.name == _MAP)
    if not any(layer.input[2] in node.input for node in model.graph.node if node.name != _MAP):
        raise RuntimeError("the logit and the map have biases of their own")
    (bias,) = (tensor for tensor in model.graph.initializer if tensor.name == layer.input[2])
    bias.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(bias) + np.float32(by), bias.name))
    onnx.save(model, str(path))
