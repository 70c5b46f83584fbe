"""Marks that can't all be right."""

from __future__ import annotations

import pytest

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.contradictions import contradictions
from tests.evidence.makers import evidence, found
from tests.support.generator_texts import A1111
from tests.support.marks import camera_exif, exif_segment, jpeg_with, png_with, source_type, text, xmp_segment
from tests.support.pictures import chunk

CAMERA_TAGS = evidence(Says.CAPTURED, Strength.CAMERA, EvidenceKind.CAMERA)
SIGNED_CAPTURE = evidence(Says.CAPTURED, Strength.SIGNED, EvidenceKind.C2PA)
CAPTURE_LABEL = evidence(Says.CAPTURED, Strength.LABEL, EvidenceKind.IPTC)
AI_MARK = evidence(Says.MADE_BY_AI)
SIGNED_AI = evidence(Says.MADE_BY_AI, Strength.SIGNED, EvidenceKind.C2PA)
VERIFIED_CAPTURE = evidence(Says.CAPTURED, Strength.SIGNED, EvidenceKind.C2PA, verified=True)
VERIFIED_AI = evidence(Says.MADE_BY_AI, Strength.SIGNED, EvidenceKind.C2PA, verified=True)
EDIT_LABEL = evidence(Says.EDITED_WITH_AI, Strength.LABEL, EvidenceKind.IPTC)


@pytest.mark.parametrize(
    "together",
    [
        [],
        [CAMERA_TAGS],
        [AI_MARK, SIGNED_AI],
        [CAMERA_TAGS, SIGNED_CAPTURE, CAPTURE_LABEL],
        [CAMERA_TAGS, EDIT_LABEL],
        [SIGNED_CAPTURE, EDIT_LABEL],
        [evidence(Says.NOTHING, Strength.CAMERA, EvidenceKind.CAMERA), AI_MARK],
        [CAMERA_TAGS, evidence(Says.SOFTWARE)],
    ],
)
def test_what_can_be_true_together_is_no_contradiction(together: list[Evidence]) -> None:
    assert contradictions(together) == ()


@pytest.mark.parametrize(
    ("together", "word"),
    [
        ([CAMERA_TAGS, AI_MARK], "camera's tags"),
        ([CAMERA_TAGS, SIGNED_AI], "camera's tags"),
        ([CAPTURE_LABEL, AI_MARK], "One label"),
        (
            [CAPTURE_LABEL, SIGNED_AI],
            "An unsigned label says that it was captured, and it is signed as made by AI",
        ),
        ([SIGNED_CAPTURE, AI_MARK], "unsigned mark"),
        ([SIGNED_CAPTURE, SIGNED_AI], "signed parts"),
        ([SIGNED_CAPTURE, evidence(Says.EDITED_WITH_AI, Strength.SIGNED, EvidenceKind.C2PA)], "signed parts"),
    ],
)
def test_a_capture_and_a_statement_of_ai_contradict_each_other(together: list[Evidence], word: str) -> None:
    for order in (together, together[::-1]):
        (flag,) = contradictions(order)
        assert word in flag.words
        assert (flag.kind, flag.strength, flag.says) == (
            EvidenceKind.CONTRADICTION,
            Strength.CONTRADICTION,
            Says.NOTHING,
        )


@pytest.mark.parametrize("together", [[VERIFIED_CAPTURE, AI_MARK], [VERIFIED_AI, CAPTURE_LABEL]])
def test_a_confirmed_signature_can_be_checked_and_an_unsigned_mark_cant(together: list[Evidence]) -> None:
    (flag,) = contradictions(together)
    assert flag.words.endswith("; only the signed statement can be checked.")


@pytest.mark.parametrize("together", [[SIGNED_CAPTURE, AI_MARK], [SIGNED_AI, CAPTURE_LABEL]])
def test_of_an_unconfirmed_signature_and_an_unsigned_mark_neither_is_relied_on(together: list[Evidence]) -> None:
    (flag,) = contradictions(together)
    assert flag.words.endswith("; who signed it is not confirmed, so neither can be relied on.")


def test_a_flag_names_both_sides() -> None:
    (flag,) = contradictions([CAMERA_TAGS, AI_MARK])
    assert flag.detail == (("On one side", CAMERA_TAGS.words), ("On the other", AI_MARK.words))


def test_many_marks_make_one_flag_a_kind() -> None:
    assert len(contradictions([CAMERA_TAGS, CAMERA_TAGS, AI_MARK, AI_MARK])) == 1


def test_camera_tags_in_a_generators_file_are_flagged() -> None:
    evidence_found = found(png_with(chunk(b"eXIf", camera_exif()), text("parameters", A1111)))
    assert [item.kind for item in evidence_found] == [
        EvidenceKind.GENERATOR_MARK,
        EvidenceKind.CAMERA,
        EvidenceKind.CONTRADICTION,
    ]


def test_a_phones_photograph_that_says_edited_with_ai_is_not() -> None:
    data = jpeg_with(exif_segment(camera_exif()), xmp_segment(source_type("compositeWithTrainedAlgorithmicMedia")))
    assert [item.says for item in found(data)] == [Says.EDITED_WITH_AI, Says.CAPTURED]
