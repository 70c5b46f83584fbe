"""How a picture came to be, through all its manifests, in plain words."""

from __future__ import annotations

import pytest

from desktop_app.core.evidence import Says, Strength
from tests.evidence.credentials.checks import only, read
from tests.support.signing import (
    FORMATS,
    Part,
    action,
    ai_made,
    captured,
    opened,
    placed,
    plain_picture,
    sign,
)

ORIGINS = {
    "trainedAlgorithmicMedia": Says.MADE_BY_AI,
    "compositeWithTrainedAlgorithmicMedia": Says.EDITED_WITH_AI,
    "compositeSynthetic": Says.EDITED_WITH_AI,
    "http://c2pa.org/digitalsourcetype/trainedAlgorithmicData": Says.MADE_BY_AI,
    "digitalCapture": Says.CAPTURED,
    "computationalCapture": Says.CAPTURED,
    "compositeCapture": Says.CAPTURED,
    "screenCapture": Says.SCREENSHOT,
    "composite": Says.COMPOSITE,
    "digitalCreation": Says.SOFTWARE,
    "algorithmicMedia": Says.SOFTWARE,
    "http://c2pa.org/digitalsourcetype/empty": Says.NOTHING,
    "http://example.org/trainedAlgorithmicMedia": Says.NOTHING,
}


@pytest.mark.parametrize("source", ORIGINS)
def test_an_origin_in_words(source: str) -> None:
    found = only(sign(action(source=source)))
    assert (found.says, found.strength, found.verified) == (ORIGINS[source], Strength.SIGNED, True)
    assert found.words.startswith("Signed by Lens Works: ")


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_that_can_carry_one(format_name: str) -> None:
    found = only(ai_made(format_name))
    assert (found.says, found.verified) == (Says.MADE_BY_AI, True)
    assert found.where


def test_the_first_version_of_the_format() -> None:
    assert only(sign(action(source="digitalCapture"), version=1)).says is Says.CAPTURED


def test_an_edit_with_an_ai_tool() -> None:
    edit = action("c2pa.edited", "compositeWithTrainedAlgorithmicMedia", softwareAgent={"name": "Fill Tool"})
    found = only(sign(opened(), edit, parts=[Part(captured())]))
    assert found.says is Says.EDITED_WITH_AI
    assert found.words == "Signed by Lens Works: it was edited with an AI tool."
    detail = dict(found.detail)
    assert detail["It says"] == "it was edited with an AI tool; it was taken with a digital camera"
    assert detail["Made with"] == "Test Tool, Fill Tool"
    assert detail["Steps"] == "opened; edited; created"


def test_an_edit_without_ai_leaves_the_origin() -> None:
    found = only(sign(opened(), action("c2pa.cropped"), parts=[Part(captured())]))
    assert found.says is Says.CAPTURED


def test_an_origin_three_versions_back() -> None:
    data = ai_made()
    for _ in range(3):
        data = sign(opened(), action("c2pa.resized"), parts=[Part(data)])
    assert only(data).says is Says.MADE_BY_AI


def test_a_part_made_by_ai() -> None:
    found = only(sign(action(source="composite"), placed(), parts=[Part(ai_made(), "componentOf")]))
    assert found.says is Says.EDITED_WITH_AI
    assert found.words == "Signed by Lens Works: a part of it was made by an AI tool."


def test_a_part_placed_with_ai() -> None:
    found = only(
        sign(
            action(source="composite"),
            placed(0, "trainedAlgorithmicMedia"),
            parts=[Part(captured(), "componentOf")],
        )
    )
    assert found.says is Says.EDITED_WITH_AI


def test_what_an_ai_tool_was_shown_says_nothing_of_what_it_made() -> None:
    shown = [Part(captured(), "inputTo")]
    assert only(sign(action(source="trainedAlgorithmicMedia"), parts=shown)).says is Says.MADE_BY_AI
    assert only(sign(action(source="digitalCreation"), parts=[Part(ai_made(), "inputTo")])).says is Says.SOFTWARE


def test_a_captured_part_doesnt_make_a_capture() -> None:
    found = only(sign(action(source="composite"), placed(), parts=[Part(captured(), "componentOf")]))
    assert found.says is Says.COMPOSITE


def test_a_capture_over_something_made_by_ai_says_both() -> None:
    data = sign(action(source="digitalCapture"), placed(), parts=[Part(ai_made(), "componentOf")])
    assert [found.says for found in read(data)] == [Says.EDITED_WITH_AI, Says.CAPTURED]


def test_a_part_of_unknown_origin() -> None:
    found = only(sign(opened(), parts=[Part(plain_picture())]))
    assert found.says is Says.NOTHING
    assert "without Content Credentials" in dict(found.detail)["Parts"]


def test_a_declared_watermark_is_named() -> None:
    mark = action("c2pa.watermarked.unbound", softwareAgent={"name": "SynthID"})
    detail = dict(only(sign(action(source="trainedAlgorithmicMedia"), mark)).detail)
    assert detail["Watermark"] == "It declares an invisible watermark (SynthID), which Telltale can't read."


def test_no_watermark_is_mentioned_where_none_is_declared() -> None:
    assert "Watermark" not in dict(only(ai_made()).detail)


def test_gaps_are_named_unless_it_says_that_there_are_none() -> None:
    assert "Gaps" in dict(only(ai_made()).detail)
    assert "Gaps" not in dict(only(sign(action(source="digitalCapture"), complete=True)).detail)


def test_foreign_names_of_steps_are_harmless() -> None:
    found = only(sign(action(source="digitalCapture"), action("org.example.\u202eevil\x07" + "x" * 500)))
    steps = dict(found.detail)["Steps"]
    assert "\u202e" not in steps
    assert len(steps) < 200
