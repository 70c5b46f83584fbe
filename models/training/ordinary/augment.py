"""What happens to a training crop before the network sees it; both classes alike, so that none of it is a hint.

Everything here is what harmless handling does to a picture: it is shrunk or enlarged, sharpened, denoised, given
another tone, made grey, put on a page or into a collage, and saved again off the old JPEG grid. Phones' night mode
and portrait retouching are the smoothing, photo programs the sharpening, messengers the shrinking and saving.
Measured: 2.0 ms for a crop of 160 pixels, a twentieth of a step on the same core.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from models.training.augment import KERNELS, blur, jpeg, noise, to_grey
from models.training.data import Indices, Pixels

# Parts of the crops that are treated so.
_FLIPPED, _RESAMPLED, _REGROWN, _TONED, _GREY = 0.5, 0.35, 0.1, 0.3, 0.07
_EDITED, _EDITED_TWICE = 0.45, 0.12
_SAVED, _AS_WEBP = 0.65, 0.1
_BARRED, _JOINED, _TILED = 0.05, 0.04, 0.06
_SUBSAMPLED = 0.8  # part of the JPEGs that are 4:2:0, the others 4:4:4
_KERNELS = KERNELS[1:]  # without nearest, which nobody's program uses for photographs


def window(crop: Pixels, side: int, rng: np.random.Generator) -> Pixels:
    """Cut a random `side` x `side` window from a (S, S, 3) crop; one in three is shrunk or enlarged to that.

    A window of 0.6 `side` to the whole crop is resized with a random kernel, so a crop of 192 for a side of 160
    is shrunk to 0.83 at most and enlarged to 1.67.
    """
    whole = crop.shape[0]
    taken = int(rng.integers(round(0.6 * side), whole + 1)) if rng.random() < _RESAMPLED else side
    top, left = rng.integers(0, whole - taken + 1, size=2)
    part = crop[top : top + taken, left : left + taken]
    return part if taken == side else _resized(part, side, rng)


def regrow(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Shrink (S, S, 3) to 0.5-0.95 and enlarge again, each with a random kernel."""
    side = pixels.shape[0]
    return _resized(_resized(pixels, round(side * rng.uniform(0.5, 0.95)), rng), side, rng)


def sharpen(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Unsharp mask: radius 0.5-2.5 pixels, 40-200 %, threshold 0-3."""
    mask = ImageFilter.UnsharpMask(rng.uniform(0.5, 2.5), int(rng.integers(40, 201)), int(rng.integers(0, 4)))
    return np.asarray(Image.fromarray(pixels).filter(mask))


def smooth(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Denoise as programs do: a median of 3x3, a slight Gaussian, or a blur that spares edges, in equal parts."""
    kind = int(rng.integers(3))
    if kind == 0:
        return np.asarray(Image.fromarray(pixels).filter(ImageFilter.MedianFilter(3)))
    if kind == 1:
        return blur(pixels, float(rng.uniform(0.3, 1.0)))
    return spare_edges(pixels, sigma=float(rng.uniform(1.0, 3.0)), step=float(rng.uniform(6, 25)))


def spare_edges(pixels: Pixels, *, sigma: float, step: float) -> Pixels:
    """Blur by `sigma` pixels where that changes a value by much less than `step` (of 255), and not where by more.

    A quick relative of the bilateral filter; retouched skin looks like this.
    """
    clear = pixels.astype(np.float32)
    change = blur(pixels, sigma) - clear
    softened = clear + change * np.exp(-np.square(change / np.float32(step)))
    return np.asarray(np.clip(np.rint(softened), 0, 255), np.uint8)


def tone(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Gamma 0.6-1.6, contrast 0.8-1.25 about the middle, and a slight cast by channel."""
    level = np.linspace(0, 1, 256) ** np.exp(rng.uniform(np.log(0.6), np.log(1.6)))
    curve = 0.5 + (level - 0.5) * rng.uniform(0.8, 1.25)
    curves = np.outer(rng.uniform(0.95, 1.05, 3), curve)
    table = np.clip(np.rint(255 * curves), 0, 255).astype(np.uint8)
    return np.stack([table[band][pixels[..., band]] for band in range(3)], axis=-1)


def bar(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Cover a fifth to four fifths of (S, S, 3) from one side with one colour, as a letterbox or a page does."""
    covered = pixels.copy()
    edge = int(pixels.shape[0] * rng.uniform(0.2, 0.8))
    colour = rng.choice([0, 255, int(rng.integers(256))])
    turned = np.rot90(covered, int(rng.integers(4)))  # a view: what is written there is written in `covered`
    turned[:edge] = colour
    return covered


def join(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Bring opposite edges of (S, S, 3) together somewhere inside: the seam of a collage."""
    return np.roll(pixels, int(rng.integers(16, pixels.shape[0] - 15)), axis=int(rng.integers(2)))


def tile(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Shrink (S, S, 3) to 0.4-0.8 and lay it side by side both ways, from anywhere: a collage of small ones."""
    side = pixels.shape[0]
    part = _resized(pixels, round(side * rng.uniform(0.4, 0.8)), rng)
    shift = tuple(rng.integers(0, part.shape[0], size=2).tolist())
    return np.tile(np.roll(part, shift, axis=(0, 1)), (3, 3, 1))[:side, :side]


def save(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Save and read again: JPEG q40-95, one in ten as WebP q50-95. The window's corner is a new grid."""
    if rng.random() < _AS_WEBP:
        stream = io.BytesIO()
        Image.fromarray(pixels).save(stream, "WEBP", quality=int(rng.integers(50, 96)), method=0)
        with Image.open(stream) as image:
            return np.asarray(image.convert("RGB"))
    return jpeg(pixels, int(rng.integers(40, 96)), 2 if rng.random() < _SUBSAMPLED else 0)


def edit(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """One of sharpening, smoothing and slight noise (sigma 1-6), in equal parts."""
    kind = int(rng.integers(3))
    if kind == 0:
        return sharpen(pixels, rng)
    if kind == 1:
        return smooth(pixels, rng)
    return noise(pixels, float(rng.uniform(1, 6)), rng)


_HANDLED: tuple[tuple[float, Callable[[Pixels, np.random.Generator], Pixels]], ...] = (
    (_REGROWN, regrow),
    (_EDITED, edit),
    (_EDITED_TWICE, edit),
    (_TONED, tone),
    (_GREY, lambda pixels, _: to_grey(pixels)),
    (_BARRED, bar),
    (_JOINED, join),
    (_TILED, tile),
    (_SAVED, save),
)
"""What is done in this order, and to which part of the crops."""


def augment(crop: Pixels, side: int, rng: np.random.Generator) -> Pixels:
    """One (S, S, 3) crop to a (side, side, 3) input, handled at random; everything random comes from `rng`."""
    pixels = window(crop, side, rng)
    if rng.random() < _FLIPPED:
        pixels = pixels[:, ::-1]
    for part, handle in _HANDLED:
        if rng.random() < part:
            pixels = handle(pixels, rng)
    return pixels


def batch(crops: Pixels, chosen: Indices, side: int, seed: tuple[int, ...]) -> Pixels:
    """The augmented crops `chosen`, (len(chosen), side, side, 3) uint8: a function of `seed`."""
    rng = np.random.default_rng(seed)
    return np.stack([augment(crops[index], side, rng) for index in chosen])


def _resized(pixels: Pixels, side: int, rng: np.random.Generator) -> Pixels:
    kernel = _KERNELS[int(rng.integers(len(_KERNELS)))]
    return np.asarray(Image.fromarray(pixels).resize((side, side), kernel))
