"""The evaluation in the form that the program shows: ``field.figures.json`` beside the card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.core.estimates import Words
from desktop_app.detectors.figures import FieldFigures, FieldSource, ModelFigures, load_figures
from models.training.figures_file import write_model_figures
from models.training.ordinary.evaluate import AS_FOUND

SHARED = "web sharing"


def write_field_figures(result: dict[str, Any], folds: dict[str, Any], card: Path) -> None:
    """Write the file beside `card`.

    Args:
        result: of `models.training.ordinary.evaluate.evaluate`.
        folds: of `models.training.ordinary.folds.summed_up`.
        card: the card's path.

    Raises:
        ModelCardError: the program would refuse it.
    """
    shared = _figures(result[SHARED], f"{result['test']}, after web sharing")
    whole = _figures(
        result[AS_FOUND], result["test"], shared, folds["mean"], _generators(folds["unseen_generators"])
    )
    write_model_figures(ModelFigures(field=whole), card)


def stored_folds(card: Path) -> dict[str, Any]:
    """What the figures beside a card keep of the folds, so that measuring again needs no training data.

    Raises:
        ModelCardError: the figures can't be read.
    """
    figures = load_figures(card)
    field = figures.field if figures else None
    if field is None:
        return {"mean": None, "unseen_generators": []}
    return {"mean": field.unseen_sources, "unseen_generators": [_family(row) for row in field.unseen_generators]}


def _family(row: FieldSource) -> dict[str, Any]:
    return {
        "name": row.name,
        "n": row.n,
        "auroc": row.auroc,
        "found": row.called_ai,
        "low": row.low,
        "high": row.high,
    }


def _figures(
    part: dict[str, Any],
    name: str,
    shared: FieldFigures | None = None,
    unseen_sources: float | None = None,
    unseen_generators: tuple[FieldSource, ...] = (),
) -> FieldFigures:
    photographs, ai = part["words"]["photographs"], part["words"]["ai"]
    return FieldFigures(
        name=name,
        pictures=part["photographs"] + part["ai"],
        auroc=part["auroc"],
        false_positive_rate=photographs["accused"]["share"],
        false_negative_rate=round(1 - ai["accused"]["share"], 4),
        sources=tuple(_source(line) for line in part["origins"]),
        shared=shared,
        words=True,
        strong_photographs=photographs[Words.STRONG.value]["share"],
        strong_ai=ai[Words.STRONG.value]["share"],
        answered=part["answered"]["share"],
        unseen_sources=unseen_sources,
        unseen_generators=unseen_generators,
    )


def _source(line: dict[str, Any]) -> FieldSource:
    named = (line[key] for key in ("name", "ai", "n", "share", "low", "high", "auroc"))
    return FieldSource(*named)


def _generators(families: list[dict[str, Any]]) -> tuple[FieldSource, ...]:
    keys = ("n", "found", "low", "high", "auroc")
    return tuple(FieldSource(row["name"], True, *(row[key] for key in keys)) for row in families)  # noqa: FBT003  # all are AI
