"""ONNX files made by hand, honest and hostile, so that no test needs the heavy ``onnx`` package.

Field numbers are those of onnx.proto3 (IR version 8).
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

_VARINT, _BYTES, _FLOAT32 = 0, 2, 5
_IR_VERSION, _OPSET = 8, 17


class Type(IntEnum):
    """Element types of tensors."""

    FLOAT = 1
    UINT8 = 2
    INT64 = 7
    STRING = 8
    BOOL = 9
    FLOAT16 = 10
    DOUBLE = 11


def number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def data(field: int, value: bytes | str) -> bytes:
    value = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    value &= 2**64 - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def attribute(name: str, value: object) -> bytes:
    """An attribute of a node: int, float, ints, or a pair of "tensor" or "graph" and its bytes."""
    if isinstance(value, int):
        body = number(3, value) + number(20, 2)
    elif isinstance(value, float):
        body = _varint(2 << 3 | _FLOAT32) + struct.pack("<f", value) + number(20, 1)
    elif isinstance(value, tuple):
        kind, content = value
        body = data({"tensor": 5, "graph": 6}[kind], content) + number(20, {"tensor": 4, "graph": 5}[kind])
    elif isinstance(value, list):
        body = b"".join(number(8, entry) for entry in value) + number(20, 7)
    else:
        raise TypeError(value)
    return data(1, name) + body


def node(
    kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **attributes: object
) -> bytes:
    return (
        b"".join(data(1, name) for name in inputs)
        + b"".join(data(2, name) for name in outputs)
        + data(4, kind)
        + b"".join(data(5, attribute(name, value)) for name, value in attributes.items())
        + (data(7, domain) if domain else b"")
    )


def value(name: str, kind: Type, shape: Sequence[int | str] | None) -> bytes:
    """An input or output; a word in the shape stands for any number, no shape for any shape."""
    tensor = number(1, kind)
    if shape is not None:
        sides = (number(1, side) if isinstance(side, int) else data(2, side) for side in shape)
        tensor += data(2, b"".join(data(1, side) for side in sides))
    return data(1, name) + data(2, data(1, tensor))


def tensor(name: str, kind: Type, shape: Sequence[int], raw: bytes) -> bytes:
    return b"".join(number(1, side) for side in shape) + number(2, kind) + data(8, name) + data(9, raw)


def int64(name: str, *numbers: int, scalar: bool = False) -> bytes:
    return tensor(name, Type.INT64, [] if scalar else [len(numbers)], struct.pack(f"<{len(numbers)}q", *numbers))


def floats(name: str, shape: Sequence[int], *numbers: float) -> bytes:
    return tensor(name, Type.FLOAT, shape, struct.pack(f"<{len(numbers)}f", *numbers))


def external(name: str, shape: Sequence[int], location: str) -> bytes:
    """A tensor whose numbers lie in another file."""
    entry = data(1, "location") + data(2, location)
    dims = b"".join(number(1, side) for side in shape)
    return dims + number(2, Type.FLOAT) + data(8, name) + data(13, entry) + number(14, 1)


def graph(
    nodes: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes], constants: Sequence[bytes] = ()
) -> bytes:
    return (
        b"".join(data(1, entry) for entry in nodes)
        + data(2, "g")
        + b"".join(data(5, entry) for entry in constants)
        + b"".join(data(11, entry) for entry in inputs)
        + b"".join(data(12, entry) for entry in outputs)
    )


def model(content: bytes, *domains: str) -> bytes:
    opsets = [number(2, _OPSET), *(data(1, domain) + number(2, 1) for domain in domains)]
    return number(1, _IR_VERSION) + data(7, content) + b"".join(data(8, opset) for opset in opsets)


# ---------------------------------------------------------------- whole models


def of_means(
    *nodes: bytes,
    constants: Sequence[bytes] = (),
    kind: Type = Type.FLOAT,
    shape: Sequence[int | str] = ("n", 3, "h", "w"),
    outputs: Sequence[str] = ("y",),
    domains: Sequence[str] = (),
) -> bytes:
    """A model whose nodes start from ``means``, (n, 3) float: each view's mean colour; input ``x``."""
    axes = [2, 3] if shape[1] == 3 else [1, 2]
    first = [
        node("Cast", ["x"], ["xf"], to=int(Type.FLOAT)),
        node("ReduceMean", ["xf"], ["means"], axes=axes, keepdims=0),
    ]
    given = [value(name, Type.FLOAT, None) for name in outputs]
    return model(graph([*first, *nodes], [value("x", kind, shape)], given, constants), *domains)


def red_logit(**options: Any) -> bytes:
    """A model that answers with the mean of red."""
    return of_means(node("Slice", ["means", "from", "to", "axis"], ["y"]),
                    constants=[int64("from", 0), int64("to", 1), int64("axis", 1)], **options)  # fmt: skip


def endless() -> bytes:
    """A model that never answers."""
    body = graph(
        [node("Identity", ["go"], ["go_on"]), node("Mul", ["a", "one"], ["b"])],
        [value("i", Type.INT64, []), value("go", Type.BOOL, []), value("a", Type.FLOAT, None)],
        [value("go_on", Type.BOOL, []), value("b", Type.FLOAT, None)],
        [floats("one", [1], 1.0)],
    )
    yes = tensor("yes", Type.BOOL, [], b"\x01")
    return of_means(node("Loop", ["", "yes", "means"], ["y"], body=("graph", body)), constants=[yes])


def card_for(content: bytes, **fields: Any) -> dict[str, Any]:
    """The card of a model of this bytes, 8 × 8 views with pixels as they are, as JSON."""
    view = {"crop": "whole", "width": 8, "height": 8, "resize": "bilinear"}
    card: dict[str, Any] = {
        "format": 1,
        "name": "own",
        "title": "Own model",
        "version": "1",
        "model": "own.onnx",
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": "MIT",
        "input": {"name": "x", "layout": "NCHW", "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1], "views": [view]},
        "output": {"name": "y", "kind": "logit"},
        "calibration": {},
        "bands": {"few": 0.1, "some": 0.6, "strong": 0.9},
        "sources": [{"name": "Camera", "ai": False}, {"name": "Machine", "ai": True}],
        "range": {"shorter_side_min": 1, "reason": "Nothing is known about it."},
        "golden": [],
    }
    return card | fields


def put(folder: Path, content: bytes, stem: str = "own", **fields: Any) -> Path:
    """Write a model and its card into ``folder``, files of one stem; returns the card's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.onnx").write_bytes(content)
    path = folder / f"{stem}.json"
    path.write_text(json.dumps(card_for(content, **({"name": stem, "model": f"{stem}.onnx"} | fields))))
    return path
