"""The settings dialog's "Test key"."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from PIL import Image

from desktop_app.core.errors import (
    CloudError,
    DetectorUnavailableError,
    KeyForbiddenError,
    KeyMissingError,
    KeyRejectedError,
    ServiceUnreachableError,
    TooFastError,
)
from desktop_app.detectors.nim import NimOptions, check_key
from desktop_app.detectors.nim.keycheck import built_in_picture
from desktop_app.system.network import NetworkThread
from tests.support.nim import KEY, StandIn


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("bad-key", KeyRejectedError), ("too-fast", TooFastError), ("elsewhere", ServiceUnreachableError)],
)
def test_trouble_is_the_trouble_that_a_picture_would_meet(
    standin: StandIn, network: NetworkThread, fault: str, kind: type[CloudError]
) -> None:
    standin.always(fault)
    began = time.monotonic()
    assert type(check_key(NimOptions(base_url=standin.url), KEY, network).exception(5)) is kind
    assert time.monotonic() - began < 1.5
    assert len(standin.requests) == 1


def test_another_key_is_refused(standin: StandIn, network: NetworkThread) -> None:
    future = check_key(NimOptions(base_url=standin.url), "nvapi-other", network)
    assert isinstance(future.exception(5), KeyForbiddenError)


@pytest.mark.parametrize("key", [None, " "])
def test_no_key_is_no_question(standin: StandIn, network: NetworkThread, key: str | None) -> None:
    assert isinstance(check_key(NimOptions(base_url=standin.url), key, network).exception(5), KeyMissingError)
    assert not standin.requests


def test_a_key_is_not_sent_in_the_clear(network: NetworkThread) -> None:
    future = check_key(NimOptions(base_url="http://nim.example"), KEY, network)
    assert isinstance(future.exception(5), DetectorUnavailableError)


@pytest.mark.parametrize("key", [KEY, f" {KEY}\n"])
def test_a_good_key_passes_with_one_inference(standin: StandIn, network: NetworkThread, key: str) -> None:
    assert check_key(NimOptions(base_url=standin.url), key, network).result(5) is None
    assert [request.method for request in standin.requests] == ["POST"]


def test_a_self_hosted_address_is_tested_without_a_key(standin: StandIn, network: NetworkThread) -> None:
    assert check_key(NimOptions(base_url=standin.url, self_hosted=True), KEY, network).result(5) is None


def test_the_built_in_picture_is_a_small_png() -> None:
    with Image.open(BytesIO(built_in_picture().data)) as image:
        image.load()
        assert (image.format, image.size) == ("PNG", (64, 64))
        assert len(built_in_picture().data) < 5_000
