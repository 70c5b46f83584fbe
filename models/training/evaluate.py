r"""Measure the shipped models on labelled pictures, through the program's own decoder, preprocessing and detector.

    python -m models.training.evaluate --card models/cifake.json --test DIR/cifake-test-dev.tar.xz --train DIR \
        --field DIR/field-dev.tar
    python -m models.training.evaluate --field DIR/field-dev.tar --field-card models/field.json \
        --card models/cifake.json

The first is about the CIFAKE model, the second about the field detector, with the CIFAKE model beside it where
--card is given. Prints the tables of MODEL_CARD.md; --json writes all numbers. Either test of the first may be
left out. The test archives are for this alone: nothing is fitted on them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.training import damages, data
from models.training.field import measure_field
from models.training.figures import figures
from models.training.metrics import Flags, Floats
from models.training.reliability import spans
from models.training.scoring import Scorer
from models.training.tables import head

_COLUMNS = ("pictures", "n", "accuracy (95 %)", "AUROC", "false positives", "false negatives", "ECE")
_FIELD_COLUMNS = ("source", "kind", "n", "called AI (95 %) / shared", "AUROC / shared")
_ERRORS = ("false_positive_rate", "false_negative_rate")


def words_shares(words: Sequence[str], ai: Flags) -> dict[str, dict[str, float]]:
    """How often each of the program's words was said, by truth."""
    said = np.array(words)
    sides = {"not AI": ~ai, "AI": ai}
    return {
        word: {side: round(float((said[chosen] == word).mean()), 4) for side, chosen in sides.items()}
        for word in sorted(set(words))
    }


def training_digests(folder: Path) -> set[bytes]:
    """SHA-256 of every training file."""
    return {data.digest(entry.data) for name in data.TRAIN_ARCHIVES for entry in data.read_archive(folder / name)}


def is_grey(content: bytes) -> bool:
    """Whether a picture's three channels are equal to within JPEG's rounding."""
    pixels = data.decode(content).astype(np.int16)
    return int(np.ptp(pixels, axis=2).max()) <= 4  # noqa: PLR2004  # 4:2:0 grey comes back within 2 or 3


class Evaluation:
    """Scores one test archive clean and damaged, and slices the result."""

    def __init__(self, entries: Sequence[data.Entry], scorer: Scorer) -> None:
        self._entries = entries
        self._scorer = scorer
        self._ai = np.array([entry.ai for entry in entries])

    def clean(self, seen: set[bytes]) -> dict[str, Any]:
        """Figures as the files are: all, without copies of training files, by kind, grey apart; words, spans."""
        answers = [self._scorer.score(entry.data) for entry in self._entries]
        p = np.array([answer.p for answer in answers])
        copy = np.array([data.digest(entry.data) in seen for entry in self._entries])
        grey = np.array([is_grey(entry.data) for entry in self._entries])
        kind = np.array([entry.kind for entry in self._entries])
        return {
            "all": figures(p, self._ai),
            "without_training_copies": figures(p[~copy], self._ai[~copy]),
            "grey": figures(p[grey], self._ai[grey]),
            "colour": figures(p[~grey], self._ai[~grey]),
            "kinds": {name: self._part(p, kind == index) for index, name in enumerate(data.KINDS)},
            "words": words_shares([answer.words for answer in answers], self._ai),
            "spans": spans(p, self._ai),
        }

    def damaged(self, spoil: Callable[[bytes, int], bytes]) -> dict[str, Any]:
        """Figures after `spoil(file, number)` was applied to every file."""
        p = [self._scorer.score(spoil(entry.data, number)).p for number, entry in enumerate(self._entries)]
        return figures(np.array(p), self._ai)

    def _part(self, p: Floats, chosen: Flags) -> dict[str, Any]:
        return figures(p[chosen], self._ai[chosen])


def evaluate(card: Path, test: Path, train: Path) -> dict[str, Any]:
    """Everything that is measured, as JSON-ready numbers."""
    with Scorer(card) as scorer:
        evaluation = Evaluation(list(data.read_archive(test)), scorer)
        result: dict[str, Any] = {"test": test.name.partition(".")[0], **evaluation.clean(training_digests(train))}
        result["damaged"] = {name: evaluation.damaged(spoil) for name, spoil in damages.DAMAGES.items()}
    return result


