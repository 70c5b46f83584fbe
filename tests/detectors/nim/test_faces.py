"""The second check."""

from __future__ import annotations

import pytest
from PIL import Image

from desktop_app.core.estimates import Face
from desktop_app.detectors.nim.faces import parse_faces
from tests.detectors.nim.conftest import Bench, ask, grey
from tests.support.nim import Fault, StandIn
from tests.support.pictures import encode, exif, photo

RED = encode(Image.new("RGB", (80, 40), (255, 102, 0)))


@pytest.mark.parametrize("fault", ["unprocessable", "not-found", "not-json", "text-score", "cut-after-reading"])
def test_trouble_with_the_faces_does_not_cost_the_estimate(standin: StandIn, bench: Bench, fault: str) -> None:
    detector = bench.detector(standin.url, deepfake=True)
    wrong = Fault(changes={"bounding_boxes": [{"vertices": [], "is_deepfake": "x"}]})
    fine = Fault()
    standin.plan(fine, *[wrong if fault == "text-score" else fault] * 3)
    estimate = ask(detector, RED).result(10)
    assert estimate.p_ai > 0
    assert estimate.faces is None
    assert estimate.faces_problem


@pytest.mark.parametrize(
    "box",
    [
        '{"vertices":[{"x":1,"y":2}],"is_deepfake":0.5}',
        '{"vertices":[{"x":1,"y":2},{"x":1e999,"y":2}],"is_deepfake":0.5}',
        '{"vertices":[{"x":1,"y":2},{"x":3,"y":4}],"is_deepfake":1.5}',
        '{"vertices":[{"x":1,"y":2},{"x":3,"y":4}],"is_deepfake":0.5,"bbox_confidence":-1}',
        '{"vertices":[{"x":1,"y":2},{"x":3,"y":4}]}',
    ],
)
def test_a_box_that_is_none_fails_the_check(standin: StandIn, bench: Bench, box: str) -> None:
    standin.plan(Fault(), Fault(body=b'{"data":[{"bounding_boxes":[%s]}]}' % box.encode()))
    assert ask(bench.detector(standin.url, deepfake=True), RED).result(10).faces_problem


def test_faces_come_with_their_boxes_in_pixels_of_what_was_sent(standin: StandIn, bench: Bench) -> None:
    estimate = ask(bench.detector(standin.url, deepfake=True), RED).result(10)
    assert estimate.faces == (Face(20, 10, 60, 30, 80, 40, 0.4667, 0.9352),)
    assert len(bench.uploads) == 2


def test_no_face_is_an_empty_list_and_not_a_verdict(standin: StandIn, bench: Bench) -> None:
    estimate = ask(bench.detector(standin.url, deepfake=True), grey(200)).result(10)
    assert estimate.faces == ()
    assert estimate.faces_problem == ""


def test_the_check_is_off_by_default(standin: StandIn, bench: Bench) -> None:
    assert ask(bench.detector(standin.url), RED).result(10).faces is None
    assert len(standin.at("infer")) == 1


def test_a_self_hosted_check_goes_to_its_own_container(standin: StandIn, bench: Bench) -> None:
    with StandIn(faces=True) as second:
        detector = bench.detector(standin.url, self_hosted=True, deepfake=True, deepfake_url=second.url)
        estimate = ask(detector, RED).result(10)
        assert len(second.at("infer")) == 1
        assert [upload.host for upload in bench.uploads] == [
            standin.url.removeprefix("http://"),
            second.url.removeprefix("http://"),
        ]
        detector.close()
    assert estimate.faces


def test_a_self_hosted_service_without_a_second_container_is_not_asked(standin: StandIn, bench: Bench) -> None:
    detector = bench.detector(standin.url, self_hosted=True, deepfake=True)
    assert ask(detector, RED).result(10).faces is None


def test_faces_are_looked_for_in_the_upright_picture(standin: StandIn, bench: Bench) -> None:
    lying = encode(Image.merge("RGB", [photo().getchannel(2), *[photo().getchannel(0).point(lambda _: 0)] * 2]),
                   "JPEG", exif=exif(6))  # fmt: skip
    estimate = ask(bench.detector(standin.url, deepfake=True), lying).result(10)
    assert estimate.sent is not None
    assert not estimate.sent.reencoded
    assert estimate.faces
    assert (estimate.faces[0].sent_width, estimate.faces[0].sent_height) == (240, 320)
    assert bench.uploads[1].reencoded


def test_boxes_are_cut_to_the_picture_and_the_worst_comes_first() -> None:
    box = '{"vertices":[{"x":%s,"y":-5},{"x":500,"y":20}],"is_deepfake":%s}'
    body = '{"data":[{"bounding_boxes":[%s,%s]}]}' % (box % (1, 0.2), box % (2, 0.9))  # noqa: UP031  # braces
    faces = parse_faces(body.encode(), 100, 50)
    assert faces == (Face(2, 0, 100, 20, 100, 50, 0.9), Face(1, 0, 100, 20, 100, 50, 0.2))
