"""What the stand-in "sees" in a picture: arithmetic on its pixels, the same every time."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageStat

_LEVELS = 255


def answer_for(picture: bytes) -> dict[str, Any]:
    """Return the answer for a picture file: its mean brightness, 0 (black) to 1 (white), is the score."""
    score = round(_means(picture)[0], 4)
    rest = score / 10
    sources = {
        "stablediffusionxl": round(score - 3 * rest, 6),
        "dalle": rest,
        "midjourney": rest / 2,
        "flux": rest / 4,
        "bingimagecreator": rest / 8,
        "gan": rest / 16,
        "none": round(1 - score, 4),
    }
    item = {"index": 0, "status": "SUCCESS", "is_ai_generated": score, "possible_sources": sources}
    return {"data": [item]}


def faces_for(picture: bytes) -> dict[str, Any]:
    """Return the second model's answer: one face in the middle if the picture is more red than blue, else none."""
    brightness, red, blue = _means(picture)
    with Image.open(BytesIO(picture)) as image:
        width, height = image.size
    corners = [{"x": width / 4, "y": height / 4}, {"x": width * 3 / 4, "y": height * 3 / 4}]
    face = {"vertices": corners, "bbox_confidence": 0.9352, "is_deepfake": round(brightness, 4)}
    return {"data": [{"index": 0, "status": "SUCCESS", "bounding_boxes": [face] if red > blue else []}]}


def _means(picture: bytes) -> tuple[float, float, float]:
    with Image.open(BytesIO(picture)) as image:
        rgb = image.convert("RGB")
    red, green, blue = (mean / _LEVELS for mean in ImageStat.Stat(rgb).mean)
    return (red + green + blue) / 3, red, blue