def rows(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The figures of every part of the test that has pictures, by its name for people."""
    named = {
        "as they are": result["all"],
        "without byte copies of training files": result["without_training_copies"],
        "grey only": result["grey"],
        "colour only": result["colour"],
        **{f"after {name}": value for name, value in result["damaged"].items()},
        **result["kinds"],
    }
    return {name: value for name, value in named.items() if value["pictures"]}


def table(result: dict[str, Any]) -> list[str]:
    """The result as lines of a Markdown table."""
    return [*head(_COLUMNS), *(_row(name, value) for name, value in rows(result).items())]


def words_table(result: dict[str, Any]) -> list[str]:
    """What was said, as lines of a Markdown table."""
    lines = (f"| {word} | {row['not AI']:.1%} | {row['AI']:.1%} |" for word, row in result["words"].items())
    return [*head(("words", "of the photographs", "of the AI pictures")), *lines]


def spans_table(result: dict[str, Any]) -> list[str]:
    """How the pictures of each span of scores turned out, as lines of a Markdown table."""
    lines = (
        f"| {span['low']:.0%}–{span['high']:.0%} | {span['photographs']} | {span['ai']} |"
        for span in result["spans"]
    )
    return [*head(("score", "photographs", "AI pictures")), *lines]


def field_sentence(field: dict[str, Any]) -> str:
    """The whole field test in one sentence."""
    found, shared = field["all"], field["shared"]["all"]
    return (
        f"On `{field['pictures']}` ({found['pictures']} pictures at natural size) it calls "
        f"{_with_interval(found, 'false_positive_rate')} of the photographs AI and misses "
        f"{_with_interval(found, 'false_negative_rate')} of the AI pictures: AUROC {found['auroc']:.2f}, where "
        f"0.5 is a coin; after one more JPEG re-encoding AUROC {shared['auroc']:.2f}."
    )


def _with_interval(value: dict[str, Any], key: str) -> str:
    low, high = value[f"{key}_95"]
    return f"{value[key]:.0%} ({low:.0%}–{high:.0%})"


def field_table(field: dict[str, Any]) -> list[str]:
    """Ordinary pictures by source and generator, as lines of a Markdown table; after "/": shared once as JPEG."""
    again = {(row["ai"], row["name"]): row for row in field["shared"]["origins"]}
    lines = (_field_row(row, again[row["ai"], row["name"]]) for row in field["origins"])
    return [*head(_FIELD_COLUMNS), *lines]


def _field_row(row: dict[str, Any], shared: dict[str, Any]) -> str:
    called = f"{row['called_ai']:.0%} ({row['low']:.0%}–{row['high']:.0%}) / {shared['called_ai']:.0%}"
    area = "–" if row["auroc"] is None else f"{row['auroc']:.2f} / {shared['auroc']:.2f}"
    return f"| {row['name']} | {'AI' if row['ai'] else 'photographs'} | {row['n']} | {called} | {area} |"


def _row(name: str, value: dict[str, Any]) -> str:
    low, high = value["accuracy_95"]
    accuracy_text = f"{value['accuracy']:.2%} ({low:.2%}–{high:.2%})"
    area = f"{value['auroc']:.4f}" if "auroc" in value else "–"
    wrong = [f"{value[key]:.2%}" if key in value else "–" for key in _ERRORS]
    cells = [name, str(value["pictures"]), accuracy_text, area, *wrong, f"{value['ece']:.2%}"]
    return f"| {' | '.join(cells)} |"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--card", type=Path, help="card of the CIFAKE model")
    parser.add_argument("--test", type=Path, help="tar with REAL and FAKE folders")
    parser.add_argument("--train", type=Path, help="folder of the training archives, needed with --test")
    parser.add_argument("--field", type=Path, help="tar of ordinary pictures, its labels in the CSV beside it")
    parser.add_argument("--field-card", type=Path, help="card of the field detector, which --field then measures")
    parser.add_argument("--json", type=Path, help="write the figures here")
    given = parser.parse_args()
    if given.test and not (given.train and given.card):
        parser.error("--test needs --card, and --train to find the copies of training files")
    if not (given.card or given.field_card):
        parser.error("one of --card and --field-card is needed")
    if given.field_card and not given.field:
        parser.error("--field-card needs --field")
    return given


def main() -> None:
    """Evaluate from the command line."""
    given = arguments()
    result = evaluate(given.card, given.test, given.train) if given.test else {}
    if given.test:
        print("\n".join([*table(result), "", *words_table(result), "", *spans_table(result)]))
    if given.field_card:
        from models.training.ordinary.measure import measure_shipped, told

        result["field"] = measure_shipped(given.field_card, given.field, given.card)
        print("\n".join(told(result["field"], targets=True)))
    elif given.field:
        result["field"] = measure_field(given.card, given.field)
        print("\n".join(["", field_sentence(result["field"]), "", *field_table(result["field"])]))
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
