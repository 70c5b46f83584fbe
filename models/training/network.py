"""The network: a small residual net that keeps full resolution through its first stage.

CIFAKE's evidence is in the top half of the spectrum, so an early down-sampling stem costs 2-2.5 points of
accuracy; three stages 32-64-128 with one residual squeeze-excite block each, global average pooling and one
linear layer are 0.49 M parameters and 67 M multiply-adds. No dropout: on this set it under-fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

# Normalisation of the input, in units of pixel / 255: CIFAKE's training mean and spread, rounded.
MEAN = (0.47, 0.46, 0.42)
STD = (0.24, 0.24, 0.26)
SCALE = 255.0

_WIDTHS = (32, 64, 128)


def _conv(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs))


class SqueezeExcite(nn.Module):  # type: ignore[misc, unused-ignore]  # Any where torch is not installed
    """Scales each channel by a number in 0-1 computed from all channels' means."""

    def __init__(self, width: int, reduction: int = 8) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(width, width // reduction, 1)
        self.excite = nn.Conv2d(width // reduction, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, H, W) in and out."""
        mean = x.mean((2, 3), keepdim=True)
        return x * torch.sigmoid(self.excite(torch.relu(self.squeeze(mean))))


class Block(nn.Module):  # type: ignore[misc, unused-ignore]  # Any where torch is not installed
    """Two 3x3 convolutions with a residual path and squeeze-excite."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _conv(width, width)
        self.second = _conv(width, width)
        self.gate = SqueezeExcite(width)
        # The block starts as the identity: steadier early training at a high rate.
        nn.init.zeros_(self.second[1].weight)  # type: ignore[arg-type, unused-ignore]  # torch lacks the type

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, H, W) in and out."""
        return torch.relu(x + self.gate(self.second(torch.relu(self.first(x)))))


class Staged(nn.Module):  # type: ignore[misc, unused-ignore]  # Any where torch is not installed
    """A stem, stages, the mean over their last map, one linear layer: normalised (N, 3, S, S) to (N,) logits.

    Attributes:
        mean, std: Normalisation of the input, in units of pixel / 255, by channel.
    """

    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    stem: nn.Sequential
    stages: nn.Sequential
    head: nn.Linear

    def inputs(self, pixels: Tensor) -> Tensor:
        """(N, S, S, 3) uint8 RGB to what the network takes."""
        return normalise(pixels, self.mean, self.std)

    def after_stem(self, x: Tensor) -> Tensor:
        """(N, channels, rows, columns) features of the stem to (N,) logits."""
        logits: Tensor = self.head(self.stages(x).mean((2, 3)))
        return logits.squeeze(1)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return the logits, shape (N,)."""
        return self.after_stem(self.stem(pixels))


class Network(Staged):
    """(N, 3, 32, 32) normalised float32 RGB to (N,) logits; positive means AI-generated."""

    mean, std = MEAN, STD

    def __init__(self, widths: tuple[int, ...] = _WIDTHS) -> None:
        super().__init__()
        self.stem = nn.Sequential(_conv(3, widths[0]), nn.ReLU())
        layers: list[nn.Module] = [Block(widths[0])]
        for previous, width in pairwise(widths):
            layers += [_conv(previous, width, stride=2), nn.ReLU(), Block(width)]
        self.stages = nn.Sequential(*layers)
        self.head = nn.Linear(widths[-1], 1)


class Mapped(nn.Module):  # type: ignore[misc, unused-ignore]  # Any where torch is not installed
    """The network with a second output: the class-activation map (Zhou et al. 2016), (N, rows, columns) logits.

    Pooling and the linear layer change places, which is exact: the mean over the map is the logit.
    """

    def __init__(self, network: Staged) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits, (N,), and their map, (N, rows, columns)."""
        features = self.network.stages(self.network.stem(pixels))
        head = self.network.head
        heat = nn.functional.conv2d(features, head.weight[:, :, None, None], head.bias).squeeze(1)
        logits: Tensor = head(features.mean((2, 3))).squeeze(1)
        return logits, heat


def mixed_forward(network: Staged, pixels: Tensor) -> Tensor:
    """As `network(pixels)`, with bfloat16 after the stem: twice as fast where the processor has AVX512-BF16.

    The stem stays in float32: a normalised pixel rounded to bfloat16 would lose its last bit, where part of the
    evidence is. Without AVX512-BF16 (or a GPU) bfloat16 is several times slower than float32: leave it off there.
    """
    first = network.stem(pixels)
    with torch.autocast(pixels.device.type, dtype=torch.bfloat16):
        return network.after_stem(first).float()


def normalise(pixels: Tensor, mean: Sequence[float] = MEAN, std: Sequence[float] = STD) -> Tensor:
    """(N, S, S, 3) uint8 RGB to a network's (N, 3, S, S) float32 input, channels last in memory."""
    middle = torch.tensor(mean, device=pixels.device) * SCALE
    spread = torch.tensor(std, device=pixels.device) * SCALE
    return ((pixels.float() - middle) / spread).permute(0, 3, 1, 2)
