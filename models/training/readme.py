"""The README's table of figures, written from an evaluation between its two marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

START = "<!-- figures: python -m models.training.evaluate -->"
END = "<!-- /figures -->"

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
    """Put the table of `result` into the README.

    Raises:
        ValueError: it has no marks to put it between.
    """
    text = readme.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"{readme.name} lacks its marks: {START} … {END}")
    readme.write_text(before + figures_block(result) + after, encoding="utf-8")


def _figures(value: dict[str, Any]) -> str:
    low, high = value["accuracy_95"]
    interval = f"{value['accuracy']:.2%} ({100 * low:.2f}–{100 * high:.2f})"
    rates = (f"{value[key]:.2%}" for key in ("false_positive_rate", "false_negative_rate", "ece"))
    return " | ".join((interval, f"{value['auroc']:.4f}", *rates))
