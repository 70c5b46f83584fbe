"""The field detector as it ships: all that is said of it, and nothing fitted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.system.paths import models_dir
from models.training.ordinary.evaluate import evaluate, evaluate_beside
from models.training.ordinary.figures_file import stored_folds
from models.training.ordinary.folds import family_table
from models.training.ordinary.report import (
    agreement_sentence,
    eras_table,
    main_table,
    origins_table,
    words_table,
)


def measure_shipped(
    card: Path, archive: Path, beside: Path | None = None, folds: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Measure the file beside `card` on `archive`, as JSON-ready numbers.

    Args:
        card: of the field detector.
        archive: tar of labelled pictures, its CSV beside it.
        beside: another model's card, for the same pictures.
        folds: what was said of unseen sources and generators while training, as of
            `models.training.ordinary.folds.summed_up`; what the card's figures keep of it where not given.
    """
    bundled = card.resolve().parent == models_dir().resolve()
    result = {"folds": folds or stored_folds(card), **evaluate(card, archive, bundled=bundled)}
    if beside:
        result["beside"] = evaluate_beside(beside, archive)
    return result


def told(result: dict[str, Any], *, targets: bool = False) -> list[str]:
    """All tables, as lines of Markdown."""
    folds = result["folds"]
    lines = main_table(result, folds, result.get("beside"), targets=targets)
    lines += ["", *words_table(result), "", *eras_table(result)]
    lines += family_table(folds["unseen_generators"]) if folds["unseen_generators"] else []
    return [*lines, "", *origins_table(result), "", agreement_sentence(result)]
