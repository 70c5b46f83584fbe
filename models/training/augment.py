"""What happens to a training picture before the network sees it.

Two halves. *Damage* (recompression, noise, shrinking, slight blur) is made anew each time a picture comes round,
one by one; measured, it takes 4 % of a step. *Geometry and grey* is one indexed copy per batch.

Left out on purpose: rotation, colour jitter with interpolation, random resized crops and mixing pictures; each of
them is itself a low-pass filter or a kernel's fingerprint, the very thing to be told apart.
"""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from models.training.data import SIZE, Pixels

KERNELS = (
    Image.Resampling.NEAREST,
    Image.Resampling.BOX,
    Image.Resampling.BILINEAR,
    Image.Resampling.HAMMING,
    Image.Resampling.BICUBIC,
    Image.Resampling.LANCZOS,
)
_SUBSAMPLING = (0, 2)  # Pillow's names for 4:4:4 and 4:2:0
_HALF = 0.5
# Damage is drawn by one number in 0-1; what is left after these is recompression alone.
_NOISE_BELOW, _REGROW_BELOW, _BLUR_BELOW = 0.3, 0.42, 0.6
_SHARED_AFTERWARDS = 0.3  # part of the noisy, regrown and blurred that is recompressed too
_LUMA = np.array([299, 587, 114], np.uint32)  # ITU-R 601, as Pillow's "L"


def jpeg(pixels: Pixels, quality: int, subsampling: int) -> Pixels:
    """Save one (H, W, 3) picture as JPEG and decode it again."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality, subsampling=subsampling)
    with Image.open(stream) as image:
        return np.asarray(image.convert("RGB"))


def noise(pixels: Pixels, sigma: float, rng: np.random.Generator) -> Pixels:
    """Add Gaussian noise of `sigma` (in 0-255 units) to one (H, W, 3) picture."""
    noisy = pixels + rng.normal(0.0, sigma, pixels.shape)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def regrow(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Shrink to 20-31 pixels a side and enlarge again, each with a random kernel."""
    side = int(rng.integers(20, SIZE))
    down, up = (KERNELS[int(k)] for k in rng.integers(len(KERNELS), size=2))
    return np.asarray(Image.fromarray(pixels).resize((side, side), down).resize((SIZE, SIZE), up))


def blur(pixels: Pixels, sigma: float) -> Pixels:
    """Gaussian blur of `sigma` pixels."""
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(sigma)))


def damage(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Damage one (32, 32, 3) picture at random, keeping what it shows.

    Two in five are recompressed alone (quality 35-95), the rest get noise (sigma up to 12), a shrink and regrow,
    or a slight blur (sigma 0.3-0.7), and a third of these are recompressed afterwards, as when shared.
    """
    choice = rng.random()
    if choice < _NOISE_BELOW:
        pixels = noise(pixels, float(rng.uniform(1, 12)), rng)
    elif choice < _REGROW_BELOW:
        pixels = regrow(pixels, rng)
    elif choice < _BLUR_BELOW:
        pixels = blur(pixels, float(rng.uniform(0.3, 0.7)))
    if choice >= _BLUR_BELOW or rng.random() < _SHARED_AFTERWARDS:
        pixels = jpeg(pixels, int(rng.integers(35, 96)), int(rng.choice(_SUBSAMPLING)))
    return pixels


def to_grey(pixels: Pixels) -> Pixels:
    """(N, H, W, 3) colour to grey in three equal channels."""
    luma = ((pixels @ _LUMA + 500) // 1000).astype(np.uint8)
    return np.repeat(luma[..., None], 3, axis=-1)


def move(pixels: Pixels, rng: np.random.Generator, shift: int, side: int = SIZE) -> Pixels:
    """Flip half of the (N, 32, 32, 3) pictures left-right and cut a `side` x `side` window from each.

    The window reaches up to `shift` pixels over the edges, which are reflected.
    """
    count = len(pixels)
    offsets = rng.integers(-shift, SIZE - side + shift + 1, size=(2, count, 1))
    rows, columns = (_reflect(np.arange(side) + offset) for offset in offsets)
    flip = rng.random(count) < _HALF
    columns[flip] = columns[flip, ::-1]
    return pixels[np.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]


def _reflect(index: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    last = SIZE - 1
    folded: npt.NDArray[np.int64] = last - np.abs(last - np.abs(index))
    return folded


def batch(
    clean: Pixels,
    chosen: npt.NDArray[np.int64],
    rng: np.random.Generator,
    *,
    damage_share: float = 0.45,
    grey_share: float = 0.1,
    shift: int = 2,
    side: int = SIZE,
) -> Pixels:
    """Return the augmented pictures `chosen`, (len(chosen), side, side, 3) uint8.

    Everything random comes from `rng`, so a batch is a function of its seed: resuming needs no generator state.
    """
    pixels = clean[chosen]
    for index in np.flatnonzero(rng.random(len(chosen)) < damage_share):
        pixels[index] = damage(pixels[index], rng)
    grey = rng.random(len(chosen)) < grey_share
    pixels[grey] = to_grey(pixels[grey])
    return move(pixels, rng, shift, side)
