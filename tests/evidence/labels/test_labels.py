"""Unsigned statements in agreed fields."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from desktop_app.core.evidence import EvidenceKind, Says, Strength
from tests.evidence.makers import found, only
from tests.support import marks
from tests.support.generator_texts import AIGC
from tests.support.marks import (
    exif_segment,
    iptc_segment,
    jpeg_with,
    png_with,
    segment,
    source_type,
    text,
    user_comment,
    xmp,
    xmp_segment,
)
from tests.support.pictures import chunk

# ---------------------------------------------------------------- IPTC


@pytest.mark.parametrize(
    "body",
    [
        "<dc:description>Protest at OpenAI; made by AI? trainedAlgorithmicMedia</dc:description>",
        "<photoshop:Credit>Photo: A person, shot near the Google AI campus</photoshop:Credit>",
        "<dc:DigitalSourceType>trainedAlgorithmicMedia</dc:DigitalSourceType>",
        "<Iptc4xmpExt:DigitalSourceType>http://example.org/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>",
        "<Iptc4xmpExt:DigitalSourceType>not trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>",
    ],
)
def test_words_in_other_fields_say_nothing(body: str) -> None:
    assert found(jpeg_with(xmp_segment(xmp(body)))) == ()


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ("trainedAlgorithmicMedia", Says.MADE_BY_AI),
        ("compositeWithTrainedAlgorithmicMedia", Says.EDITED_WITH_AI),
        ("compositeSynthetic", Says.EDITED_WITH_AI),
        ("digitalCapture", Says.CAPTURED),
        ("computationalCapture", Says.CAPTURED),
        ("negativeFilm", Says.CAPTURED),
        ("screenCapture", Says.SCREENSHOT),
        ("composite", Says.COMPOSITE),
        ("algorithmicMedia", Says.SOFTWARE),
        ("digitalCreation", Says.SOFTWARE),
        ("humanEdits", Says.SOFTWARE),
        ("print", Says.NOTHING),
    ],
)
def test_the_digital_source_type_is_a_label_with_its_place(term: str, says: Says) -> None:
    label = only(jpeg_with(xmp_segment(source_type(term))))
    assert (label.kind, label.strength, label.says) == (EvidenceKind.IPTC, Strength.LABEL, says)
    assert label.where == "DigitalSourceType of XMP in APP1"
    assert "unsigned" in label.words


def test_the_bare_term_is_understood_too() -> None:
    data = jpeg_with(xmp_segment(xmp(attributes='Iptc4xmpExt:DigitalSourceType="trainedAlgorithmicMedia"')))
    assert only(data).says is Says.MADE_BY_AI


def test_midjourneys_place_for_xmp_is_read() -> None:
    data = png_with(text("XML:com.adobe.xmp", source_type("trainedAlgorithmicMedia").decode()))
    assert only(data).where == "DigitalSourceType of XMP in PNG tEXt"


AI_FIELDS = (
    "<Iptc4xmpExt:AISystemUsed>Limner</Iptc4xmpExt:AISystemUsed>"
    "<Iptc4xmpExt:AISystemVersionUsed>3</Iptc4xmpExt:AISystemVersionUsed>"
    "<Iptc4xmpExt:AIPromptInformation>a lighthouse\nin fog</Iptc4xmpExt:AIPromptInformation>"
    "<Iptc4xmpExt:AIPromptWriterName>A person</Iptc4xmpExt:AIPromptWriterName>"
)


def test_the_ai_fields_of_2025_are_a_label_of_their_own() -> None:
    label = only(jpeg_with(xmp_segment(xmp(AI_FIELDS))))
    assert label.says is Says.MADE_BY_AI
    assert label.detail == (("AI system", "Limner"), ("Version of the AI system", "3"))


def test_prompt_and_its_writer_are_private() -> None:
    label = only(jpeg_with(xmp_segment(xmp(AI_FIELDS))))
    assert label.private == (("Prompt", "a lighthouse in fog"), ("Writer of the prompt", "A person"))


def test_beside_a_source_type_that_says_ai_they_are_its_detail() -> None:
    body = f"<Iptc4xmpExt:DigitalSourceType>compositeSynthetic</Iptc4xmpExt:DigitalSourceType>{AI_FIELDS}"
    label = only(jpeg_with(xmp_segment(xmp(body))))
    assert label.says is Says.EDITED_WITH_AI
    assert ("AI system", "Limner") in label.detail


def test_an_empty_ai_field_says_nothing() -> None:
    assert found(jpeg_with(xmp_segment(xmp("<Iptc4xmpExt:AISystemUsed> </Iptc4xmpExt:AISystemUsed>")))) == ()


# ---------------------------------------------------------------- credit lines


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Made with Google AI", Says.MADE_BY_AI),
        ("Edited with Google AI", Says.EDITED_WITH_AI),
        ("Apple Photos Clean Up", Says.EDITED_WITH_AI),
    ],
)
def test_a_known_credit_line_is_a_label_in_xmp_and_iptc(line: str, says: Says) -> None:
    for data in (
        jpeg_with(xmp_segment(xmp(f"<photoshop:Credit>{line}</photoshop:Credit>"))),
        jpeg_with(iptc_segment({110: line})),
    ):
        assert only(data).says is says


def test_a_credit_line_that_mentions_ai_among_other_words_says_nothing() -> None:
    assert found(jpeg_with(iptc_segment({110: "A person / Made with Google AI Studio coffee"}))) == ()


# ---------------------------------------------------------------- China's label


def wrapped(label: dict[str, Any]) -> str:
    return json.dumps({"AIGC": label})


def comment_exif(value: str) -> bytes:
    return marks.exif({}, {marks.USER_COMMENT: user_comment(value, "ascii")})


@pytest.mark.parametrize(
    "data",
    [
        png_with(text("AIGC", "not JSON")),
        png_with(text("AIGC", '{"Label": ')),
        png_with(text("AIGC", "[" * 100_000)),
        png_with(text("AIGC", '{"colour": "blue"}')),
        png_with(text("Title", json.dumps(AIGC))),
        jpeg_with(exif_segment(comment_exif(json.dumps(AIGC)))),
        jpeg_with(exif_segment(comment_exif('The "AIGC" label {"Label":"1"} explained'))),
        jpeg_with(exif_segment(comment_exif('{"AIGC": {"colour": "blue"}}'))),
        jpeg_with(segment(0xFE, b"TC260:AIGC says Label 1")),
    ],
)
def test_what_is_not_the_label_with_a_known_field_says_nothing(data: bytes) -> None:
    assert found(data) == ()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (
            jpeg_with(xmp_segment(xmp(f"<TC260:AIGC>{html.escape(json.dumps(AIGC))}</TC260:AIGC>"))),
            "AIGC of XMP in APP1",
        ),
        (
            jpeg_with(xmp_segment(xmp(attributes=f'TC260:AIGC="{html.escape(json.dumps(AIGC))}"'))),
            "AIGC of XMP in APP1",
        ),
        (png_with(text("AIGC", json.dumps(AIGC))), "PNG tEXt AIGC"),
        (png_with(text("AIGC", wrapped(AIGC))), "PNG tEXt AIGC"),
        (png_with(text("AIGC", json.dumps({"AIGC": json.dumps(AIGC)}))), "PNG tEXt AIGC"),
        (jpeg_with(exif_segment(comment_exif(wrapped(AIGC)))), "UserComment of EXIF in APP1"),
        (
            jpeg_with(exif_segment(marks.exif({marks.DESCRIPTION: wrapped(AIGC)}))),
            "ImageDescription of EXIF in APP1",
        ),
        (jpeg_with(segment(0xEB, b"AIGC" + json.dumps(AIGC).encode())), "APP11 segment"),
        (png_with(chunk(b"eXIf", comment_exif(wrapped(AIGC)))), "UserComment of PNG eXIf"),
    ],
)
def test_the_label_is_found_in_every_place_the_standard_and_practice_know(data: bytes, where: str) -> None:
    label = only(data)
    assert (label.kind, label.strength, label.says) == (EvidenceKind.AIGC_LABEL, Strength.LABEL, Says.MADE_BY_AI)
    assert label.where == where
    assert ("Producer", "00119144030007842405") in label.detail


@pytest.mark.parametrize(
    ("label", "says", "word"),
    [
        ({"Label": "1"}, Says.MADE_BY_AI, "made by AI"),
        ({"Label": 1}, Says.MADE_BY_AI, "made by AI"),
        ({"Label": "2"}, Says.NOTHING, "may have been"),
        ({"Label": "3"}, Says.NOTHING, "suspected"),
        ({"Label": "9"}, Says.NOTHING, "doesn't say"),
        ({"ProduceID": "7"}, Says.NOTHING, "doesn't say"),
        ({"ServiceProvider": "A cloud"}, Says.MADE_BY_AI, "service"),
    ],
)
def test_its_three_grades_are_told_apart(label: dict[str, Any], says: Says, word: str) -> None:
    evidence = only(png_with(text("AIGC", json.dumps(label))))
    assert evidence.says is says
    assert word in evidence.words


def test_foreign_text_in_it_is_made_plain_and_short() -> None:
    nasty = {"Label": "1", "ContentProducer": "evil\u202egpj\x1b[2J" + "x" * 5_000}
    (_, (_, producer)) = only(png_with(text("AIGC", json.dumps(nasty)))).detail
    assert len(producer) <= 120
    assert producer.isprintable()
