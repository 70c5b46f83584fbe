import numpy as np
import pytest

from desktop_app.core.picture import Raster
from desktop_app.detectors.card import InputCard, ViewCard
from desktop_app.detectors.golden import GOLDEN_PATTERNS, golden_pixels
from desktop_app.detectors.tensor import to_tensor

VIEW = ViewCard(crop="whole", width=2, height=1, resize="bilinear")


def card(layout: str) -> InputCard:
    return InputCard(
        name="x",
        layout=layout,  # type: ignore[arg-type]  # both literals are tried
        scale=255.0,
        mean=(0.5, 0.0, 1.0),
        std=(0.5, 1.0, 2.0),
        views=(VIEW,),
    )


def test_pixels_are_scaled_shifted_and_stretched_by_channel() -> None:
    tensor = to_tensor([Raster(2, 1, bytes([255, 0, 255, 0, 255, 0]))], card("NCHW"))
    assert tensor.dtype == np.float32
    assert tensor.tolist() == [[[[1.0, -1.0]], [[0.0, 1.0]], [[0.0, -0.5]]]]


def test_channels_can_come_last() -> None:
    tensor = to_tensor([Raster(2, 1, bytes(6))] * 3, card("NHWC"))
    assert tensor.shape == (3, 1, 2, 3)


def test_golden_patterns_never_change() -> None:
    import hashlib

    digest = hashlib.sha256(b"".join(golden_pixels(name, 32, 32) for name in GOLDEN_PATTERNS)).hexdigest()
    assert digest == "ccece7c964d9afba361e634dc16965efcc4192bb5ed88eed60b793bc33a538e5"


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (2048, 16)])
@pytest.mark.parametrize("pattern", GOLDEN_PATTERNS)
def test_golden_patterns_come_in_every_size(pattern: str, size: tuple[int, int]) -> None:
    assert len(golden_pixels(pattern, *size)) == 3 * size[0] * size[1]
