"""What is sent, and what is said about it."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from io import BytesIO

import pytest
from PIL import Image

from desktop_app.core.errors import SettingsError
from desktop_app.core.estimates import Sent
from desktop_app.core.picture import Raster
from desktop_app.detectors.nim import Upload
from desktop_app.detectors.nim.ladder import QUALITIES, encode_to_fit
from desktop_app.detectors.nim.prepare import LARGER_SIDE, MAX_BASE64, MAX_INLINE_BYTES, prepare
from tests.detectors.nim.conftest import Bench, ask, examined, grey, noise
from tests.detectors.nim.makers import SECRET, rich_jpeg, rich_png
from tests.support import pictures
from tests.support.nim import StandIn
from tests.support.pictures import encode, photo


def sent_picture(standin: StandIn) -> tuple[str, bytes]:
    """Return the media type and the bytes of the one picture that arrived."""
    (request,) = standin.at("infer")
    kind, encoded = json.loads(request.body)["input"][0].removeprefix("data:").split(";base64,")
    assert len(encoded) < MAX_BASE64
    return kind, base64.b64decode(encoded)


def test_the_limit_in_bytes_is_the_limit_in_characters() -> None:
    assert len(base64.b64encode(bytes(MAX_INLINE_BYTES))) < MAX_BASE64
    assert len(base64.b64encode(bytes(MAX_INLINE_BYTES + 1))) >= MAX_BASE64


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (noise(400, 300, "JPEG", quality=100, subsampling=0), "larger than the service takes"),
        (noise(300, 300), "larger than the service takes"),
        (pictures.FORMATS["WEBP"](), "JPEG and PNG alone"),
        (pictures.FORMATS["GIF"](), "JPEG and PNG alone"),
        (pictures.FORMATS["TIFF"](), "JPEG and PNG alone"),
        (pictures.animated("PNG"), "animated"),
        (encode(photo(), "JPEG", xmp=b'<x:xmpmeta tiff:Orientation="6"/>'), "how to turn it"),
        (pictures.jpeg()[:2] + b"\xff\xfe\0\1" + pictures.jpeg()[2:], "metadata could not be taken out"),
    ],
    ids=["large-jpeg", "large-png", "webp", "gif", "tiff", "animated", "odd-turn", "odd-container"],
)
def test_what_cannot_go_as_it_is_goes_as_a_fresh_jpeg_and_is_said(
    standin: StandIn, bench: Bench, data: bytes, reason: str
) -> None:
    detector = bench.detector(standin.url)
    estimate = ask(detector, data).result(10)
    kind, picture = sent_picture(standin)
    assert kind == "image/jpeg"
    with Image.open(BytesIO(picture)) as image:
        size = image.size
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    sent = estimate.sent
    assert sent is not None
    assert (sent.bytes, (sent.width, sent.height), sent.format) == (len(picture), size, "JPEG")
    assert sent.reencoded
    assert reason in sent.reason
    assert sent.host == standin.url.removeprefix("http://")
    (upload,) = bench.uploads
    assert (upload.bytes, upload.reencoded, upload.host) == (len(picture), True, sent.host)


@pytest.mark.parametrize("data", [rich_jpeg(), rich_jpeg(6), rich_png(), pictures.mpo()[:]])
def test_what_fits_goes_as_it_is_but_for_its_metadata(standin: StandIn, bench: Bench, data: bytes) -> None:
    detector = bench.detector(standin.url)
    assert detector.larger_side(data, examined(detector, data).picture.facts) is None
    estimate = ask(detector, data).result(10)
    kind, picture = sent_picture(standin)
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(picture)) as after:
        assert before.tobytes() == after.tobytes()
        assert kind == f"image/{str(after.format).lower()}"
    assert SECRET not in picture
    assert estimate.sent is not None
    assert not estimate.sent.reencoded
    assert estimate.sent.reason == ""


def test_the_ledger_hears_of_both_hashes(standin: StandIn, bench: Bench) -> None:
    data = rich_jpeg()
    ask(bench.detector(standin.url), data).result(10)
    _, picture = sent_picture(standin)
    (upload,) = bench.uploads
    assert upload.sha256 == hashlib.sha256(picture).hexdigest()
    assert upload.picture_sha256 == hashlib.sha256(data).hexdigest()
    assert upload.time > 1_700_000_000


def test_an_upload_that_cannot_be_noted_does_not_happen(standin: StandIn, bench: Bench) -> None:
    def full(_upload: Upload) -> None:
        raise SettingsError("disk full")

    error = ask(bench.detector(standin.url, on_upload=full), grey(7)).exception(5)
    assert isinstance(error, SettingsError)
    assert all(request.body == b"" for request in standin.requests)


def test_a_ledger_that_waits_for_its_disk_holds_up_nobody_else(standin: StandIn, bench: Bench) -> None:
    slow = threading.Event()
    waiting = ask(bench.detector(standin.url, on_upload=lambda _: slow.wait(5)), grey(7))
    assert ask(bench.detector(standin.url), grey(255)).result(5).p_ai == 1.0
    assert not waiting.done()
    slow.set()
    assert waiting.result(5).sent


def test_the_size_told_is_that_of_the_upright_picture(standin: StandIn, bench: Bench) -> None:
    estimate = ask(bench.detector(standin.url), rich_jpeg(6)).result(10)
    assert estimate.sent == Sent(
        bytes=estimate.sent.bytes if estimate.sent else 0,
        width=240,
        height=320,
        format="JPEG",
        reencoded=False,
        reason="",
        host=standin.url.removeprefix("http://"),
    )


# ---------------------------------------------------------------- the ladder


def raster(image: Image.Image) -> Raster:
    return Raster(*image.size, image.tobytes())


def test_the_best_quality_that_fits_is_taken() -> None:
    picture = raster(photo(640, 480))
    sizes = {
        quality: len(encode(photo(640, 480), "JPEG", quality=quality, optimize=True)) for quality in QUALITIES
    }
    for quality, size in sizes.items():
        encoded = encode_to_fit(picture, size)
        assert (encoded.quality, len(encoded.data)) == (quality, size)
        assert (encoded.width, encoded.height) == (640, 480)


def test_size_goes_down_only_when_no_quality_fits() -> None:
    picture = raster(photo(640, 480))
    encoded = encode_to_fit(picture, len(encode(photo(640, 480), "JPEG", quality=80, optimize=True)) - 1)
    assert (encoded.width, encoded.height) == (512, 384)


@pytest.mark.parametrize("size", [(1200, 900), (2048, 3), (1, 2048)])
def test_even_noise_fits_at_last(size: tuple[int, int]) -> None:
    encoded = encode_to_fit(raster(Image.effect_noise(size, 120).convert("RGB")), MAX_INLINE_BYTES)
    assert len(encoded.data) <= MAX_INLINE_BYTES
    assert encoded.quality in QUALITIES


def test_the_larger_picture_is_asked_for_when_it_is_needed(bench: Bench) -> None:
    detector = bench.detector("https://nim.example")
    data = encode(photo(2400, 1600), "BMP")
    examination = examined(detector, data)
    assert detector.larger_side(data, examination.picture.facts) == LARGER_SIDE
    prepared = prepare(examination)
    assert (prepared.width, prepared.height) == (2048, 1365)
    assert len(prepared.data) <= MAX_INLINE_BYTES
