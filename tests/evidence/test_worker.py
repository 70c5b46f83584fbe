"""The real decoding process, reading what files say where they are decoded."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.errors import DecoderCrashedError, PictureError
from desktop_app.core.evidence import EvidenceKind, Findings, Says, Strength
from desktop_app.core.picture import PictureFacts
from desktop_app.imaging.decoder import DecodeLimits, Decoder
from desktop_app.imaging.process import worker_command
from tests.support import marks, pictures, signing

FACTS = PictureFacts("JPEG", 64, 48)
DIES = """
import os, sys; sys.path.append(sys.argv[1])
from desktop_app.imaging import worker
worker.main(look=lambda data, errand, raster: os.abort())
"""
SLEEPS = """
import sys, time; sys.path.append(sys.argv[1])
from desktop_app.imaging import worker
worker.main(look=lambda data, errand, raster: time.sleep(60))
"""
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(command=worker_command("desktop_app.evidence.worker")) as started:
        started.warm_up()  # so that its thread is there before the first test
        yield started


def look(decoder: Decoder, data: bytes) -> Findings:
    return decoder.look(data, decoder.decode(data).facts)


def test_a_signed_picture_is_read_inside_the_walls(decoder: Decoder) -> None:
    found = look(decoder, signing.ai_made())
    fact = found.evidence[0]
    assert (fact.kind, fact.strength, fact.says) == (EvidenceKind.C2PA, Strength.SIGNED, Says.MADE_BY_AI)
    assert not fact.verified  # there is no trust list


def test_a_generators_mark_is_read(decoder: Decoder) -> None:
    settings = "a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 8x8"
    data = marks.png_with(marks.text("parameters", settings))
    (fact,) = look(decoder, data).evidence
    assert (fact.kind, fact.says) == (EvidenceKind.GENERATOR_MARK, Says.MADE_BY_AI)
    assert any("a cat" in text for _, text in fact.private)


def test_a_bare_picture_says_nothing_and_that_means_nothing(decoder: Decoder) -> None:
    found = look(decoder, pictures.png(64, 48))
    assert found.evidence == ()
    assert all(sentence.endswith("this means nothing either way.") for sentence in found.absence)


def test_a_picture_that_was_not_decoded_just_now_is_sent_along(decoder: Decoder) -> None:
    signed = signing.ai_made()
    look(decoder, pictures.png(64, 48))
    found = decoder.look(signed, FACTS)
    assert found.evidence[0].says is Says.MADE_BY_AI
    assert decoder.look(signed, FACTS) == found


def test_another_pictures_marks_are_never_given(decoder: Decoder) -> None:
    decoder.decode(signing.ai_made())
    bare = pictures.jpeg()
    assert decoder.look(bare, FACTS).evidence == ()


def test_it_goes_on_after_a_picture_that_cannot_be_read(decoder: Decoder) -> None:
    with pytest.raises(PictureError):
        decoder.decode(b"nothing")
    assert look(decoder, signing.ai_made()).evidence


def test_a_fresh_process_never_says_that_a_picture_it_has_not_seen_carries_nothing() -> None:
    signed = signing.ai_made()
    with Decoder(command=worker_command("desktop_app.evidence.worker")) as other:
        facts = other.decode(signed).facts
        other.close()
        other.warm_up()
        other._last = signed  # as if the process had died just after it was asked about
        with pytest.raises(DecoderCrashedError):
            other.look(signed, facts)
        assert other.look(signed, facts).evidence


@pytest.mark.parametrize("program", [DIES, SLEEPS])
def test_a_reader_of_marks_that_dies_or_hangs_costs_no_pixels(program: str) -> None:
    command = [sys.executable, "-c", program, str(ROOT)]
    data = pictures.png(64, 48)
    with Decoder(DecodeLimits(seconds=1.0), command) as bad:
        picture = bad.decode(data)
        with pytest.raises(PictureError):
            bad.look(data, picture.facts)
        assert bad.decode(data) == picture


def test_a_worker_without_a_reader_finds_nothing() -> None:
    with Decoder() as plain:
        data = signing.ai_made()
        assert plain.look(data, plain.decode(data).facts) == Findings()


def test_a_worker_that_forges_another_kind_of_answer_is_replaced() -> None:
    program = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from desktop_app.imaging import wire\n"
        "requests, answers = sys.stdin.buffer.raw, sys.stdout.buffer.raw\n"
        "wire.read_frame(requests)\n"
        "wire.write_frame(answers, wire.pack(wire.Ready()))\n"
        "wire.read_frame(requests)\n"
        "wire.write_frame(answers, wire.pack(wire.Found(1), b'garbage'))\n"
        "sys.stdin.read()\n"
    )
    with Decoder(command=[sys.executable, "-c", program, str(ROOT)]) as mad:
        with pytest.raises(DecoderCrashedError):
            mad.look(b"anything", FACTS)
        assert mad.worker_pid is None
