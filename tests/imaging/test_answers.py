"""What a worker says is checked before anything is believed."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import (
    DamagedPictureError,
    DecoderCrashedError,
    DecoderMemoryError,
    NotAPictureError,
    PictureError,
    TooManyPixelsError,
)
from desktop_app.core.picture import Picture, PictureFacts, Raster, ViewRule
from desktop_app.imaging import wire
from desktop_app.imaging.answers import UntrustworthyError, failure, longest_body, picture, variants
from desktop_app.imaging.changes import Change, Variant

REQUEST = wire.Request(7, (ViewRule(2, 1),), 4)
FACTS = PictureFacts("PNG", 8, 6)
SIZES = ((4, 3), (2, 1))
BODY = bytes(range(4 * 3 * 3 + 2 * 3))


def decoded(
    *, serial: int = 7, facts: PictureFacts = FACTS, sizes: tuple[tuple[int, int], ...] = SIZES
) -> wire.Decoded:
    return wire.Decoded(serial, facts, sizes)


@pytest.mark.parametrize(
    "answer",
    [
        decoded(serial=6),
        decoded(facts=PictureFacts("EXE", 8, 6)),
        decoded(facts=PictureFacts("PNG", 0, 6)),
        decoded(facts=PictureFacts("PNG", 8, -6)),
        decoded(facts=PictureFacts("PNG", 1001, 1)),
        decoded(facts=PictureFacts("PNG", 8, 6, 0)),
        decoded(sizes=()),
        decoded(sizes=((4, 3),)),
        decoded(sizes=((2, 1), (4, 3))),
        decoded(sizes=((5, 3), (2, 1))),
        decoded(sizes=((0, 3), (2, 1))),
        decoded(sizes=((-4, -3), (2, 1))),
        decoded(sizes=((4, 2), (2, 1))),
        decoded(sizes=(*SIZES, (1, 1))),
    ],
)
def test_an_impossible_answer_is_not_believed(answer: wire.Decoded) -> None:
    with pytest.raises(UntrustworthyError):
        picture(REQUEST, answer, BODY, 1000)


@pytest.mark.parametrize("body", [b"", BODY[:-1], BODY + b"\0"])
def test_pixels_must_be_as_many_as_said(body: bytes) -> None:
    with pytest.raises(UntrustworthyError):
        picture(REQUEST, decoded(), body, 1000)


VARY = wire.Vary(7, (ViewRule(2, 1), ViewRule(1, 1)))
CHANGES = (Change.HALF, Change.GREY)
TWO_FACTS = (PictureFacts("PNG", 4, 3), PictureFacts("PNG", 8, 6))


@pytest.mark.parametrize(
    "answer",
    [
        wire.Varied(6, CHANGES, TWO_FACTS),
        wire.Varied(7, (Change.GREY, Change.HALF), TWO_FACTS),
        wire.Varied(7, (Change.GREY, Change.GREY), TWO_FACTS),
        wire.Varied(7, CHANGES, TWO_FACTS[:1]),
        wire.Varied(7, CHANGES[:1], TWO_FACTS),
        wire.Varied(7, CHANGES, (TWO_FACTS[0], PictureFacts("EXE", 8, 6))),
        wire.Varied(7, CHANGES, (TWO_FACTS[0], PictureFacts("PNG", 1001, 1))),
        wire.Varied(7, tuple(Change), (FACTS,) * len(Change)),
    ],
)
def test_impossible_variants_are_not_believed(answer: wire.Varied) -> None:
    with pytest.raises(UntrustworthyError):
        variants(VARY, answer, bytes(18), 1000)


@pytest.mark.parametrize("body", [b"", bytes(17), bytes(19)])
def test_the_pixels_of_variants_must_be_as_many_as_said(body: bytes) -> None:
    with pytest.raises(UntrustworthyError):
        variants(VARY, wire.Varied(7, CHANGES, TWO_FACTS), body, 1000)


# What is asked of pictures of 5 pixels and more, and of smaller ones: four views, or one.
RULES = (ViewRule(2, 1, "quarters", shorter_from=5), ViewRule(3, 1, shorter_to=4))
LARGE, SMALL = ((2, 1),) * 4, ((3, 1),)
SMALL_FACTS = PictureFacts("PNG", 8, 4)


@pytest.mark.parametrize(
    ("facts", "sizes"),
    [
        (FACTS, SMALL),
        (FACTS, LARGE[:3]),
        (FACTS, (*LARGE, LARGE[0])),
        (FACTS, LARGE + SMALL),
        (FACTS, ()),
        (SMALL_FACTS, LARGE),
        (SMALL_FACTS, SMALL + LARGE),
        (SMALL_FACTS, ()),
    ],
)
def test_views_that_the_size_does_not_ask_for_are_not_believed(
    facts: PictureFacts, sizes: tuple[tuple[int, int], ...]
) -> None:
    body = bytes(wire.raster_bytes(sizes))
    with pytest.raises(UntrustworthyError):
        picture(wire.Request(7, RULES), decoded(facts=facts, sizes=sizes), body, 1000)


@pytest.mark.parametrize(("facts", "sizes"), [(FACTS, LARGE), (SMALL_FACTS, SMALL)])
def test_views_that_the_size_asks_for_are_believed(
    facts: PictureFacts, sizes: tuple[tuple[int, int], ...]
) -> None:
    body = bytes(range(wire.raster_bytes(sizes)))
    views = picture(wire.Request(7, RULES), decoded(facts=facts, sizes=sizes), body, 1000).views
    assert [(view.width, view.height) for view in views] == list(sizes)
    assert b"".join(view.pixels for view in views) == body


@pytest.mark.parametrize(
    "facts", [(FACTS, FACTS), (SMALL_FACTS, SMALL_FACTS), (FACTS, PictureFacts("PNG", 8, 0)), (FACTS,)]
)
def test_a_worker_that_lies_about_a_variants_size_is_not_believed(facts: tuple[PictureFacts, ...]) -> None:
    body = bytes(wire.raster_bytes(SMALL + LARGE))
    with pytest.raises(UntrustworthyError):
        variants(wire.Vary(7, RULES), wire.Varied(7, CHANGES, facts), body, 1000)


def test_each_variant_has_the_views_of_its_own_size() -> None:
    body = bytes(range(wire.raster_bytes(SMALL + LARGE)))
    half, grey = variants(wire.Vary(7, RULES), wire.Varied(7, CHANGES, (SMALL_FACTS, FACTS)), body, 1000)
    assert half.picture.views == (Raster(3, 1, body[:9]),)
    assert [view.pixels for view in grey.picture.views] == [body[at : at + 6] for at in range(9, 33, 6)]


def test_variants_without_views_are_none_the_less_there() -> None:
    asked = wire.Vary(7, RULES[:1])
    made = variants(asked, wire.Varied(7, CHANGES, (SMALL_FACTS, SMALL_FACTS)), b"", 1000)
    assert [variant.picture.views for variant in made] == [(), ()]


def test_honest_variants_are_cut_into_rasters() -> None:
    body = bytes(range(18))
    half, grey = variants(VARY, wire.Varied(7, CHANGES, TWO_FACTS), body, 1000)
    assert half == Variant(
        Change.HALF, Picture(TWO_FACTS[0], None, (Raster(2, 1, body[:6]), Raster(1, 1, body[6:9])))
    )
    assert grey.picture.views == (Raster(2, 1, body[9:15]), Raster(1, 1, body[15:]))


def test_an_honest_answer_is_cut_into_rasters() -> None:
    result = picture(REQUEST, decoded(), BODY, 1000)
    assert result.facts == FACTS
    assert result.thumbnail == Raster(4, 3, BODY[:36])
    assert result.views == (Raster(2, 1, BODY[36:]),)


def test_without_a_thumbnail_all_rasters_are_views() -> None:
    result = picture(wire.Request(7, (ViewRule(2, 1),)), decoded(sizes=((2, 1),)), BODY[:6], 1000)
    assert result.thumbnail is None
    assert result.views == (Raster(2, 1, BODY[:6]),)


def test_the_longest_body_is_what_was_asked_for() -> None:
    assert longest_body(REQUEST) == (4 * 4 + 2) * 3
    assert longest_body(wire.Request(1)) == 0
    assert longest_body(VARY) == len(Change) * (2 + 1) * 3
    assert longest_body(wire.Request(1, RULES)) == (4 * 2 + 3) * 3
    assert longest_body(wire.Vary(1, RULES)) == len(Change) * (4 * 2 + 3) * 3


@pytest.mark.parametrize(
    "kind",
    [NotAPictureError, DamagedPictureError, TooManyPixelsError, DecoderMemoryError, DecoderCrashedError],
)
def test_errors_come_back_as_what_they_were(kind: type[PictureError]) -> None:
    error = failure(REQUEST, wire.Failed(7, kind.code, "A sentence.", "A way out."))
    assert type(error) is kind
    assert (error.message, error.hint) == ("A sentence.", "A way out.")


@pytest.mark.parametrize("code", ["", "unexpected", "missing_file", "decoder_timeout"])
def test_an_unknown_error_counts_as_a_crash(code: str) -> None:
    error = failure(REQUEST, wire.Failed(7, code, "Send money.", "Now."))
    assert type(error) is DecoderCrashedError
    assert error.message == DecoderCrashedError.default_message


def test_the_workers_words_are_made_harmless() -> None:
    error = failure(REQUEST, wire.Failed(7, "not_a_picture", "a\u202eb\x1b[31m" + "x" * 9999, "\n"))
    assert error.message.startswith("ab\ufffd[31m")
    assert len(error.message) == 500


def test_an_error_of_another_picture_is_not_believed() -> None:
    with pytest.raises(UntrustworthyError):
        failure(REQUEST, wire.Failed(6, "not_a_picture", "", ""))
