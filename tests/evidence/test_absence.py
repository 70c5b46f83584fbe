"""Why a file says nothing, in sentences that say that this means nothing."""

from __future__ import annotations

import pytest

from desktop_app.core.evidence import Says
from desktop_app.evidence.absence import why_no_metadata
from desktop_app.evidence.containers.blocks import BIG_TIFF
from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.reader import read_findings
from tests.evidence.makers import found, metadata
from tests.support import marks, pictures
from tests.support.marks import exif_segment, iptc_segment, jpeg_with, user_comment, xmp, xmp_segment
from tests.support.pictures import encode, photo

NOTHING = Metadata()
SCREENSHOT = jpeg_with(exif_segment(marks.exif({}, {marks.USER_COMMENT: user_comment("Screenshot", "ascii")})))
FACEBOOK = jpeg_with(iptc_segment({40: "FBMD01000abc"}))
CASES = {
    "bare": why_no_metadata(NOTHING),
    "silent": why_no_metadata(metadata(jpeg_with(xmp_segment(xmp())))),
    "clipboard": why_no_metadata(NOTHING, re_encoded=True),
    "WhatsApp": why_no_metadata(NOTHING, name="IMG-20240501-WA0007.jpg"),
    "Telegram": why_no_metadata(NOTHING, name="photo_2024-05-01_12-30-00.jpg"),
    "named a screenshot": why_no_metadata(NOTHING, name="Screenshot 2024-05-01.png"),
    "says a screenshot": why_no_metadata(metadata(SCREENSHOT)),
    "Facebook": why_no_metadata(metadata(FACEBOOK)),
    "screen": why_no_metadata(NOTHING, size=(1920, 1080)),
    "phone's screen": why_no_metadata(NOTHING, size=(1170, 2532)),
    "messenger": why_no_metadata(NOTHING, size=(1200, 1600)),
}


@pytest.mark.parametrize("case", CASES)
def test_every_sentence_says_that_it_means_nothing(case: str) -> None:
    assert CASES[case]
    assert all(sentence.endswith("this means nothing either way.") for sentence in CASES[case])


@pytest.mark.parametrize(
    ("case", "word"),
    [
        ("bare", "removed"),
        ("silent", "says nothing of its origin"),
        ("clipboard", "re-encoded"),
        ("WhatsApp", "WhatsApp"),
        ("Telegram", "Telegram"),
        ("named a screenshot", "screenshot"),
        ("says a screenshot", "screenshot"),
        ("Facebook", "Facebook"),
        ("screen", "size of a screen"),
        ("phone's screen", "size of a screen"),
        ("messenger", "messengers"),
    ],
)
def test_each_sign_has_a_sentence(case: str, word: str) -> None:
    (sentence,) = CASES[case]
    assert word in sentence


def test_a_name_that_only_holds_a_brand_is_not_a_messengers() -> None:
    assert why_no_metadata(NOTHING, name="my WhatsApp picture.jpg") == CASES["bare"]


@pytest.mark.parametrize("size", [(512, 512), (1024, 1024), (832, 1216), (640, 640), (1, 1)])
def test_squares_and_multiples_of_64_are_no_evidence(size: tuple[int, int]) -> None:
    assert found(encode(photo(*size), "PNG")) == ()
    findings = read_findings(pictures.png(64, 64), "PNG", size=size)
    assert findings.evidence == ()
    assert findings.absence == CASES["bare"]


def test_pillow_as_the_program_is_no_evidence() -> None:
    assert found(jpeg_with(exif_segment(marks.exif({marks.SOFTWARE: "Pillow 13.0"})))) == ()


def test_none_is_given_where_there_is_evidence() -> None:
    data = jpeg_with(exif_segment(marks.camera_exif()))
    findings = read_findings(data, "JPEG", size=(1920, 1080), name="Screenshot.png")
    assert [item.says for item in findings.evidence] == [Says.CAPTURED]
    assert findings.absence == ()


def test_what_was_not_read_is_not_called_removed() -> None:
    big = read_findings(b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0" + b"\0" * 40, "TIFF")
    assert big.notes == (BIG_TIFF,)
    assert big.absence == ()
    assert why_no_metadata(NOTHING, name="Screenshot.png", unread=True) == CASES["named a screenshot"]
    assert why_no_metadata(metadata(jpeg_with(xmp_segment(xmp()))), unread=True) == CASES["silent"]


def test_a_re_encoded_clipboard_picture_says_so_and_nothing_else() -> None:
    findings = read_findings(pictures.png(64, 48), "PNG", size=(1920, 1080), re_encoded=True)
    assert findings.absence == CASES["clipboard"]
