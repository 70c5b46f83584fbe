from pathlib import Path

import msgspec
import numpy as np
import pytest

from desktop_app.core.errors import ModelBrokenError
from desktop_app.detectors.card import ModelCard, load_card
from desktop_app.detectors.golden import GOLDEN_PATTERNS
from desktop_app.imaging.decode import decode
from desktop_app.imaging.decoder import Decoder
from models.training.calibrate import Bands
from models.training.card import write_card
from models.training.ordinary.card import FIELD_VIEWS, SHORTEST, field_card
from models.training.ordinary.views import VIEWS_OF_KIND
from models.training.reliability import spans
from models.training.scoring import Scorer
from tests.models.ordinary import makers
from tests.support import onnx_files, pictures
from tests.support.field_views import FIELD_VIEWS as RULES

LOSSLESS: dict[str, dict[str, object]] = {
    "PNG": {},
    "PNG unpacked": {"compress_level": 0},
    "BMP": {},
    "TIFF": {},
    "TIFF packed": {"compression": "tiff_lzw"},
    "WEBP": {"lossless": True},
}


@pytest.mark.parametrize("size", [(300, 301), (640, 480), (1200, 1700)])
def test_views_are_the_same_bytes_however_the_picture_is_stored_and_wherever_it_is_read(
    size: tuple[int, int],
) -> None:
    image = pictures.photo(*size)
    rules = [view.rule() for view in FIELD_VIEWS]
    files = [pictures.encode(image, name.split()[0], **options) for name, options in LOSSLESS.items()]
    with Decoder() as decoder:
        seen = [decoder.decode(file, views=rules).views for file in files]
    assert [(view.width, view.height) for view in seen[0]] == [(192, 192)] * 6
    seen += [decode(file, views=rules, thumbnail_side=side).views for file in files for side in (None, 256)]
    assert seen.count(seen[0]) == len(seen)


def test_the_views_are_those_that_the_program_was_tested_with() -> None:
    rules = [view.rule() for view in FIELD_VIEWS]
    assert tuple(rules) == RULES
    kinds = {("resized" if rule.shrink else "native"): rule.count for rule in rules}
    assert kinds == VIEWS_OF_KIND


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "field.onnx"
    path.write_bytes(makers.bright_network())
    return path


def made(model: Path) -> ModelCard:
    rng = np.random.default_rng(0)
    counted = spans(rng.random(100), np.arange(100) % 2 == 1)
    return field_card(model, 1.5, Bands(few=0.1, some=0.6, strong=0.9), counted)


def test_a_file_with_other_inputs_gets_no_card(model: Path) -> None:
    model.write_bytes(onnx_files.red_logit())
    with pytest.raises(ModelBrokenError, match="input and output"):
        made(model)


def test_the_card_of_a_file_is_one_that_the_program_takes(model: Path) -> None:
    write_card(made(model), model.with_suffix(".json"))
    card = load_card(model.with_suffix(".json"))
    assert [golden.pattern for golden in card.golden] == list(GOLDEN_PATTERNS)
    assert card.counts is not None
    assert sum(span.photographs + span.ai for span in card.counts) == 100
    assert card.limits
    assert (card.calibration.temperature, card.bands.strong) == (1.5, 0.9)


def test_the_range_begins_where_the_pictures_that_were_measured_do(model: Path) -> None:
    bounds = made(model).range
    assert bounds.holds(SHORTEST, 4000)
    assert not bounds.holds(4000, SHORTEST - 1)
    assert bounds.flat_share_max is not None


def test_golden_scores_are_asked_again_when_the_program_loads_the_file(model: Path) -> None:
    card = made(model)
    first = card.golden[0]
    write_card(card, model.with_suffix(".json"))
    picture = pictures.png(400, 400)
    with Scorer(model.with_suffix(".json")) as scorer:
        assert scorer.score(picture).shorter == 400
    wrong = msgspec.structs.replace(first, logit=first.logit + 1)
    write_card(msgspec.structs.replace(card, golden=(wrong,)), model.with_suffix(".json"))
    with Scorer(model.with_suffix(".json")) as scorer, pytest.raises(RuntimeError, match="other numbers"):
        scorer.score(picture)
