"""The evaluation in the form that the program shows: ``cifake.figures.json`` beside the card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from desktop_app.detectors.figures import SUFFIX, FieldFigures, ModelFigures, load_figures
from models.training.evaluate import rows

_NAMES = {"false_positives": "false_positive_rate", "false_negatives": "false_negative_rate"}


def write_figures(result: dict[str, Any], card: Path) -> None:
    """Write the file beside `card` and read it back as the program does.

    Raises:
        ModelCardError: the program would refuse it.
    """
    test = {"name": result["test"], "pictures": result["all"]["pictures"], "rows": _rows(result)}
    content = msgspec.convert(
        {"test": test, "field": _field(result["field"], result["field"]["pictures"])}, ModelFigures
    )
    write_model_figures(content, card)


def write_model_figures(figures: ModelFigures, card: Path) -> None:
    """Write a model's figures beside `card` and read them back as the program does.

    Raises:
        ModelCardError: the program would refuse them.
    """
    path = card.with_suffix(SUFFIX)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")
    load_figures(card)


def _rows(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "n": value["pictures"],
            "accuracy": value["accuracy"],
            "auroc": value.get("auroc"),
            "ece": value["ece"],
            **{ours: value.get(theirs) for ours, theirs in _NAMES.items()},
        }
        for name, value in rows(result).items()
    ]


def _field(result: dict[str, Any], name: str) -> dict[str, Any]:
    whole = result["all"]
    part: dict[str, Any] = {
        "name": name,
        "pictures": whole["pictures"],
        **{key: whole[key] for key in FieldFigures.__struct_fields__ if key in whole and key != "pictures"},
        "sources": result["origins"],
    }
    if "shared" in result:
        part["shared"] = _field(result["shared"], f"{name}, after one JPEG re-encoding")
    return part
