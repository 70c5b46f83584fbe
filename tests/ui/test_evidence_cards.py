"""Facts on cards, in the table and in what is said and copied: the fact first, the estimate below."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest

from desktop_app.core.estimates import Words
from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.core.items import Item, ItemState
from desktop_app.ui.actions import Do
from desktop_app.ui.cards.face import face_of, flags_of
from desktop_app.ui.cards.metrics import CardMetrics
from desktop_app.ui.cards.painter import CardLook, CardPainter
from desktop_app.ui.cards.signs import Sign, draw_sign, sign_of
from desktop_app.ui.fact_words import short_words
from desktop_app.ui.phrases import hedged, spoken
from desktop_app.ui.theme import LIGHT
from desktop_app.ui.views.table_model import Column
from desktop_app.ui.views.tooltip import tooltip
from desktop_app.ui.window import Window
from tests.ui.fakes import REASON, done, failed
from tests.ui.findings import (
    BROKEN,
    CAMERA,
    CONTRADICTION,
    HOSTILE,
    LABEL_AI,
    SIGNED_AI,
    SIGNED_CAPTURE,
    UNCONFIRMED,
    saying,
    silent,
)
from tests.ui.showing import colours_in, index_of, show

pytestmark = pytest.mark.usefixtures("qapp")
_FORBIDDEN = {"real", "fake", "authentic"}


def few(p_ai: float = 0.03) -> Item:
    return done(1, p_ai, Words.FEW, "a.png")


def painted(item: Item, bars: int = 2) -> QImage:
    """A card of this item, on its own."""
    cards = CardPainter(CardMetrics.measure(QFont(), 160, bars), LIGHT)
    image = QImage(cards.metrics.cell, QImage.Format.Format_RGB32)
    image.fill(LIGHT.window)
    painter = QPainter(image)
    cards.paint(painter, QRectF(image.rect()), face_of(item), None, CardLook())
    painter.end()
    return image


# ---------------------------------------------------------------- nothing to say


@pytest.mark.parametrize("item", [few(), done(1), failed(1)])
def test_a_card_whose_file_says_nothing_looks_as_if_nobody_had_asked(item: Item) -> None:
    assert painted(silent(item)) == painted(item)
    assert spoken(silent(item)) == spoken(item)
    assert tooltip(silent(item)) == tooltip(item)
    assert hedged(silent(item)) == hedged(item)


def test_a_broken_credential_never_looks_signed() -> None:
    face = face_of(saying(few(), BROKEN))
    assert face.fact is BROKEN
    assert sign_of(BROKEN) is Sign.UNUSABLE
    assert short_words(BROKEN) == "No usable credential"


def test_a_signer_that_cannot_be_confirmed_looks_and_reads_otherwise_than_one_that_was() -> None:
    assert (sign_of(SIGNED_AI), short_words(SIGNED_AI)) == (Sign.SIGNED, "Signed: made by AI")
    assert (sign_of(UNCONFIRMED), short_words(UNCONFIRMED)) == (Sign.UNCONFIRMED, "Unconfirmed: made by AI")


# ---------------------------------------------------------------- the card


@pytest.mark.parametrize(
    ("evidence", "sign", "words"),
    [
        (LABEL_AI, Sign.LABEL, "Label: made by AI"),
        (CAMERA, Sign.CAMERA, "Camera's tags"),
        (replace(CAMERA, says=Says.NOTHING), Sign.CAMERA, "Some camera tags"),
        (SIGNED_CAPTURE, Sign.SIGNED, "Signed: from a camera"),
        (replace(SIGNED_AI, says=Says.NOTHING, verified=True), Sign.SIGNED, "Signed: origin not said"),
        (CONTRADICTION, Sign.CONTRADICTION, "Contradiction"),
    ],
)
def test_every_kind_of_fact_has_its_own_sign_and_words(evidence: Evidence, sign: Sign, words: str) -> None:
    assert (sign_of(evidence), short_words(evidence)) == (sign, words)


def test_every_sign_is_drawn_otherwise() -> None:
    images = []
    for sign in Sign:
        image = QImage(32, 32, QImage.Format.Format_RGB32)
        image.fill(LIGHT.surface)
        painter = QPainter(image)
        draw_sign(painter, QRectF(2, 2, 28, 28), sign, LIGHT.text)
        painter.end()
        images.append(image)
    assert all(one != other for number, one in enumerate(images) for other in images[number + 1 :])


def test_no_short_words_ever_say_real_fake_or_authentic() -> None:
    for kind in EvidenceKind:
        for strength in Strength:
            for says in Says:
                words = short_words(Evidence(kind, strength, says, "")).lower()
                assert not _FORBIDDEN & set(words.replace(":", "").split())


@pytest.mark.parametrize("bars", [2, 5])
def test_facts_never_change_the_size_of_cards(bars: int) -> None:
    plain, told = painted(few(), bars), painted(saying(few(), SIGNED_AI, CONTRADICTION), bars)
    assert plain.size() == told.size()
    assert plain != told


def test_nothing_is_painted_below_the_card() -> None:
    metrics = CardMetrics.measure(QFont(), 160, 2)
    inside = metrics.card(QRectF(0, 0, metrics.cell.width(), metrics.cell.height()))
    last = metrics.source_line(inside, metrics.source_bars - 2, lowered=True)
    assert last.bottom() <= inside.bottom() - metrics.padding + 1
    assert metrics.second(inside).top() >= metrics.headline(inside).bottom()
    assert metrics.bar_line(inside, lowered=True).top() >= metrics.second(inside).bottom()


def test_the_estimate_stays_as_it_is_below_a_fact() -> None:
    before, after = face_of(few()), face_of(saying(few(), CAMERA))
    assert (after.headline, after.number, after.sources) == (before.headline, before.number, before.sources)


def test_signals_that_disagree_are_flagged_with_both_kept() -> None:
    face = face_of(saying(few(), LABEL_AI))
    assert flags_of(face) == [(Sign.DISAGREE, "Signals disagree")]
    assert (face.fact, face.headline, face.number) == (LABEL_AI, "Few signs of AI", "3\u00a0%")


def test_contradictions_are_flagged_also_where_there_is_no_other_fact() -> None:
    assert flags_of(face_of(saying(few(), CONTRADICTION))) == [(Sign.CONTRADICTION, "Contradiction")]
    assert face_of(saying(few(), CONTRADICTION)).fact is None


def test_a_verified_statement_of_ai_sets_the_estimate_aside() -> None:
    face = face_of(saying(few(), SIGNED_AI))
    assert (face.headline, face.number, face.p_ai, face.sources) == ("Estimate set aside", "", None, ())


@pytest.mark.parametrize("evidence", [UNCONFIRMED, LABEL_AI, SIGNED_CAPTURE, BROKEN])
def test_nothing_else_sets_the_estimate_aside(evidence: Evidence) -> None:
    assert face_of(saying(few(), evidence)).number == "3\u00a0%"


def test_a_failed_card_keeps_its_sentence_below_the_fact() -> None:
    face = face_of(saying(failed(1), SIGNED_AI))
    assert (face.headline, face.message, face.fact) == (
        "Failed",
        "This picture is damaged or cut off.",
        SIGNED_AI,
    )


def test_why_lies_lower_on_a_card_with_a_fact(window: Window) -> None:
    show(window, [saying(done(1), CAMERA)])
    window.actions_of[Do.DETAIL].setChecked(False)
    grid = window.work.grid
    box = QRectF(grid.visualRect(index_of(grid, 1)))
    where = grid.cards.why_box(box, lowered=True).center().toPoint()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert window.work.detail.isVisible()
    assert window.work.detail.one.answer.range_text() == REASON


def test_why_is_not_there_where_the_estimate_is_set_aside(window: Window) -> None:
    show(window, [saying(done(1), SIGNED_AI)])
    window.actions_of[Do.DETAIL].setChecked(False)
    grid = window.work.grid
    box = QRectF(grid.visualRect(index_of(grid, 1)))
    for lowered in (False, True):
        where = grid.cards.why_box(box, lowered=lowered).center().toPoint()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert not window.work.detail.isVisible()


def test_a_statement_of_ai_has_the_colour_of_ai_and_a_capture_that_of_captures() -> None:
    for evidence, colour, other in (
        (SIGNED_AI, LIGHT.strong, LIGHT.few),
        (SIGNED_CAPTURE, LIGHT.few, LIGHT.strong),
    ):
        colours = colours_in(painted(saying(done(1), evidence)))
        assert colours.get(colour.name(), 0) > 20
        assert other.name() not in colours


# ---------------------------------------------------------------- said, hovered, copied, listed


def test_a_screen_reader_hears_the_fact_before_the_estimate() -> None:
    assert spoken(saying(few(), LABEL_AI)) == (
        "a.png, It carries the settings of AUTOMATIC1111, an AI image generator (unsigned), signals disagree, "
        "few signs of AI, 3 percent AI, offline"
    )
    assert spoken(saying(few(), SIGNED_AI)) == (
        "a.png, Signed by Example AI Ltd: made by an AI tool, estimate set aside, offline"
    )


def test_the_tooltip_has_the_whole_sentences_and_obeys_no_markup() -> None:
    text = tooltip(saying(few(), replace(LABEL_AI, words=HOSTILE[:40]), CONTRADICTION))
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
    assert "<img" not in text
    assert "one of them was copied from elsewhere" in text
    assert "Signals disagree" in text


def test_what_is_copied_begins_with_the_facts(window: Window) -> None:
    show(window, [saying(few(), SIGNED_AI), saying(done(2, 0.9, Words.SOME, "b.png"), CAMERA, CONTRADICTION)])
    window.actions_of[Do.SELECT_ALL].trigger()
    window.actions_of[Do.COPY].trigger()
    first, second = QGuiApplication.clipboard().text().splitlines()
    assert first == "a.png: Signed by Example AI Ltd: made by an AI tool."
    assert second.startswith(
        f"b.png: {CAMERA.words} {CONTRADICTION.words} Some signs of AI, says the CIFAKE model"
    )


def test_what_is_copied_out_of_range_is_still_a_sentence() -> None:
    assert "(unsigned). Outside the range of the CIFAKE model" in hedged(saying(done(1), CAMERA))


def test_the_table_has_a_column_for_evidence(window: Window) -> None:
    show(window, [saying(few(), SIGNED_AI), saying(done(2, 0.03, Words.FEW), LABEL_AI, CONTRADICTION), done(3)])
    window.actions_of[Do.TABLE].trigger()
    model = window.work.table.items
    assert model.headerData(Column.EVIDENCE, Qt.Orientation.Horizontal) == "Evidence"
    cells = [model.index(row, Column.EVIDENCE).data() for row in range(3)]
    assert cells == ["Signed: made by AI", "Label: made by AI · Signals disagree · Contradiction", ""]
    estimates = [model.index(0, column).data() for column in (Column.WORDS, Column.PROBABILITY, Column.SOURCE)]
    assert estimates == ["Estimate set aside", "", ""]
    window.work.table.grab()


def test_an_item_that_is_checked_again_keeps_its_fact() -> None:
    again = replace(saying(few(), SIGNED_AI), state=ItemState.CHECKING, estimate=None)
    face = face_of(again)
    assert (face.fact, face.headline, face.set_aside) == (SIGNED_AI, "Checking…", False)
