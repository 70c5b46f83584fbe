"""Whether a picture is a drawing, chart, screenshot or page of text, by facts about pixels alone.

Such pictures are blank or, where they are not, edges between two colours. In a photograph little is quite blank,
and what is not is mostly shading and texture. One of the two is not enough: skies and white studio walls are
blank, and branches before a white sky are edges. The numbers below were chosen on photographs, AI pictures and
made drawings by ``models.training.ordinary.flat``, never on the pictures that the model card reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop_app.core.picture import Raster

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BLOCK = 8  # pixels a side: JPEG's own blocks, as the views were saved
_BLANK = 6  # levels of luma in a block that JPEG's rounding may add to one colour
_STEP = 30  # levels between neighbours from which on there is an edge
_SIDE = 0.2  # part of a block's range that counts as one of its two colours
_TWO_COLOURS = 0.55  # part of a block's pixels that an edge between two colours holds at least
_FEWEST = 0.02  # part of all blocks; fewer that are not blank say too little


def flat_share(rasters: Sequence[Raster]) -> float:
    """How flat a picture is, 0 to 1: photographs and AI pictures of such are near 0.

    The part of the blocks without an edge that are blank, times the square root of the part of the blocks that are
    not blank which are two colours with an edge between them. Blocks are 8 by 8 pixels of luma, of all views
    together; what sticks out at the right or at the bottom is left away.

    Args:
        rasters: the views of one picture, of any sizes. Only blank ones are quite flat: 1; no views are not: 0.
    """
    columns: Iterable[tuple[int, ...]] = zip((0,) * 4, *map(_counts, rasters), strict=True)
    total, blank, sharp, two = map(sum, columns)
    filled = total - blank
    if not filled:
        return 1.0 if total else 0.0
    smooth = blank / max(1, total - sharp)
    return smooth * math.sqrt(two / max(_FEWEST * total, filled))


def _counts(raster: Raster) -> tuple[int, int, int, int]:
    """How many blocks there are, are blank, have an edge, and are two colours with an edge between them."""
    import numpy as np  # noqa: PLC0415  # costs 0.1 s, and the program starts without it

    luma = _luma(raster)
    steps = np.zeros_like(luma)
    steps[:, :-1] = np.abs(np.diff(luma, axis=1))
    steps[:-1] = np.maximum(steps[:-1], np.abs(np.diff(luma, axis=0)))
    blocks = _blocks(luma)
    low, high = blocks.min(axis=1), blocks.max(axis=1)
    filled = high - low > _BLANK
    sharp = filled & (_blocks(steps).max(axis=1) >= _STEP)
    edges, low, high = blocks[sharp], low[sharp, None], high[sharp, None]
    near = _SIDE * (high - low)
    held = ((edges - low <= near) | (high - edges <= near)).mean(axis=1)
    return len(blocks), len(blocks) - int(filled.sum()), len(edges), int((held >= _TWO_COLOURS).sum())


def _luma(raster: Raster) -> npt.NDArray[np.int16]:
    """Rec. 601 luma of the whole blocks, 0 to 255."""
    import numpy as np  # noqa: PLC0415  # as above

    pixels = np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.width, 3).astype(np.uint16)
    luma = (77 * pixels[..., 0] + 150 * pixels[..., 1] + 29 * pixels[..., 2]) >> 8
    return luma[: raster.height // _BLOCK * _BLOCK, : raster.width // _BLOCK * _BLOCK].astype(np.int16)


def _blocks(levels: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Reshape (height, width) to (blocks, 64)."""
    down, across = (side // _BLOCK for side in levels.shape)
    return levels.reshape(down, _BLOCK, across, _BLOCK).swapaxes(1, 2).reshape(down * across, _BLOCK * _BLOCK)
