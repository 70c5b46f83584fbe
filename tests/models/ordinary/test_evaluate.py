from pathlib import Path

import pytest

from desktop_app.core.estimates import Words
from desktop_app.imaging.reading import read_picture
from models.training.field import FieldPicture, field_pictures
from models.training.ordinary import evaluate
from models.training.ordinary.scan import scanned
from models.training.ordinary.scored import Scored
from models.training.ordinary.treatments import HARMLESS, SHARING
from models.training.scoring import Answer, Scorer
from tests.models.ordinary import makers
from tests.support import pictures


def test_a_file_without_a_picture_stops_the_measuring(tmp_path: Path) -> None:
    broken = [FieldPicture(b"no picture", ai=True, origin="maker")]
    with pytest.raises(RuntimeError, match="no answer"):
        scanned(broken, str(makers.bright_card(tmp_path)))


def test_an_unknown_model_stops_the_measuring() -> None:
    with pytest.raises(RuntimeError, match="0 of 1"):
        scanned([FieldPicture(pictures.png(), ai=True, origin="maker")], "nobody's")


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_treatment_gets_the_picture_upright_and_what_it_gives_is_not_changed(orientation: int) -> None:
    stored = pictures.stored_turned(pictures.photo(40, 20), orientation)
    content = pictures.encode(stored, "JPEG", exif=pictures.exif(orientation))
    again = read_picture(evaluate.treated(content, lambda image: image)).image
    assert again.size == (40, 20)
    assert again.tobytes() == read_picture(content).image.tobytes()


def test_two_ways_through_the_program_are_compared() -> None:
    one = [Answer(0.5, "a", 300), Answer(0.25, "b", 300)]
    other = [Answer(0.5, "a", 300), Answer(0.75, "c", 300)]
    assert evaluate.agreement(one, one) == {"pictures": 2, "largest_difference": 0, "other_words": 0}
    assert evaluate.agreement(one, other) == {"pictures": 2, "largest_difference": 0.5, "other_words": 1}


def test_a_harmless_treatment_adds_what_it_accuses(tmp_path: Path) -> None:
    levels = {str(level): (level, side, "real-camera") for level, side in ((40, 400), (139, 400), (240, 500))}
    photographs = list(field_pictures(makers.field_archive(tmp_path, levels)))
    with Scorer(makers.bright_card(tmp_path)) as scorer:
        found = Scored.of(photographs, [scorer.score(picture.content) for picture in photographs])
        result = evaluate.harmless(photographs, scorer, found)
    assert set(result) == {evaluate.AS_FOUND, *HARMLESS}
    assert result[evaluate.AS_FOUND]["share"] == pytest.approx(1 / 3, abs=1e-3)
    assert result["sharpen"]["added"] == 0
    assert result["tone curve"]["added"] == pytest.approx(1 / 3, abs=1e-3)  # the middle one gets brighter


def test_the_command_line_and_this_process_say_the_same_of_every_picture(tmp_path: Path) -> None:
    archive, card = makers.field_archive(tmp_path, makers.FIELD), makers.bright_card(tmp_path)
    result = evaluate.evaluate(card, archive)
    assert result["agreement"] == {"pictures": 5, "largest_difference": 0, "other_words": 0}
    found = result[evaluate.AS_FOUND]
    assert (found["photographs"], found["ai"], found["auroc"]) == (2, 2, 1.0)
    assert found["words"]["ai"]["accused"]["share"] == 1
    assert (result["smaller"]["photographs"], result["smaller"]["ai"]) == (2, 1)
    assert result["smaller"]["words"]["ai"][Words.OUT_OF_RANGE.value]["share"] == 1
    assert all(result[name]["auroc"] == 1 for name in SHARING)
    beside = evaluate.evaluate_beside(card, archive)
    assert beside[evaluate.AS_FOUND] == found
