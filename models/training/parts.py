"""MODEL_CARD.md has a part for each model; each is written by its own command, which leaves the other as it is."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

MARK = "\n<!-- The field detector: python -m models.training.ordinary.publish -->\n"


class Part(Enum):
    """A model's part, in the file's order."""

    CIFAKE = 0
    FIELD = 1


def rewrite_part(path: Path, part: Part, text: str) -> None:
    """Put `text` in the place of a part, and keep the other byte for byte."""
    before, _, after = (path.read_text(encoding="utf-8") if path.exists() else "").partition(MARK)
    cifake, field = (text, after) if part is Part.CIFAKE else (before, text)
    path.write_text(cifake + MARK + field if field else cifake, encoding="utf-8")
