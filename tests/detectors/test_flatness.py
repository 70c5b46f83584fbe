from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop_app.core.picture import Raster, ShrinkRule, ViewRule
from desktop_app.detectors.flatness import flat_share
from desktop_app.imaging.views import all_views, raster
from tests.support import pictures

RULES = [
    ViewRule(192, 192, "halves", shrink=ShrinkRule(384, 0.75, 232), jpeg_quality=90),
    ViewRule(192, 192, "quarters", jpeg_quality=90),
]
SIZE = (800, 600)
FLAT = 0.52


def seen(image: Image.Image) -> Sequence[Raster]:
    return all_views(image, RULES, image.size)


def grain(strength: int = 12) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(SIZE, strength)] * 3)


def grainy() -> Image.Image:
    return Image.blend(pictures.photo(*SIZE), grain(40).filter(ImageFilter.GaussianBlur(1)), 0.3)


def on_white() -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    page.paste(grainy().crop((0, 0, 500, 400)), (150, 100))
    return page


def letterboxed() -> Image.Image:
    page = Image.new("RGB", SIZE)
    page.paste(grainy().crop((0, 120, 800, 480)), (0, 120))
    return page


def collage() -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    half = grainy().resize((390, 290))
    for left in (0, 410):
        for top in (0, 310):
            page.paste(half, (left, top))
    return page


def text(ink: str = "black", paper: str = "white") -> Image.Image:
    page = Image.new("RGB", SIZE, paper)
    line = "Neither the sea nor the harbour was ever so quiet as on that morning"
    ImageDraw.Draw(page).multiline_text((20, 10), "\n".join([line] * 30), ink, ImageFont.load_default(18))
    return page


def chart() -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(page)
    for bar, colour in enumerate(("#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#edc948", "#b07aa1")):
        draw.rectangle((40 + 105 * bar, 60 + 37 * bar % 200, 110 + 105 * bar, 560), colour, "black", 3)
    return page


def after(image: Image.Image, quality: int) -> Image.Image:
    return Image.open(BytesIO(pictures.encode(image, "JPEG", quality=quality))).convert("RGB")


def test_no_views_are_not_flat() -> None:
    assert flat_share([]) == 0


@pytest.mark.parametrize("colour", ["white", "black", "#4e79a7"])
def test_one_blank_colour_is_as_flat_as_can_be(colour: str) -> None:
    assert flat_share(seen(Image.new("RGB", SIZE, colour))) == 1


@pytest.mark.parametrize("size", [(1, 1), (7, 200), (200, 7)])
def test_a_view_smaller_than_a_block_says_nothing(size: tuple[int, int]) -> None:
    assert flat_share([raster(Image.new("RGB", size))]) == 0


@pytest.mark.parametrize("make", [grain, grainy, on_white, letterboxed, collage])
def test_grain_and_shading_are_not_flat_whatever_is_around_them(make: Callable[[], Image.Image]) -> None:
    assert flat_share(seen(make())) < FLAT - 0.1


def test_pages_of_text_are_flat_light_and_dark() -> None:
    assert flat_share(seen(text())) > FLAT
    assert flat_share(seen(text("#d4d4d4", "#1e1e1e"))) > FLAT


@pytest.mark.parametrize("quality", [60, 80])
def test_they_stay_flat_when_saved_as_jpeg(quality: int) -> None:
    assert flat_share(seen(after(text(), quality))) > FLAT


def test_charts_are_flat() -> None:
    assert flat_share(seen(chart())) > FLAT


def test_what_sticks_out_of_the_blocks_is_left_away() -> None:
    page = text().crop((0, 0, 199, 197))
    whole = page.crop((0, 0, 192, 192))
    assert flat_share([raster(page)]) == pytest.approx(flat_share([raster(whole)]), abs=0.02)


def test_the_order_of_views_does_not_matter() -> None:
    views = seen(text())
    assert flat_share(views) == flat_share(views[::-1])


def test_the_share_stays_between_0_and_1() -> None:
    checks = Image.new("L", (64, 64))
    checks.putdata([255 * ((x // 4 + y // 4) % 2) for y in range(64) for x in range(64)])
    assert 0 <= flat_share([raster(checks.convert("RGB"))]) <= 1
