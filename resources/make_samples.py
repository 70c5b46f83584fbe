"""Draw the sample pictures: ``uv run python resources/make_samples.py`` (``--try N`` shows what seeds would give).

Every picture here is drawn by this script, so that nobody's photograph is passed around and every kind of card can
be seen. The 32×32 ones were chosen by their seed so that the bundled model gives each of its words once; they are
drawings, neither camera photos nor made by an AI, and so also show how wrong an estimate can be.
"""

from __future__ import annotations

import argparse
import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).resolve().parent / "samples"
ORIENTATION_TAG, TURNED_LEFT = 0x0112, 8  # EXIF: to be turned left by 90° for looking at it
_SHRINK = (Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS, Image.Resampling.BOX)

# Name → seed, and the words that the bundled model gives it (tests/test_samples.py checks it).
SMALL = {
    "small boat 1.png": (42, "Strong signs of AI"),
    "small boat 2.png": (5, "Some signs of AI"),
    "small boat 3.png": (4, "Can't tell"),
    "small boat 4.png": (1, "Few signs of AI"),
}


# IPTC's digital source type, as generators write it. A script drew the picture: a label is easily written.
_LABEL = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>
</rdf:RDF></x:xmpmeta>"""


def scene(seed: int, width: int, height: int) -> Image.Image:
    """Return a drawn landscape of ``width`` × ``height`` pixels; the same for the same seed, everywhere."""
    dice = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    sky, ground = _colour(dice, 120, 255), _colour(dice, 40, 160)
    picture = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", [picture.point(_ramp(top, low)) for top, low in zip(sky, ground, strict=True)])
    draw = ImageDraw.Draw(picture)
    _sun(draw, dice, width, height)
    for layer in range(3):
        _hill(draw, dice, width, height, layer)
    _boat(draw, dice, width, height)
    return picture


def small(seed: int) -> Image.Image:
    """Return a scene at 32×32: drawn large, softened or roughened, then shrunk in one of four ways."""
    dice = random.Random(-seed)  # noqa: S311  # as above
    side = dice.choice((64, 128, 256))
    picture = scene(seed, side, side).filter(ImageFilter.GaussianBlur(dice.uniform(0, 2)))
    picture = picture.resize((32, 32), dice.choice(_SHRINK))
    grain = Image.frombytes("L", (32, 32), bytes(dice.randrange(256) for _ in range(32 * 32))).convert("RGB")
    return Image.blend(picture, grain, dice.uniform(0, 0.15))


def make(folder: Path) -> None:
    """Write all samples into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (seed, _) in SMALL.items():
        small(seed).save(folder / name)
    scene(11, 1600, 1067).save(folder / "wide landscape.jpg", quality=88)
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = TURNED_LEFT
    stored = scene(12, 900, 600).transpose(Image.Transpose.ROTATE_270)
    stored.save(folder / "turned by its camera.jpg", quality=85, exif=exif)
    scene(15, 900, 600).save(folder / "labelled.jpg", quality=88, xmp=_LABEL)
    frames = [scene(13, 240, 180).rotate(turn) for turn in (0, 10, 20)]
    frames[0].save(folder / "animation.gif", save_all=True, append_images=frames[1:], duration=200)
    _stamp().save(folder / "see-through.webp", lossless=True)
    whole = io.BytesIO()
    scene(14, 640, 480).save(whole, "JPEG")
    (folder / "broken download.jpg").write_bytes(whole.getvalue()[:9000])


def _stamp() -> Image.Image:
    picture = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((20, 20, 380, 380), fill=(213, 94, 0, 200))
    draw.ellipse((90, 90, 310, 310), fill=(0, 114, 178, 140))
    return picture


def _ramp(top: int, low: int) -> list[int]:
    return [round(top + (low - top) * step / 255) for step in range(256)]


def _colour(dice: random.Random, low: int, high: int) -> tuple[int, int, int]:
    return dice.randint(low, high), dice.randint(low, high), dice.randint(low, high)


def _sun(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int) -> None:
    radius = height * dice.uniform(0.05, 0.12)
    x, y = width * dice.uniform(0.1, 0.9), height * dice.uniform(0.1, 0.35)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 240, dice.randint(120, 220)))


def _hill(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, layer: int) -> None:
    base = height * (0.5 + 0.13 * layer)
    steps = 6
    points = [(width * step / steps, base + height * dice.uniform(-0.1, 0.1)) for step in range(steps + 1)]
    draw.polygon([(0, height), *points, (width, height)], fill=_colour(dice, 20, 150 - 30 * layer))


def _boat(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int) -> None:
    x, y, size = width * dice.uniform(0.2, 0.7), height * dice.uniform(0.7, 0.85), height * dice.uniform(0.1, 0.2)
    hull = [(x, y), (x + size * 2, y), (x + size * 1.6, y + size * 0.6), (x + size * 0.4, y + size * 0.6)]
    draw.polygon(hull, fill=_colour(dice, 90, 200))
    draw.polygon([(x + size, y - size * 1.5), (x + size, y), (x + size * 1.9, y)], fill=(245, 245, 240))


def _try(count: int) -> None:
    from desktop_app.core.cancel import CancelToken  # noqa: PLC0415  # only this option needs the program
    from desktop_app.core.detector import Examination  # noqa: PLC0415
    from desktop_app.core.picture import Picture, PictureFacts, Raster  # noqa: PLC0415
    from desktop_app.detectors.offline import OfflineDetector  # noqa: PLC0415
    from desktop_app.system.paths import models_dir  # noqa: PLC0415

    detector = OfflineDetector(models_dir() / "cifake.json", second_look=True)
    for seed in range(1, count + 1):
        raster = Raster(32, 32, small(seed).tobytes())
        examination = Examination(Picture(PictureFacts("PNG", 32, 32), None, (raster,)), b"")
        estimate = detector.submit(examination, CancelToken()).result()
        print(f"{seed:4} {estimate.p_ai:.3f} {estimate.words.value}")
    detector.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", type=int, default=0, dest="tries", metavar="N")
    tries = parser.parse_args().tries
    if tries:
        _try(tries)
    else:
        make(FOLDER)
