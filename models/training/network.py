"""The network: a small residual net that keeps full resolution through its first stage.

CIFAKE's evidence is in the top half of the spectrum, so an early down-sampling stem costs 2-2.5 points of
accuracy; three stages 32-64-128 with one residual squeeze-excite block each, global average pooling and one
linear layer are 0.49 M parameters and 67 M multiply-adds. No dropout: on this set it under-fits.
"""

from __future__ import annotations

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
        nn.init.zeros_(self.second[1].weight)  # type: ignore[arg-type, unused-ignore]

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, H, W) in and out."""
        return torch.relu(x + self.gate(self.second(torch.relu(self.first(x)))))


class Network(nn.Module):  # type: ignore[misc, unused-ignore]  # Any where torch is not installed
    """(N, 3, 32, 32) normalised float32 RGB to (N,) logits; positive means AI-generated."""

    def __init__(self, widths: tuple[int, ...] = _WIDTHS) -> None:
        super().__init__()
        self.stem = nn.Sequential(_conv(3, widths[0]), nn.ReLU())
        layers: list[nn.Module] = [Block(widths[0])]
        for previous, width in pairwise(widths):
            layers += [_conv(previous, width, stride=2), nn.ReLU(), Block(width)]
        self.stages = nn.Sequential(*layers)
        self.head = nn.Linear(widths[-1], 1)

    def after_stem(self, x: Tensor) -> Tensor:
        """(N, widths[0], 32, 32) features of the stem to (N,) logits."""
        logits: Tensor = self.head(self.stages(x).mean((2, 3)))
        return logits.squeeze(1)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return the logits, shape (N,)."""
        return self.after_stem(self.stem(pixels))


def mixed_forward(network: Network, pixels: Tensor) -> Tensor:
    """As `network(pixels)`, with bfloat16 after the stem: twice as fast where the processor has AVX512-BF16.

    The stem stays in float32: a normalised pixel rounded to bfloat16 would lose its last bit, where part of the
    evidence is. Without AVX512-BF16 (or a GPU) bfloat16 is several times slower than float32: leave it off there.
    """
    first = network.stem(pixels)
    with torch.autocast(pixels.device.type, dtype=torch.bfloat16):
        return network.after_stem(first).float()


def normalise(pixels: Tensor) -> Tensor:
    """(N, 32, 32, 3) uint8 RGB to the network's (N, 3, 32, 32) float32 input, channels last in memory."""
    mean = torch.tensor(MEAN, device=pixels.device) * SCALE
    std = torch.tensor(STD, device=pixels.device) * SCALE
    return ((pixels.float() - mean) / std).permute(0, 3, 1, 2)
