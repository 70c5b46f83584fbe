r"""From finished runs to the files that ship: export, calibrate, measure, card.

    python -m models.training.ordinary.publish --data DIR --cache DIR --run RUN --folds RUN0 ... --models models

No figure in the card, in MODEL_CARD.md's tables or in the README's is typed by hand: run this again and all are
written again. What MODEL_CARD.md tells of data and training is text, in `models.training.ordinary.model_card`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from desktop_app.detectors.card import ModelCard
from models.training.card import write_card
from models.training.metrics import sigmoid
from models.training.ordinary.bands import fit, judged_by
from models.training.ordinary.bar import misses
from models.training.ordinary.card import field_card
from models.training.ordinary.crops import load_crops, split
from models.training.ordinary.export import export_small
from models.training.ordinary.figures_file import write_field_figures
from models.training.ordinary.folds import summed_up
from models.training.ordinary.goldens import write_goldens
from models.training.ordinary.judges import judge
from models.training.ordinary.measure import measure_shipped, told
from models.training.ordinary.model_card import field_text
from models.training.ordinary.recipe import recipe
from models.training.ordinary.runs import left_out, parts
from models.training.parts import Part, rewrite_part
from models.training.readme import rewrite_field
from models.training.reliability import spans

FIELD_ARCHIVE = "field-dev.tar"


def calibrated_card(model: Path, folds: Sequence[Path]) -> ModelCard:
    """The card of an exported file, fitted on what the judges say of sources that they have not seen."""
    judged = judged_by(folds)
    temperature, bands = fit(judged)
    return field_card(model, temperature, bands, spans(sigmoid(judged.logits / temperature), judged.ai))


def publish(
    data: Path, cache: Path, run: Path, folds: Sequence[Path], models: Path, unseen: Sequence[Path] = ()
) -> None:
    """Write the model, its card, its figures, its parts of MODEL_CARD.md and of the README, and its golden scores.

    All that was measured goes to ``run``, too, and what the judges say to ``cache``.

    Raises:
        ValueError: two judging runs have the same name, or one of `unseen` has left no generators out.
    """
    model, card_path = models / "field.onnx", models / "field.json"
    names = [each.name for each in (*folds, *unseen)]
    if len(set(names)) < len(names):
        raise ValueError("two judging runs have the same name")
    if any(not left_out(parts(each))[1] for each in unseen):
        raise ValueError("a run of unseen generators has left none out")
    crops = load_crops(data, cache)
    difference = export_small(run, model, crops, split(crops)[0])
    judges, strangers = (
        [judge(each, crops, cache / "judges" / each.name) for each in runs] for runs in (folds, unseen)
    )
    card = calibrated_card(model, judges)
    write_card(card, card_path)
    print(f"exported (torch - onnxruntime in float {difference:.1e}) and calibrated on {len(folds)} folds")
    result = measure_shipped(card_path, data / FIELD_ARCHIVE, models / "cifake.json", summed_up(judges, strangers))
    missed = misses(result)
    card = msgspec.structs.replace(card, experimental=bool(missed))
    write_card(card, card_path)
    print(f"under the bar: {', '.join(missed) or 'nothing'}")
    (run / "shipped.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    write_field_figures(result, result["folds"], card_path)
    text = field_text(card, recipe(run, folds, unseen), result)
    rewrite_part(models / "MODEL_CARD.md", Part.FIELD, text)
    rewrite_field(models.parent / "README.md", result)
    write_goldens(card_path, models.parent / "tests" / "models" / "ordinary" / "goldens.json")
    print("\n".join(told(result, targets=True)))


def main() -> None:
    """Publish from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with field-dev and the training parts")
    parser.add_argument("--cache", type=Path, required=True, help="folder of the decoded crops and the judges")
    parser.add_argument("--run", type=Path, required=True, help="run folder with network.pt")
    parser.add_argument(
        "--folds", type=Path, nargs="+", required=True, help="run folders that each left out a fold"
    )
    parser.add_argument(
        "--unseen", type=Path, nargs="*", default=(), help="run folders that left out generators as well"
    )
    parser.add_argument("--models", type=Path, required=True, help="folder to write to, the CIFAKE model's")
    given = parser.parse_args()
    publish(given.data, given.cache, given.run, given.folds, given.models, given.unseen)


if __name__ == "__main__":
    main()
