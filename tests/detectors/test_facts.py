from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop_app.detectors.facts import Section, model_facts, models_facts
from desktop_app.system.paths import models_dir

FIELD = {
    "name": "ordinary",
    "pictures": 460,
    "auroc": 0.47,
    "false_positive_rate": 0.43,
    "false_negative_rate": 0.58,
    "sources": [{"name": "Albums", "ai": False, "n": 230, "called_ai": 0.43, "low": 0.37, "high": 0.5}],
}
OWN = {"name": "own", "pictures": 10, "rows": [{"name": "As they are", "n": 10, "accuracy": 0.9}]}


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A copy of the bundled card, without anything beside it."""
    return Path(shutil.copy(models_dir() / "cifake.json", tmp_path))


def changed(card: Path, **fields: Any) -> Path:
    card.write_text(json.dumps(json.loads(card.read_text()) | fields))
    return card


def with_figures(card: Path, content: object) -> Path:
    card.with_name("cifake.figures.json").write_text(json.dumps(content))
    return card


def section(card: Path, heading: str) -> Section:
    (found,) = [section for section in model_facts(card) if section.heading == heading]
    return found


def headings(card: Path) -> list[str]:
    return [section.heading for section in model_facts(card)]


def test_a_broken_card_is_the_whole_page(card: Path) -> None:
    card.write_text("{")
    (only,) = model_facts(card)
    assert only.heading == "The model can't be used"
    assert "not valid" in only.text


def test_broken_figures_take_nothing_else_away(card: Path) -> None:
    before = headings(card)
    with_figures(card, {"field": 1})
    assert headings(card) == [*before, "The figures can't be shown"]
    assert "Answers don't depend on them" in section(card, "The figures can't be shown").text


def test_without_figures_their_parts_are_absent(card: Path) -> None:
    assert "How it does on ordinary pictures" not in headings(card)
    assert all(section.table is None for section in model_facts(card))


def test_without_measurements_the_model_claims_no_skill(card: Path) -> None:
    changed(card, figures=None)
    assert headings(card) == ["What it knows", "What it doesn't know", "What the words mean", "Which file"]


@pytest.mark.parametrize(
    ("auroc", "verdict"),
    [
        (0.31, "worse than a coin"),
        (0.47, "no better than a coin"),
        (0.54, "no better than a coin"),
        (0.6, "little better than a coin"),
    ],
)
def test_ordinary_pictures_are_the_reason_for_no_words(card: Path, auroc: float, verdict: str) -> None:
    said = section(with_figures(card, {"field": {**FIELD, "auroc": auroc}}), "How it does on ordinary pictures")
    assert said.text.startswith(f"On 460 ordinary pictures (ordinary) it is {verdict} (AUROC {auroc:.2f}): ")
    assert "it calls 43\u00a0% of the photographs AI and misses 58\u00a0% of the AI pictures" in said.text
    assert "“Outside this model's range”" in said.text
    assert said.table is not None
    assert "Shared" not in said.note


def test_a_model_that_knows_ordinary_pictures_needs_no_such_reason(card: Path) -> None:
    said = section(with_figures(card, {"field": {**FIELD, "auroc": 0.93}}), "How it does on ordinary pictures")
    assert "it is better than a coin (AUROC 0.93)" in said.text
    assert "range" not in said.text


def test_what_sharing_does_is_told_under_the_table(card: Path) -> None:
    with_figures(card, {"field": {**FIELD, "shared": {**FIELD, "false_positive_rate": 0.2}}})
    note = section(card, "How it does on ordinary pictures").note
    assert "then it calls 20\u00a0% of the photographs AI" in note


def test_its_skill_stands_over_the_table_of_its_own_test(card: Path) -> None:
    said = section(with_figures(card, {"test": OWN}), "How good it is on pictures it knows")
    assert "of its answers were right" in said.text
    assert said.table is not None


def test_the_words_come_with_the_cards_own_limits(card: Path) -> None:
    changed(card, bands={"few": 0.1, "some": 0.5, "strong": 0.9}, conformal=None)
    said = section(card, "What the words mean").text.split("\n")
    assert said[0] == "Strong signs of AI: from 90\u00a0% on."
    assert said[2] == "Few signs of AI: up to 10\u00a0%. It is not proof of a camera."


def test_conformal_limits_say_how_rarely_they_are_wrong(card: Path) -> None:
    bands = {"few": 0.1, "some": 0.5, "strong": 0.9}
    changed(card, bands=bands, conformal={"level": 0.99, "ai_from": 0.1, "photograph_to": 0.9})
    said = section(card, "What the words mean").text
    assert "from 90\u00a0% on. At most 1 in 100 photographs of the validation set got this." in said
    assert "up to 10\u00a0%. At most 1 in 100 AI pictures of the validation set got this." in said
    assert "a number under 10\u00a0% excludes AI" in said


def test_limits_that_conformal_sets_do_not_back_claim_no_rarity(card: Path) -> None:
    bands = {"few": 0.2, "some": 0.5, "strong": 0.8}
    changed(card, bands=bands, conformal={"level": 0.99, "ai_from": 0.1, "photograph_to": 0.9})
    assert "validation" not in section(card, "What the words mean").text


def test_a_strangers_texts_are_made_plain(card: Path) -> None:
    changed(card, title="a\u202eb", licence="c\nd")
    said = section(card, "Which file").text
    assert said.startswith("ab, version ")
    assert "c\N{REPLACEMENT CHARACTER}d" in said


def test_what_a_strangers_card_says_is_not_said_in_telltales_voice() -> None:
    first = model_facts(models_dir() / "cifake.json", own=True)[0]
    assert "its maker says" in first.text
    assert all("its maker says" not in section.text for section in model_facts(models_dir() / "cifake.json"))


UNSEEN = {
    "name": "paint-o-matic",
    "ai": True,
    "n": 400,
    "called_ai": 0.62,
    "low": 0.57,
    "high": 0.67,
    "auroc": 0.91,
}
FOLDS = {**FIELD, "auroc": 0.97, "unseen_sources": 0.884, "unseen_generators": [UNSEEN]}


def test_a_broken_card_among_several_leaves_the_others_their_parts(card: Path, tmp_path: Path) -> None:
    told = models_facts([(tmp_path / "none.json", False), (card, False)])
    assert [section.heading for section in told if section.opens] == ["none", "CIFAKE model"]
    assert told[0].text.split("\n")[1:-2] == ["CIFAKE model: pictures of exactly 32×32 pixels."]
    assert told[2].heading == "The model can't be used"


def test_each_model_opens_its_own_part_and_size_divides_the_work(card: Path) -> None:
    other = changed(
        Path(shutil.copy(card, card.with_name("other.json"))),
        title="Other",
        range={"reason": "It needs more.", "shorter_side_min": 300},
    )
    told = models_facts([(card, False), (other, True)])
    assert told[0].heading == "Which of them answers"
    assert "Other: pictures whose shorter side has at least 300 pixels." in told[0].text
    assert [(section.heading, section.text) for section in told if section.opens] == [
        ("CIFAKE model", ""),
        ("Other", ""),
    ]
    after = told[[section.heading for section in told].index("Other") + 1]
    assert "its maker says" in after.text


def test_a_model_that_does_not_answer_is_told_of_and_left_out_of_the_division(card: Path) -> None:
    other = changed(Path(shutil.copy(card, card.with_name("other.json"))), title="Other", experimental=True)
    division, *told = models_facts([(card, False), (other, False)], [card])
    assert "CIFAKE model: " in division.text
    assert "Other" not in division.text
    assert "Other" in [section.heading for section in told if section.opens]


def test_the_rates_of_the_words_are_said_where_the_card_has_them(card: Path) -> None:
    bands = {"few": 0.3, "some": 0.7, "strong": 0.9, "photographs_strong": 0.01, "photographs_some": 0.05}
    words = section(changed(card, bands=bands | {"ai_few": 0.1}, conformal=None), "What the words mean").text
    assert "from 90 % on. At most 1 in 100 photographs of the validation set got this." in words.replace(
        "\xa0", " "
    )
    assert "At most 5 in 100 photographs of the validation set got this or more." in words
    assert "At most 10 in 100 AI pictures of the validation set got this." in words


def test_a_model_alone_needs_no_division_of_work(card: Path) -> None:
    opening, *told = models_facts([(card, False)])
    assert (opening.heading, opening.opens) == ("CIFAKE model", True)
    assert tuple(told) == model_facts(card)


def test_an_experimental_model_is_said_to_be_one(card: Path) -> None:
    (opening, *_) = models_facts([(changed(card, experimental=True), False)])
    assert opening.text.startswith("This model is experimental")


def test_flat_pictures_are_among_what_it_does_not_know(card: Path) -> None:
    assert "screenshots" not in section(card, "What it doesn't know").text
    flat = {"reason": "Too small.", "shorter_side_min": 300, "flat_share_max": 0.6}
    said = section(changed(card, range=flat), "What it doesn't know").text.split("\n")
    assert said[0] == "Too small."
    assert said[1].startswith("Drawings, charts, screenshots and pages of text are outside")


def test_what_it_is_known_to_misjudge_is_said_a_line_each(card: Path) -> None:
    assert "What it is known to misjudge" not in headings(card)
    changed(card, limits=["Old scans.", "Paint\u202eings."])
    assert section(card, "What it is known to misjudge").text == "Old scans.\nPaintings."


def test_the_figure_on_sources_it_has_never_seen_comes_first(card: Path) -> None:
    said = section(with_figures(card, {"field": FOLDS}), "How it does on ordinary pictures").text.split("\n")
    assert said[0].startswith("What counts most for your pictures: ")
    assert "an AUROC of 0.88 (" in said[0]
    assert said[1].startswith("On 460 ordinary pictures (ordinary) it is better than a coin (AUROC 0.97): ")


def test_generators_that_were_left_out_have_a_table_of_their_own(card: Path) -> None:
    said = section(with_figures(card, {"field": FOLDS}), "How it does on generators it has never seen")
    assert said.table is not None
    assert said.table.columns == ("Generator left out", "Crops", "Found", "AUROC")
    assert said.table.rows == (("paint-o-matic", "400", "62\u00a0% (57–67)", "0.91"),)
    assert said.note.startswith("Found: ")


def test_figures_by_words_say_what_is_strong_and_how_much_was_answered(card: Path) -> None:
    by_words = {"words": True, "strong_photographs": 0.008, "strong_ai": 0.71, "answered": 0.82}
    said = section(with_figures(card, {"field": {**FIELD, **by_words}}), "How it does on ordinary pictures")
    assert "Called AI are those that read Strong or Some signs of AI." in said.text
    assert "Strong alone read 0.8\u00a0% of the photographs and 71\u00a0% of the AI pictures." in said.text
    assert "82\u00a0% got an answer" in said.text
    assert said.table is not None
    assert said.table.columns[2] == "Strong or Some"
