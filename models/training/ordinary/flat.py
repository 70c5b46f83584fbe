r"""Measure the rule for flat pictures: which share of photographs, AI pictures and drawings it calls flat.

    python -m models.training.ordinary.flat --data DIR --cache DIR [--field field-dev.tar] [--at 0.52]

Choose on the training's crops and the drawings; ``--field`` only reports.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from desktop_app.core.picture import Raster
from desktop_app.detectors.flatness import flat_share
from desktop_app.imaging.views import all_views, raster
from models.training.augment import jpeg
from models.training.data import Indices
from models.training.field import field_pictures
from models.training.metrics import wilson
from models.training.ordinary.card import FIELD_VIEWS, SHORTEST
from models.training.ordinary.crops import Crops, kept, load_crops
from models.training.ordinary.drawings import drawings
from models.training.ordinary.treatments import web_shared

_PER_SOURCE = 14  # pictures of one source that are looked at
_RULES = [view.rule() for view in FIELD_VIEWS]

Shares = dict[str, list[float]]
"""Flat shares by kind of picture."""


def _saved(quality: int) -> Callable[[Image.Image], Image.Image]:
    return lambda image: Image.fromarray(jpeg(np.asarray(image), quality, 2))


def _shrunk(image: Image.Image) -> Image.Image:
    return image.resize((image.width * 2 // 3, image.height * 2 // 3), Image.Resampling.LANCZOS)


TREATMENTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as drawn": lambda image: image,
    "JPEG q80": _saved(80),
    "JPEG q60": _saved(60),
    "shrunk": _shrunk,
    "web sharing": web_shared,
}


def of_picture(image: Image.Image) -> float:
    """The flat share of an RGB picture, of the field detector's views."""
    return flat_share(all_views(image, _RULES, image.size))


def of_drawings(repeats: int) -> tuple[Shares, Shares]:
    """Shares of the drawings by kind, and the same by what was done to them."""
    kinds: Shares = {}
    treated: Shares = {}
    for kind, image in drawings(repeats):
        for name, treat in TREATMENTS.items():
            changed = treat(image)
            if min(changed.size) >= SHORTEST:
                share = of_picture(changed)
                kinds.setdefault(f"drawn {kind}", []).append(share)
                treated.setdefault(name, []).append(share)
    return kinds, treated


def chosen_pictures(crops: Crops, seed: int = 5) -> Iterator[Indices]:
    """The crops of each picture looked at: of every source and class a few pictures, by chance."""
    taken: dict[tuple[str, int], int] = {}
    members: dict[str, list[int]] = {}
    for place in np.random.default_rng(seed).permutation(np.flatnonzero(kept(crops))):
        source, picture = (str(crops.source[place]), int(crops.ai[place])), str(crops.picture[place])
        if picture not in members:
            if taken.get(source, 0) >= _PER_SOURCE:
                continue
            taken[source] = taken.get(source, 0) + 1
        members.setdefault(picture, []).append(int(place))
    return (np.array(sorted(places)) for places in members.values())


def of_crops(crops: Crops) -> Shares:
    """Shares of the training's pictures, by kind of photograph and for AI as a whole."""
    shares: Shares = {}
    for places in chosen_pictures(crops):
        views: list[Raster] = [raster(Image.fromarray(crops.pixels[place])) for place in places]
        name = "AI pictures" if crops.ai[places[0]] else str(crops.generator[places[0]])
        shares.setdefault(name, []).append(flat_share(views))
    return shares


def of_field(archive: Path) -> Shares:
    """Shares of whole pictures, large enough for the field detector, by origin."""
    shares: Shares = {}
    for picture in field_pictures(archive):
        with Image.open(io.BytesIO(picture.content)) as stored:
            image = ImageOps.exif_transpose(stored).convert("RGB")
        if min(image.size) >= SHORTEST:
            shares.setdefault(picture.origin, []).append(of_picture(image))
    return shares


def table(shares: Shares, at: float) -> list[str]:
    """Lines of Markdown: of each kind the number, the part called flat with its 95 % interval, and quantiles."""
    lines = ["| pictures | n | flat (95 %) | median | 99 % |", "|---|---|---|---|---|"]
    for name, values in sorted(shares.items()):
        count = sum(value > at for value in values)
        low, high = wilson(count, len(values))
        middle, most = np.quantile(values, (0.5, 0.99))
        share = f"{count / len(values):.1%} ({low:.1%}–{high:.1%})"
        lines.append(f"| {name} | {len(values)} | {share} | {middle:.2f} | {most:.2f} |")
    return lines


def together(shares: Shares, name: str, begins: str = "") -> Shares:
    """All kinds whose names begin so, as one, before the kinds."""
    values = [value for kind, part in shares.items() if kind.startswith(begins) for value in part]
    return {f"all {name}": values, **shares}


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--field", type=Path, help="tar of ordinary pictures, its CSV beside it; only reported")
    parser.add_argument("--at", type=float, default=0.52, help="over it a picture is flat")
    parser.add_argument("--repeats", type=int, default=1)
    given = parser.parse_args()
    kinds, treated = of_drawings(given.repeats)
    crops = of_crops(load_crops(given.data, given.cache))
    parts = [together(kinds, "drawings"), treated, together(crops, "photographs", "real-")]
    if given.field:
        field = of_field(given.field)
        photographs = together(field, "photographs", "real-")
        ai = {kind: part for kind, part in field.items() if not kind.startswith("real-")}
        parts.append({**photographs, **together(ai, "AI pictures")})
    print("\n\n".join("\n".join(table(part, given.at)) for part in parts))


if __name__ == "__main__":
    main()
