"""From a finished training run to the files that ship: export, calibrate, measure, card.

    python -m models.training.publish --data DIR --run RUN --models models

No figure in the card, in MODEL_CARD.md's tables or in the README's is typed by hand: run this again and all are
written again. What MODEL_CARD.md tells of the data and of the runs is text, in `models.training.model_card`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from desktop_app.core.picture import Raster
from desktop_app.detectors.card import CountsCard, FiguresCard, ModelCard
from desktop_app.detectors.session import Session
from models.training.calibrate import calibrate
from models.training.card import draft_card, fitted_card, with_figures, write_card
from models.training.data import SIZE, Pictures, load_training, split
from models.training.evaluate import evaluate
from models.training.export import export, load_network, run_settings
from models.training.field import measure_field
from models.training.figures_file import write_figures
from models.training.metrics import Floats
from models.training.model_card import Training, model_card_text
from models.training.parts import Part, rewrite_part
from models.training.readme import rewrite
from models.training.reliability import diagram

TEST_ARCHIVE = "cifake-test-dev.tar.xz"
FIELD_ARCHIVE = "field-dev.tar"
_BATCH = 16  # onnxruntime is fastest at 1-16 here: larger ones fall out of the cache


def validation_logits(model: bytes, card: ModelCard, validation: Pictures) -> Floats:
    """Logits of a set by the exported file through the program's session, shape (N,)."""
    session = Session(model, card)
    rasters = [Raster(SIZE, SIZE, picture.tobytes()) for picture in validation.pixels]
    values: list[float] = []
    for at in range(0, len(rasters), _BATCH):
        values += session.logits(rasters[at : at + _BATCH])
    return np.array(values)


def calibrated_card(model: Path, validation: Pictures) -> ModelCard:
    """The card of an exported model, fitted on validation pictures."""
    draft = draft_card(model)
    logits = validation_logits(model.read_bytes(), draft, validation)
    return fitted_card(draft, model, calibrate(logits, validation.ai.astype(bool)))


def card_figures(result: dict[str, Any]) -> FiguresCard:
    """The part of an evaluation that the card carries."""
    whole = result["all"]
    return msgspec.convert(
        {"test": result["test"]} | {name: whole[name] for name in FiguresCard.__struct_fields__ if name != "test"},
        FiguresCard,
    )


def card_counts(result: dict[str, Any]) -> tuple[CountsCard, ...]:
    """How the test pictures of each span of scores turned out."""
    return tuple(
        CountsCard(span["low"], span["high"], span["photographs"], span["ai"]) for span in result["spans"]
    )


def publish(data: Path, run: Path, models: Path, cache: Path) -> None:
    """Write the model, its card, figures and reliability diagram, its parts of MODEL_CARD.md and of the README.

    All that was measured goes to ``run``, too.
    """
    model, card_path = models / "cifake.onnx", models / "cifake.json"
    network, seconds = load_network(run)
    difference = export(network, model)
    pictures = load_training(data, cache)
    training, validation = split(pictures, seed=run_settings(run)["seed"])
    card = calibrated_card(model, pictures.part(validation))
    write_card(card, card_path)
    print(f"exported (torch - onnxruntime {difference:.1e}) and calibrated on {len(validation)} pictures")
    result = evaluate(card_path, data / TEST_ARCHIVE, data)
    result["field"] = measure_field(card_path, data / FIELD_ARCHIVE)
    (run / "evaluation.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    card = with_figures(card, card_figures(result), card_counts(result))
    write_card(card, card_path)
    write_figures(result, card_path)
    picture = diagram(result["spans"], f"Reliability of {card.name} {card.version} on {result['test']}")
    (models / "cifake-reliability.svg").write_text(picture, encoding="utf-8")
    parameters = sum(weights.numel() for weights in network.parameters())
    about = Training(run_settings(run), seconds, len(training), len(validation), parameters)
    text = model_card_text(card, about, result)
    rewrite_part(models / "MODEL_CARD.md", Part.CIFAKE, text)
    rewrite(models.parent / "README.md", result)
    print(text)


def main() -> None:
    """Publish from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the CIFAKE archives and field-dev")
    parser.add_argument("--run", type=Path, required=True, help="run folder with network.pt")
    parser.add_argument("--cache", type=Path, help="folder with train.npz; --run if not given")
    parser.add_argument("--models", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    publish(given.data, given.run, given.models, given.cache or given.run)


if __name__ == "__main__":
    main()
