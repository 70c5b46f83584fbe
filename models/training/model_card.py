"""Writes MODEL_CARD.md from the card, the run's settings and the evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop_app.detectors.card import ModelCard
from models.training.evaluate import table


@dataclass(frozen=True)
class Training:
    """How the weights came about.

    Attributes:
        settings: The run's settings, as ``train.Settings``.
        seconds: Wall time of training.
        training: Number of training pictures.
        validation: Number of validation pictures.
        parameters: Number of weights.
    """

    settings: dict[str, Any]
    seconds: float
    training: int
    validation: int
    parameters: int


_TEMPLATE = """\
# The CIFAKE model (`cifake`, {version})

Written by `python -m models.training.publish`; the numbers are measured, not typed.

**What it is.** A small convolutional network ({parameters:,} weights, {width}×{height} RGB in, one logit out) that
tells CIFAR-10 photographs from pictures that Stable Diffusion 1.4 made in their likeness. Licence of the
weights: {licence}.

**What it is not.** It knows {width}×{height} pictures of ten kinds of things and one generator of 2022. On
ordinary photographs and today's generators it is no better than a coin, so the program gives no words for
pictures of any other size. A picture that was shrunk to {width}×{height} by somebody is in range by its size and
still not what the model was tested on: the choice of the shrinking filter alone can turn its answer.

## Data
CIFAKE (Bird & Lotfi, arXiv 2303.14126), official training part: {training:,} pictures to train and
{validation:,} to choose the temperature and the bands, split by class and kind of thing. Its quirks:
920 AI files of the training part are byte copies of another (copies never stand on both sides of the split); 378
AI files of the official test are byte copies of training files (shown apart below); 12 % of the AI files are grey
against 1.3 % of the photographs (grey pictures are shown apart too); every file is a JPEG of quality 75.
The test pictures were used for the table below and for nothing else.

## Training
{epochs} passes in {minutes:.0f} minutes on one core of a shared machine, AdamW with a one-cycle rate, seed {seed}.
Every picture is flipped and shifted at random; {damage:.0%} are damaged first (recompressed, noise, shrunk and
enlarged again, slightly blurred), a tenth made grey. One run, one seed.

To make it again, from the repository's root with the training group installed (`uv sync --group training`), `DIR`
holding the CIFAKE archives and field-dev, `RUN` any folder outside the repository:

```
python -m models.training.train --data DIR --out RUN --epochs {epochs} --seed {seed}{bf16}
python -m models.training.publish --data DIR --run RUN --models models
```

The first resumes when it is run again; `--bf16` is for processors that have AVX512-BF16. The second writes the
model, its card and this file.

## What the number and the words mean
P(AI) = sigmoid(logit / {temperature}), the temperature fitted on the validation pictures. Words:
*Strong signs* from {strong:.4f} (at most 1 % of validation photographs get there), *Some signs* from {some:.4f}
(at most 5 %, and never under 0.5), *Few signs* up to {few:.4f} (at most 1 % of validation AI pictures), *Can't
tell* in between. What was said on the test:

| words | of the photographs | of the AI pictures |
|---|---|---|
{words}

## Figures
On `{test}`, through the program's own decoder and detector; wrong means on the other side of P = 0.5; ECE over
15 bins. The test is half of the official one (even numbers). Noise and blur were added to decoded pictures that
were then stored as PNG. Damage like it was part of training, so these rows are not about unknown damage.

{table}

## On ordinary pictures
On `{field}` ({field_pictures} pictures at natural size, out of this model's range, so that the program gives no
words) it calls {field_accused:.0%} of the photographs AI and misses {field_missed:.0%} of the AI pictures: AUROC
{field_auroc:.2f}, where 0.5 is a coin. AUROC of each generator against all photographs: {generators}.
"""


def model_card_text(card: ModelCard, training: Training, result: dict[str, Any]) -> str:
    """Return the text of MODEL_CARD.md."""
    words = [f"| {word} | {row['not AI']:.1%} | {row['AI']:.1%} |" for word, row in result["words"].items()]
    field = result["field"]
    return _TEMPLATE.format(
        version=card.version,
        licence=card.licence,
        parameters=training.parameters,
        width=card.range.width,
        height=card.range.height,
        training=training.training,
        validation=training.validation,
        epochs=training.settings["epochs"],
        seed=training.settings["seed"],
        bf16=" --bf16" if training.settings.get("bf16") else "",
        damage=training.settings["damage_share"],
        minutes=training.seconds / 60,
        temperature=card.calibration.temperature,
        strong=card.bands.strong,
        some=card.bands.some,
        few=card.bands.few,
        words="\n".join(words),
        test=result["test"],
        table="\n".join(table(result)),
        field=field["pictures"],
        field_pictures=field["all"]["pictures"],
        field_accused=field["all"]["false_positive_rate"],
        field_missed=field["all"]["false_negative_rate"],
        field_auroc=field["all"]["auroc"],
        generators=", ".join(f"{name} {area:.2f}" for name, area in field["generators"].items()),
    )
