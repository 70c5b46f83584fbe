"""The README's tables of figures, each written from an evaluation between its two marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.training.ordinary.folds import family_table
from models.training.ordinary.report import short_table

START = "<!-- figures: python -m models.training.evaluate -->"
END = "<!-- /figures -->"
FIELD_START = "<!-- field figures: python -m models.training.ordinary.publish -->"
FIELD_END = "<!-- /field figures -->"

_COLUMNS = ("accuracy (95 % interval)", "AUROC", "photos called AI", "AI pictures missed", "calibration error")
_ROWS = {
    "as they are": ("all",),
    "without copies of training files": ("without_training_copies",),
    "grey ones": ("grey",),
    "saved again as JPEG q60": ("damaged", "JPEG q60"),
    "saved again as JPEG q40": ("damaged", "JPEG q40"),
    "noise 10/255": ("damaged", "noise 10/255"),
    "blur σ 0.5": ("damaged", "blur 0.5"),
}


def figures_block(result: dict[str, Any]) -> str:
    """Return the table with its marks; `result` is that of `models.training.evaluate` with its ``field``."""
    pictures = f"on `{result['test']}` ({result['all']['pictures']:,} official test pictures)"
    lines = [f"| {' | '.join((pictures, *_COLUMNS))} |", "|" + " --- |" * (len(_COLUMNS) + 1)]
    for name, path in _ROWS.items():
        value = result
        for step in path:
            value = value[step]
        lines.append(f"| {name} | {_figures(value)} |")
    field = result["field"]["all"]
    lines.append(
        f"| **{field['pictures']} ordinary pictures at their own size** | {field['accuracy']:.1%} "
        f"| **{field['auroc']:.2f}** | **{field['false_positive_rate']:.0%}** "
        f"| **{field['false_negative_rate']:.0%}** | {field['ece']:.0%} |"
    )
    table = "\n".join(lines).replace("%", " %").replace("(95  %", "(95 %")
    return f"{START}\n{table}\n{END}"


def rewrite(readme: Path, result: dict[str, Any]) -> None:
    """Put the table of the CIFAKE model's `result` into the README.

    Raises:
        ValueError: it has no marks to put it between.
    """
    _replace(readme, START, END, figures_block(result))


def rewrite_field(readme: Path, result: dict[str, Any]) -> None:
    """Put the table of the field detector's `result`, of `models.training.ordinary.measure`, into the README.

    Raises:
        ValueError: it has no marks to put it between.
    """
    folds = result["folds"]
    lines = short_table(result, folds, result.get("beside"))
    lines += family_table(folds["unseen_generators"]) if folds["unseen_generators"] else []
    _replace(readme, FIELD_START, FIELD_END, "\n".join([FIELD_START, *lines, FIELD_END]))


def _replace(readme: Path, first: str, last: str, block: str) -> None:
    text = readme.read_text(encoding="utf-8")
    before, start, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not start or not end:
        raise ValueError(f"{readme.name} lacks its marks: {first} … {last}")
    readme.write_text(before + block + after, encoding="utf-8")


def _figures(value: dict[str, Any]) -> str:
    low, high = value["accuracy_95"]
    interval = f"{value['accuracy']:.2%} ({100 * low:.2f}–{100 * high:.2f})"
    rates = (f"{value[key]:.2%}" for key in ("false_positive_rate", "false_negative_rate", "ece"))
    return " | ".join((interval, f"{value['auroc']:.4f}", *rates))
