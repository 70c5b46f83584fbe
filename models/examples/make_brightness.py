"""Makes the demonstration model beside it: ``python -m models.examples.make_brightness`` (needs the package onnx).

It shows another input and another output than the bundled model's: 64×64 pixels, channels last, three classes by
softmax. It knows nothing about pictures: it calls bright ones AI, and dark ones photographs.
"""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from desktop_app.detectors.golden import GOLDEN_PATTERNS, golden_pixels

HERE = Path(__file__).parent
NAME = "brightness"
SIDE = 64
IR_VERSION, OPSET = 8, 17  # old enough for every onnxruntime that Telltale runs with

# Scores of the classes for a mean brightness b, -1 to 1: gain * b + bias.
GAIN = (-4.0, 2.0, 6.0)
BIAS = (1.0, 1.0, -1.0)
CLASSES = ("Dark picture", "Bright picture", "Very bright picture")

REASON = "This is a demonstration: it looks at the brightness alone and knows nothing about origins."


def brightness_model() -> onnx.ModelProto:
    """The network: mean over the picture, one linear layer, softmax."""
    nodes = [
        helper.make_node("ReduceMean", ["pixels"], ["brightness"], axes=[1, 2, 3], keepdims=0),
        helper.make_node("Unsqueeze", ["brightness", "last"], ["column"]),
        helper.make_node("Gemm", ["column", "gain", "bias"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["classes"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        NAME,
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["views", SIDE, SIDE, 3])],
        [helper.make_tensor_value_info("classes", TensorProto.FLOAT, ["views", len(CLASSES)])],
        [
            numpy_helper.from_array(np.array([1], np.int64), "last"),
            numpy_helper.from_array(np.array([GAIN], np.float32), "gain"),
            numpy_helper.from_array(np.array(BIAS, np.float32), "bias"),
        ],
    )
    model = helper.make_model(graph, ir_version=IR_VERSION, opset_imports=[helper.make_opsetid("", OPSET)])
    onnx.checker.check_model(model, full_check=True)
    return model


def expected_logit(mean_pixel: float) -> float:
    """The log odds of AI (the two bright classes) for a mean pixel value of 0 to 255."""
    brightness = (mean_pixel / 255 - 0.5) / 0.5
    dark, *bright = (math.exp(gain * brightness + bias) for gain, bias in zip(GAIN, BIAS, strict=True))
    return math.log(sum(bright) / dark)


def brightness_card(model: bytes, golden: dict[str, float]) -> dict[str, Any]:
    """The card as JSON; ``golden`` are the logits of the patterns."""
    return {
        "format": 1,
        "name": NAME,
        "title": "Demonstration: brightness",
        "version": "1.0.0",
        "model": f"{NAME}.onnx",
        "sha256": hashlib.sha256(model).hexdigest(),
        "licence": "MIT",
        "input": {
            "name": "pixels",
            "layout": "NHWC",
            "scale": 255.0,
            "mean": [0.5, 0.5, 0.5],
            "std": [0.5, 0.5, 0.5],
            "views": [{"crop": "whole", "width": SIDE, "height": SIDE, "resize": "bilinear"}],
        },
        "output": {"name": "classes", "kind": "softmax"},
        "calibration": {"temperature": 1.0},
        "bands": {"few": 0.1, "some": 0.6, "strong": 0.9},
        "sources": [{"name": name, "ai": number > 0, "index": number} for number, name in enumerate(CLASSES)],
        "range": {"shorter_side_min": SIDE, "shorter_side_max": SIDE, "reason": REASON},
        "golden": [{"pattern": pattern, "logit": logit} for pattern, logit in golden.items()],
    }


def main() -> None:
    """Write the model and its card."""
    model = brightness_model().SerializeToString()
    golden = {}
    for pattern in GOLDEN_PATTERNS:
        pixels = golden_pixels(pattern, SIDE, SIDE)
        golden[pattern] = round(expected_logit(sum(pixels) / len(pixels)), 6)
    (HERE / f"{NAME}.onnx").write_bytes(model)
    card = json.dumps(brightness_card(model, golden), indent=2, ensure_ascii=False)
    (HERE / f"{NAME}.json").write_text(f"{card}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
