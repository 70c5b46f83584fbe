"""The files that ship, as ``models.training.ordinary.publish`` wrote them."""

import hashlib
import json
from pathlib import Path

import pytest

from desktop_app.detectors.card import ModelCard, load_card
from desktop_app.detectors.figures import FieldFigures, load_figures
from desktop_app.detectors.golden import GOLDEN_PATTERNS
from models.training.ordinary.card import FIELD_VIEWS, FLAT_SHARE_MAX, SHORTEST
from models.training.ordinary.goldens import scores
from models.training.parts import MARK

ROOT = Path(__file__).parents[3]
CARD = ROOT / "models" / "field.json"


@pytest.fixture(scope="module")
def card() -> ModelCard:
    return load_card(CARD)


@pytest.fixture(scope="module")
def figures() -> FieldFigures:
    read = load_figures(CARD)
    assert read is not None
    assert read.field is not None
    return read.field


def test_the_card_describes_the_file_beside_it(card: ModelCard) -> None:
    model = CARD.with_name(card.model)
    assert hashlib.sha256(model.read_bytes()).hexdigest() == card.sha256
    assert model.stat().st_size <= 15_000_000


def test_the_card_holds_what_the_program_needs(card: ModelCard) -> None:
    assert {golden.pattern for golden in card.golden} == set(GOLDEN_PATTERNS)
    assert 0 < card.bands.few < card.bands.some < card.bands.strong < 1
    assert card.bands.some >= 0.5
    assert card.input.views == FIELD_VIEWS
    assert (card.range.shorter_side_min, card.range.flat_share_max) == (SHORTEST, FLAT_SHARE_MAX)
    assert card.counts
    assert card.limits


def test_whole_pictures_made_here_get_the_scores_that_they_got_when_it_was_published(card: ModelCard) -> None:
    # Through decoder, views and network: a probability moves by at most a quarter of what the logit does.
    expected = json.loads(Path(__file__).with_name("goldens.json").read_bytes())
    assert scores(CARD) == pytest.approx(expected, abs=card.golden_tolerance / 4)


def test_the_figures_are_of_unseen_sources_first(figures: FieldFigures) -> None:
    assert figures.words
    assert figures.unseen_sources is not None
    assert len(figures.unseen_generators) >= 5
    assert figures.shared is not None


def test_the_model_card_and_the_readme_show_the_same_figures(card: ModelCard, figures: FieldFigures) -> None:
    part = (ROOT / "models" / "MODEL_CARD.md").read_text(encoding="utf-8").partition(MARK)[2]
    assert card.sha256 in part
    for text in (part, (ROOT / "README.md").read_text(encoding="utf-8")):
        assert f"| {figures.unseen_sources:.3f} |" in text
        assert f"| AUROC as found | {figures.auroc:.3f} (" in text
        assert f"| photographs read *Strong* or *Some* | {100 * figures.false_positive_rate:.1f} % (" in text
