"""Which of the bundled models answers: the table of the ways a picture can go."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Examination
from desktop_app.core.errors import ModelBrokenError
from desktop_app.core.estimates import Estimate, Words
from desktop_app.detectors.auto import AutoDetector
from desktop_app.detectors.offline import OfflineDetector
from desktop_app.imaging.decode import decode
from tests.support import pictures
from tests.support.onnx_files import put, red_logit

EXACT = {"width": 32, "height": 32, "reason": "It knows 32×32 alone."}
ORDINARY = {"shorter_side_min": 300, "reason": "It needs more pixels."}
SMALL_VIEW = {"crop": "centre_square", "width": 8, "height": 8, "resize": "bilinear"}
HALVES = SMALL_VIEW | {"crop": "halves", "shrink": {"side": 64, "share": 0.75, "least": 16}, "jpeg_quality": 90}
QUARTERS = SMALL_VIEW | {"crop": "quarters", "jpeg_quality": 90}


def views(*cards: dict[str, Any]) -> dict[str, Any]:
    numbers = {"scale": 255, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}
    return {"name": "x", "layout": "NCHW", "views": list(cards)} | numbers


@pytest.fixture
def cards(tmp_path: Path) -> tuple[Path, Path]:
    small = put(tmp_path, red_logit(), "small", title="Small model", range=EXACT, input=views(SMALL_VIEW))
    ordinary = put(
        tmp_path, red_logit(), "ordinary", title="Ordinary model", range=ORDINARY, input=views(HALVES, QUARTERS)
    )
    return small, ordinary


@pytest.fixture
def auto(cards: tuple[Path, Path]) -> Iterator[AutoDetector]:
    small, ordinary = cards
    made = AutoDetector(OfflineDetector(small), OfflineDetector(ordinary))
    yield made
    made.close()


def ask(auto: AutoDetector, data: bytes) -> Estimate:
    picture = decode(data, views=auto.views, thumbnail_side=None)
    return auto.submit(Examination(picture, data), CancelToken()).result(20)


@pytest.mark.parametrize("missing", [0, 1])
def test_it_can_be_used_only_when_both_can(auto: AutoDetector, cards: tuple[Path, Path], missing: int) -> None:
    cards[missing].with_suffix(".onnx").unlink()
    available = auto.availability()
    assert not available.ready
    assert available.why_not == ModelBrokenError().message


@pytest.mark.parametrize(
    ("size", "detector", "in_range"),
    [
        ((32, 32), "small", True),
        ((1, 1), "small", False),
        ((31, 32), "small", False),
        ((33, 33), "small", False),
        ((299, 4000), "small", False),
        ((4000, 299), "small", False),
        ((300, 300), "ordinary", True),
        ((300, 900), "ordinary", True),
        ((900, 300), "ordinary", True),
        ((1600, 1200), "ordinary", True),
    ],
)
def test_the_size_decides_which_model_answers(
    auto: AutoDetector,
    size: tuple[int, int],
    detector: str,
    in_range: bool,  # noqa: FBT001
) -> None:
    estimate = ask(auto, pictures.png(*size))
    assert (estimate.detector, estimate.in_range) == (detector, in_range)
    assert (estimate.words is Words.OUT_OF_RANGE) is not in_range


def test_the_choice_comes_with_its_reason(auto: AutoDetector) -> None:
    assert ask(auto, pictures.png(32, 32)).chosen == "The Small model answers pictures of exactly 32×32 pixels."
    chosen = ask(auto, pictures.png(640, 480)).chosen
    assert chosen == "The Ordinary model answers pictures whose shorter side has at least 300 pixels."


def test_a_picture_between_hears_what_either_model_needs(auto: AutoDetector) -> None:
    estimate = ask(auto, pictures.png(256, 200))
    assert estimate.chosen == ""
    assert estimate.range_reason.startswith("This picture has 256×200 pixels. The Small model answers")
    assert "at least 300 pixels" in estimate.range_reason


def test_a_picture_shows_its_own_model_s_views_alone(auto: AutoDetector) -> None:
    assert len(decode(pictures.png(32, 32), views=auto.views).views) == 1
    assert len(decode(pictures.png(300, 300), views=auto.views).views) == 6


def test_a_turned_picture_goes_where_it_would_go_upright(auto: AutoDetector) -> None:
    turned = pictures.jpeg(640, 300, exif=pictures.exif(6))
    assert ask(auto, turned).detector == "ordinary"


def test_only_the_model_that_is_needed_is_loaded(cards: tuple[Path, Path]) -> None:
    small, ordinary = cards
    ordinary.with_suffix(".onnx").write_bytes(b"no model")  # loading it would fail
    with closing(AutoDetector(OfflineDetector(small), OfflineDetector(ordinary))) as auto:
        auto.warm_up()
        assert ask(auto, pictures.png(32, 32)).detector == "small"
        with pytest.raises(ModelBrokenError):
            ask(auto, pictures.png(300, 300))


def test_every_path_to_the_pixels_gives_the_same_number(auto: AutoDetector) -> None:
    image = pictures.photo(640, 480)
    lossless = {ask(auto, pictures.encode(image, name)).p_ai for name in ("PNG", "BMP", "TIFF")}
    assert len(lossless) == 1
