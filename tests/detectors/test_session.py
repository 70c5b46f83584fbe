"""Models of every kind, asked directly: what they can't do is said in words."""

import math
from typing import Any

import msgspec
import numpy as np
import pytest

from desktop_app.core.errors import InferenceError, ModelBrokenError
from desktop_app.core.picture import Raster
from desktop_app.detectors.card import ModelCard
from desktop_app.detectors.session import Session
from tests.support import onnx_files as onnx
from tests.support.onnx_files import Type

RASTER = Raster(8, 8, bytes([200, 100, 50]) * 64)
OTHER = Raster(8, 8, bytes([40, 100, 50]) * 64)


def session(content: bytes, **fields: Any) -> Session:
    return Session(content, msgspec.convert(onnx.card_for(content, **fields), ModelCard))


def nan_model() -> bytes:
    return onnx.of_means(onnx.node("Sqrt", ["minus"], ["root"]), onnx.node("Mul", ["means", "root"], ["y"]),
                         constants=[onnx.floats("minus", [1], -1.0)])  # fmt: skip


def boastful() -> bytes:
    """Says that its weights are a tebibyte, and brings none."""
    return onnx.of_means(
        onnx.node("Add", ["means", "w"], ["y"]), constants=[onnx.tensor("w", Type.FLOAT, [2**20, 2**18], b"")]
    )


def nested(levels: int) -> bytes:
    """A graph in a node of a graph in a node, and so on."""
    inner = onnx.graph([], [], [])
    for _ in range(levels):
        inner = onnx.graph([onnx.node("If", ["c"], ["y"], then_branch=("graph", inner))], [], [])
    return onnx.model(inner)


@pytest.mark.parametrize(
    "content",
    [b"", b"this is no onnx file", onnx.red_logit()[:-40], b"\xff" * 1000, boastful(), nested(200)],
    ids=["empty", "text", "cut off", "noise", "boastful", "nested"],
)
def test_what_is_no_model_is_not_loaded(content: bytes) -> None:
    with pytest.raises(ModelBrokenError, match=r"can't be loaded: .*\w\.$") as caught:
        session(content)
    assert "ONNXRuntimeError" not in caught.value.message


def test_a_model_that_needs_somebody_s_own_code_is_not_loaded() -> None:
    with pytest.raises(ModelBrokenError, match="can't be loaded"):
        session(onnx.of_means(onnx.node("Steal", ["means"], ["y"], "com.example"), domains=["com.example"]))


@pytest.mark.parametrize("location", ["../../../../../../etc/passwd", "/etc/passwd"])
def test_a_model_whose_weights_lie_elsewhere_is_not_loaded(location: str) -> None:
    content = onnx.of_means(
        onnx.node("Add", ["means", "w"], ["y"]), constants=[onnx.external("w", [1, 3], location)]
    )
    with pytest.raises(ModelBrokenError, match="can't be loaded"):
        session(content)


@pytest.mark.parametrize(
    "fields",
    [
        {"output": {"name": "verdict", "kind": "logit"}},
        {"output": {"name": "y", "kind": "logit", "map": "heat"}},
        {"output": {"name": "x", "kind": "logit"}},
    ],
)
def test_names_that_the_model_does_not_have_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ModelBrokenError, match="not those that its card names"):
        session(onnx.red_logit(), **fields)


def test_a_model_with_a_second_input_is_refused() -> None:
    inputs = [onnx.value(name, Type.FLOAT, ["n", 3, 8, 8]) for name in ("x", "also")]
    content = onnx.model(
        onnx.graph([onnx.node("Add", ["x", "also"], ["y"])], inputs, [onnx.value("y", Type.FLOAT, None)])
    )
    with pytest.raises(ModelBrokenError, match="not those that its card names"):
        session(content)


@pytest.mark.parametrize("shape", [("n", 3, 32, 32), ("n", 3, 1, 8, 8), (4, 3, 8, 8), ("n", 8, 8, 3)])
def test_another_size_or_layout_than_the_card_s_is_refused(shape: tuple[int | str, ...]) -> None:
    with pytest.raises(ModelBrokenError, match="another size or layout"):
        session(onnx.red_logit(shape=shape))


def test_a_kind_of_numbers_that_pictures_are_not_is_refused() -> None:
    with pytest.raises(ModelBrokenError, match="which Telltale can't give"):
        session(onnx.red_logit(kind=Type.INT64))


def test_whole_numbers_need_pixels_as_they_are() -> None:
    scaled = onnx.card_for(b"")["input"] | {"scale": 255.0}
    with pytest.raises(ModelBrokenError, match="whole numbers"):
        session(onnx.red_logit(kind=Type.UINT8), input=scaled)


def test_a_model_that_gives_no_numbers_fails_on_the_picture() -> None:
    with pytest.raises(InferenceError, match="not a number"):
        session(nan_model(), output={"name": "y", "kind": "logit", "index": 0}).answers([RASTER])


def test_a_model_that_gives_another_number_of_numbers_fails_on_the_picture() -> None:
    with pytest.raises(InferenceError, match="another number of answers"):
        session(onnx.of_means(onnx.node("Identity", ["means"], ["y"]))).answers([RASTER])


def test_a_model_that_fails_inside_fails_in_words() -> None:
    content = onnx.of_means(onnx.node("Reshape", ["means", "seven"], ["y"]), constants=[onnx.int64("seven", 7)])
    with pytest.raises(InferenceError, match="failed on this picture"):
        session(content).answers([RASTER])


@pytest.mark.parametrize("kind", [Type.FLOAT, Type.DOUBLE, Type.FLOAT16, Type.UINT8])
def test_every_usual_kind_of_numbers_is_given(kind: Type) -> None:
    assert session(onnx.red_logit(kind=kind)).logits([RASTER]) == [200]


@pytest.mark.parametrize("batch", ["n", 1])
def test_several_views_are_asked_together_or_one_by_one(batch: int | str) -> None:
    asked = session(onnx.red_logit(shape=(batch, 3, 8, 8)))
    assert asked.logits([RASTER, OTHER]) == [200, 40]


def test_channels_can_come_last() -> None:
    last = onnx.card_for(b"")["input"] | {"layout": "NHWC"}
    assert session(onnx.red_logit(shape=("n", 8, 8, 3)), input=last).logits([RASTER]) == [200]


def test_a_map_comes_with_the_logit() -> None:
    content = onnx.of_means(
        onnx.node("ReduceMean", ["xf"], ["heat"], axes=[1], keepdims=0),
        onnx.node("ReduceMean", ["heat"], ["y"], axes=[1, 2], keepdims=0),
        outputs=["y", "heat"],
    )
    (answer,) = session(content, output={"name": "y", "kind": "logit", "map": "heat"}).answers([RASTER])
    assert np.shape(answer.rows) == (8, 8)
    assert math.isclose(float(np.mean(answer.rows)), answer.logit, rel_tol=1e-5)
