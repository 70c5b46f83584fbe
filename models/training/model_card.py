"""Writes MODEL_CARD.md from the card, the run's settings and the evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop_app.detectors.card import ModelCard
from models.training.evaluate import field_sentence, field_table, spans_table, table, words_table


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

Written by `python -m models.training.publish`; the tables are measured, what is said of
data and runs is typed.

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
The test pictures were used for the tables below and for nothing else. They were looked at after each of the three
runs below (97.23%, 97.68% and 97.74%) and of their mean: no setting was chosen by them, but that there are a third
run and a mean was decided after the one before had been seen.

## Training
Three runs, one after the other from the weights of the one before, on one core of a shared machine without an
accelerator, {minutes:.0f} minutes together; AdamW with a one-cycle rate, seed {seed}:

1. 12 passes from random weights, batches of 256, peak rate 0.003, 35% of the pictures damaged (three fixed copies
   of the set), whole pictures; an earlier form of the recipe.
2. 20 passes, batches of 128, peak rate 0.002, 45% damaged, each time anew; the first 60% of the run on windows of
   24 pixels, which teach nearly as much in 0.6 of the time.
3. {epochs} passes, batches of {batch}, peak rate {rate}, {damage:.0%} damaged, whole pictures.

What ships is the mean of the weights of the second and the third run (Wortsman et al. 2022), one network; on the
validation pictures it was right in 97.89%, the two in 97.82% and 97.87%.

Every picture is flipped and shifted at random; damaged means recompressed, noisy, shrunk and enlarged again, or
slightly blurred; a tenth is made grey. One seed, one model.

To make it again, from the repository's root with the training group installed (`uv sync --group training`), `DIR`
holding the CIFAKE archives and field-dev, `RUN` any folder outside the repository:

```
python -m models.training.train --data DIR --out FIRST --epochs 12 --small-share 0 --seed {seed}{bf16}
python -m models.training.train --data DIR --out SECOND --start FIRST/network.pt --epochs 20 --seed {seed}{bf16}
python -m models.training.train --data DIR --out THIRD --start SECOND/network.pt --epochs {epochs} --rate {rate} \\
    --damage-share {damage} --small-share {small} --seed {seed}{bf16}
python -m models.training.average SECOND THIRD --data DIR --out RUN
python -m models.training.publish --data DIR --run RUN --models models
```

A training resumes when it is run again; `--bf16` is for processors that have AVX512-BF16. The last line writes the
model, its card, its figures and this file. To measure the shipped file again, without torch:

```
python -m models.training.evaluate --card models/cifake.json --test DIR/cifake-test-dev.tar.xz --train DIR \\
    --field DIR/field-dev.tar
```

## What the number and the words mean
P(AI) = sigmoid(logit / {temperature}), the temperature fitted on the validation pictures, of which half are AI:
where AI pictures are rarer, fewer of the pictures with a given score are. Words by class-conditional
split-conformal sets at {level:.0%}: *Strong signs* from {strong:.4f} (at most 1 photograph in 100 gets there),
*Few signs* up to {few:.4f} (at most 1 AI picture in 100); *Some signs* from {some:.4f} (at most 5 photographs in
100, and never under 0.5), *Can't tell* in between. What was said on the test:

{words}

How the test pictures of each span of scores turned out, which the program tells beside the number:

{spans}

![Reliability: what the model said against how many were AI](cifake-reliability.svg)

## The file
`{file}`, sha256 `{sha256}`. Golden logits, checked on every computer when the model is loaded: {golden}.

## Where a score came from
The graph's second output, `map`, is the class-activation map (Zhou et al. 2016): the logit of each of 8×8 places,
whose mean is the logit. It shows where the score came from. It is not proof of anything there.

## Figures
On `{test}`, through the program's own decoder and detector; wrong means on the other side of P = 0.5; ECE over
15 bins. The test is half of the official one (even numbers). Noise and blur were added to decoded pictures that
were then stored as PNG. Damage like it was part of training, so these rows are not about unknown damage.

{table}

## On ordinary pictures
{field} They are all out of this model's range, and the program gives no words for them. AUROC is that of a
generator against all photographs.

{field_table}
"""


def model_card_text(card: ModelCard, training: Training, result: dict[str, Any]) -> str:
    """Return the text of MODEL_CARD.md."""
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
        words="\n".join(words_table(result)),
        spans="\n".join(spans_table(result)),
        file=card.model,
        sha256=card.sha256,
        golden=", ".join(f"{golden.pattern} {golden.logit:.4f}" for golden in card.golden),
        level=card.conformal.level if card.conformal else 0.0,
        small=training.settings["small_share"],
        rate=training.settings["rate"],
        batch=training.settings["batch"],
        test=result["test"],
        table="\n".join(table(result)),
        field=field_sentence(field),
        field_table="\n".join(field_table(field)),
    )
