"""What all Markdown tables of figures share."""

from __future__ import annotations

from collections.abc import Sequence


def head(columns: Sequence[str]) -> list[str]:
    """The two lines that begin a table."""
    return ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
