"""The second model's answer: faces, and how much each looks like a deepfake."""

from __future__ import annotations

import math

import msgspec

from desktop_app.core.estimates import Face
from desktop_app.detectors.nim.answers import decoded, first_item, probability, refuse

NO_FACE = "no face to check"
"""What an empty list means: the check does not apply. It says nothing about the picture as a whole."""

_MOST_FACES = 200
_CORNERS = 2


class _Vertex(msgspec.Struct):
    x: float
    y: float


class _Box(msgspec.Struct):
    vertices: list[_Vertex]
    is_deepfake: float
    bbox_confidence: float | None = None


class _Item(msgspec.Struct):
    bounding_boxes: list[_Box] | None


def parse_faces(body: bytes, width: int, height: int, key: str | None = None) -> tuple[Face, ...]:
    """Return the faces in a picture that was sent with ``width`` × ``height`` pixels, most suspicious first.

    Boxes are cut to the picture.

    Raises:
        AnswerError: as for the first model; and a box without corners.
    """
    boxes = decoded(first_item(body, key), _Item, key).bounding_boxes or []
    faces = [_face(box, width, height, body, key) for box in boxes]
    return tuple(sorted(faces, key=lambda face: -face.score)[:_MOST_FACES])


def _face(box: _Box, width: int, height: int, body: bytes, key: str | None) -> Face:
    numbers = [number for vertex in box.vertices for number in (vertex.x, vertex.y)]
    if len(box.vertices) < _CORNERS or not all(map(math.isfinite, numbers)):
        refuse(body, key)
    across, down = numbers[::2], numbers[1::2]
    confidence = box.bbox_confidence
    return Face(
        x0=_within(min(across), width),
        y0=_within(min(down), height),
        x1=_within(max(across), width),
        y1=_within(max(down), height),
        sent_width=width,
        sent_height=height,
        score=probability(box.is_deepfake, body, key),
        confidence=None if confidence is None else probability(confidence, body, key),
    )


def _within(value: float, side: int) -> float:
    return min(float(side), max(0.0, value))
