"""An evaluation as Markdown: the one table that the detector is judged by, and those behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from desktop_app.core.estimates import Words
from models.training.ordinary.evaluate import AS_FOUND
from models.training.ordinary.treatments import HARMLESS, SHARING
from models.training.tables import head

_NONE = "–"
_STRONG = Words.STRONG.value
_SIDES = ("photographs", "ai")


class Row(NamedTuple):
    """A measured figure: its name, what was asked for (must, target), the field detector's and the other's."""

    name: str
    must: str
    target: str
    value: str
    beside: str = _NONE


def main_rows(result: dict[str, Any], folds: dict[str, Any], beside: dict[str, Any] | None) -> Iterator[Row]:
    """The figures in the order of their weight.

    Args:
        result: of `models.training.ordinary.evaluate.evaluate`.
        folds: ``mean`` of the folds' crop AUROC, None where nobody measured it.
        beside: of `models.training.ordinary.evaluate.evaluate_beside`, for another model.
    """
    found = result[AS_FOUND]
    other = beside[AS_FOUND] if beside else None
    mean = _NONE if folds["mean"] is None else f"{folds['mean']:.3f}"
    yield Row("AUROC of single crops of unseen sources, mean of the folds", "0.86", "0.90", mean)
    yield Row("AUROC as found", "0.95", "0.97", _area(found), _area(other))
    for name in SHARING:
        shared = beside[name] if beside else None
        value = f"{_area(result[name])}, {_change(result[name]['auroc'] - found['auroc'], 3)}"
        yield Row(f"AUROC after {name}", "−0.02", "−0.01", value, _area(shared))
    said = (_said(found, "ai"), _said(other, "ai"))
    yield Row("AI pictures read *Strong* or *Some*", "75 %", "87 %", *said)
    said = (_said(found, "photographs"), _said(other, "photographs"))
    yield Row("photographs read *Strong* or *Some*", "≤ 5 %", "≤ 5 %", *said)
    said = (_said(found, "photographs", _STRONG), _said(other, "photographs", _STRONG))
    yield Row("photographs read *Strong*", "≤ 1.5 %", "≤ 0.8 %", *said)
    said = (_worst(found), _worst(other))
    yield Row("the worst source of photographs, read *Strong* or *Some*", "≤ 12 %", "≤ 8 %", *said)
    answered = (interval(found["answered"]), interval(other["answered"]) if other else _NONE)
    yield Row("answered: neither *Can't tell* nor out of range", "≥ 60 %", "≥ 75 %", *answered)
    at_five = (interval(found["found_at_5"]), interval(other["found_at_5"]) if other else _NONE)
    yield Row("AI pictures over the score that 5 % of these photographs reach", "", "", *at_five)


def harmless_rows(result: dict[str, Any]) -> Iterator[Row]:
    """What each harmless treatment adds to the photographs that are accused."""
    for name in HARMLESS:
        after = result["harmless"][name]
        value = f"{_change(100 * after['added'], 1)} points: {interval(after)}"
        yield Row(f"photographs read *Strong* or *Some* after {name}", "≤ +3 points", "", value)


def short_table(result: dict[str, Any], folds: dict[str, Any], beside: dict[str, Any] | None) -> list[str]:
    """The main figures as lines, another model's beside them."""
    return _table(result, list(main_rows(result, folds, beside)), targets=False)


def main_table(
    result: dict[str, Any], folds: dict[str, Any], beside: dict[str, Any] | None, *, targets: bool
) -> list[str]:
    """All that the detector is judged by, as lines; with ``targets`` beside what was asked for."""
    return _table(result, [*main_rows(result, folds, beside), *harmless_rows(result)], targets=targets)


def _table(result: dict[str, Any], rows: Sequence[Row], *, targets: bool) -> list[str]:
    found = result[AS_FOUND]
    pictures = f"{found['photographs']} photographs, {found['ai']} AI pictures of `{result['test']}` (95 %)"
    asked = ["must", "target"] if targets else []
    lines = []
    for row in rows:
        wanted = [row.must, row.target] if targets else []
        lines.append(f"| {' | '.join([row.name, *wanted, row.value, row.beside])} |")
    return [*head([pictures, *asked, "field detector", "CIFAKE model"]), *lines]


def words_table(result: dict[str, Any]) -> list[str]:
    """What was said, as lines; beside it by ``--model auto``, which looks twice at *Strong*, where measured."""
    parts = {"": result[AS_FOUND], **({", auto": result["auto"]} if "auto" in result else {})}
    columns = [f"{side}{name}" for name in parts for side in ("photographs", "AI pictures")]
    lines = []
    for word in Words:
        shares = [interval(part["words"][side][word.value]) for part in parts.values() for side in _SIDES]
        lines.append(f"| {word.value} | {' | '.join(shares)} |")
    return [*head(["words", *columns]), *lines]


def eras_table(result: dict[str, Any]) -> list[str]:
    """Recent and old generators apart, and beside them the pictures under the range, as lines."""
    parts = dict(result["eras"])
    if "smaller" in result:
        parts["smaller than the range, against all photographs"] = result["smaller"]
    lines = [
        f"| {name} | {part['ai']} | {_area(part)} | {_said(part, 'ai')} | {interval(part['found_at_5'])} |"
        for name, part in parts.items()
    ]
    return [*head(["generators", "n", "AUROC", "read *Strong* or *Some*", "found at 5 % accused"]), *lines]


def origins_table(result: dict[str, Any]) -> list[str]:
    """Every source of photographs and every generator, as found, as lines."""
    lines = []
    for line in result[AS_FOUND]["origins"]:
        area = _NONE if line["auroc"] is None else f"{line['auroc']:.3f}"
        kind = "AI" if line["ai"] else "photographs"
        lines.append(
            f"| {line['name']} | {kind} | {line['n']} | {interval(line)} | {100 * line['strong']:.1f} % | {area} |"
        )
    return [*head(["source", "kind", "n", "read *Strong* or *Some*", "*Strong*", "AUROC"]), *lines]


def agreement_sentence(result: dict[str, Any]) -> str:
    """How the command line and this process compare."""
    compared = result["agreement"]
    return (
        f"`telltale scan` and the same code in one process, {compared['pictures']} pictures: largest difference "
        f"of the probability {compared['largest_difference']:.1g}, {compared['other_words']} other words."
    )


def interval(value: dict[str, Any]) -> str:
    """A share with its 95 % interval."""
    return f"{100 * value['share']:.1f} % ({100 * value['low']:.1f}–{100 * value['high']:.1f})"


def _change(value: float, digits: int) -> str:
    return f"{value:+.{digits}f}".replace("-", "−")


def _area(part: dict[str, Any] | None) -> str:
    if part is None:
        return _NONE
    low, high = part["auroc_95"]
    return f"{part['auroc']:.3f} ({low:.3f}–{high:.3f})"


def _said(part: dict[str, Any] | None, side: str, words: str = "accused") -> str:
    return _NONE if part is None else interval(part["words"][side][words])


def _worst(part: dict[str, Any] | None) -> str:
    if part is None:
        return _NONE
    line = max((line for line in part["origins"] if not line["ai"]), key=lambda line: float(line["share"]))
    return f"{interval(line)}, {line['name']}"
