"""The part of a training run that does not care what is learnt: the optimiser, one step, the way to the end."""

from __future__ import annotations

import ctypes
import logging
import sys
import time
from collections.abc import Callable
from typing import Protocol

import torch
from torch import nn

from models.training.checkpoint import State
from models.training.data import Pixels
from models.training.metrics import Floats
from models.training.network import mixed_forward

logger = logging.getLogger("models.training")


_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # glibc's names of them, from malloc.h


def keep_freed_memory() -> bool:
    """Tell glibc to keep what is freed instead of giving it back; return whether there was a glibc to tell.

    The maps of a step on large pictures come and go by the 100 MB; giving them back and clearing them anew took a
    third of a step (measured: 21 crops of 160 pixels a second before, 33 after, on one core).
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_MMAP_MAX, 0)) and bool(mallopt(_TRIM_THRESHOLD, -1))


class Run(Protocol):
    """Training that goes on step by step.

    Attributes:
        state: Where it is.
        total: Steps of the whole run.
        steps_per_epoch: Steps between two looks at it.
    """

    state: State
    total: int
    steps_per_epoch: int

    @property
    def batch(self) -> int:
        """Pictures a step."""

    def step(self) -> float:
        """Take one step and return its loss."""


def make_optimiser(network: nn.Module, rate: float, decay: float) -> torch.optim.AdamW:
    """AdamW with decay on matrices and kernels only (biases and batch-norm scales are left free)."""
    heavy = [p for p in network.parameters() if p.ndim > 1]
    light = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": heavy, "weight_decay": decay}, {"params": light, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate)


def take_step(state: State, pixels: Pixels, targets: Floats, *, rate: float, bf16: bool) -> float:
    """Learn from one batch at this rate and return its loss.

    Args:
        state: What learns; its step is counted.
        pixels: (N, S, S, 3) uint8 RGB.
        targets: (N,), 1 for AI-generated, 0 for not, between them where labels are smoothed.
        rate: Learning rate.
        bf16: See `mixed_forward`.
    """
    network = state.network
    device = next(network.parameters()).device
    inputs = network.inputs(torch.from_numpy(pixels).to(device))
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    network.train()
    state.optimiser.zero_grad(set_to_none=True)
    outputs = mixed_forward(network, inputs) if bf16 else network(inputs)
    wanted = torch.from_numpy(targets).to(device).float()
    loss: torch.Tensor = nn.functional.binary_cross_entropy_with_logits(outputs, wanted)
    loss.backward()  # type: ignore[no-untyped-call, unused-ignore]  # torch lacks the type
    state.optimiser.step()
    state.step += 1
    return float(loss.item())


def run(
    trainer: Run,
    *,
    save: Callable[[], None],
    on_epoch: Callable[[int], None],
    every: float = 180.0,
    told_every: int = 200,
) -> None:
    """Train to the end, calling `save` every `every` seconds and `on_epoch` after each pass.

    A line is logged every `told_every` steps.
    """
    state = trainer.state
    begun = state.step
    start = saved = mark = time.monotonic()
    while state.step < trainer.total:
        loss = trainer.step()
        now = time.monotonic()
        state.seconds += now - mark
        mark = now
        if state.step % told_every == 0:
            speed = (state.step - begun) * trainer.batch / (now - start)
            logger.info("step %d/%d loss %.4f, %.0f pictures/s", state.step, trainer.total, loss, speed)
        if now - saved > every:
            save()
            saved = now
        if state.step % trainer.steps_per_epoch == 0:
            save()
            on_epoch(state.step // trainer.steps_per_epoch)
            mark = time.monotonic()
