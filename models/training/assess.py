"""The torch network on undamaged pictures: watching a run, and the last touch to its batch-norm statistics."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from models.training.data import Indices, Pictures, Pixels
from models.training.metrics import Floats, accuracy, auroc
from models.training.network import Staged


def logits(network: Staged, pixels: Pixels, batch_size: int = 256) -> Floats:
    """Logits of (N, S, S, 3) uint8 pictures, shape (N,), by the torch network in evaluation mode."""
    device = next(network.parameters()).device
    network.eval()
    with torch.no_grad():
        parts = [
            network(network.inputs(torch.from_numpy(pixels[at : at + batch_size]).to(device))).cpu().numpy()
            for at in range(0, len(pixels), batch_size)
        ]
    return np.concatenate(parts).astype(np.float64)


def refresh_batch_norm(network: Staged, pixels: Pixels, batch_size: int = 256) -> None:
    """Recompute the batch-norm statistics over clean pictures, (N, S, S, 3) uint8.

    Training's running averages are those of damaged, shifted pictures and of moving weights.
    """
    layers = [layer for layer in network.modules() if isinstance(layer, nn.BatchNorm2d)]
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.reset_running_stats()
        layer.momentum = None  # a plain average
    network.train()
    device = next(network.parameters()).device
    with torch.no_grad():
        for at in range(0, len(pixels) - batch_size + 1, batch_size):
            network(network.inputs(torch.from_numpy(pixels[at : at + batch_size]).to(device)))
    for layer, momentum in zip(layers, momenta, strict=True):
        layer.momentum = momentum


def report(network: Staged, pictures: Pictures, chosen: Indices, **labels: object) -> dict[str, object]:
    """Accuracy (at 0.5) and AUROC over the pictures `chosen`."""
    scores = logits(network, pictures.pixels[chosen])
    ai = pictures.ai[chosen].astype(bool)
    return {**labels, "accuracy": accuracy(scores > 0, ai), "auroc": auroc(scores, ai), "pictures": len(ai)}
