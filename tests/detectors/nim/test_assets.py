"""The asset store: off by default, without the key at the upload host, and nothing stays there."""

from __future__ import annotations

import time
from typing import Any

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, CreditsError, KeyRejectedError
from tests.detectors.nim.conftest import Bench, ask, grey, noise
from tests.support.nim import KEY, Fault, StandIn

LARGE = noise(400, 400)  # about 480 kB as PNG
NOT_HTTPS = Fault(body=b'{"assetId":"a-1","uploadUrl":"file:///etc/passwd"}')
ODD_ID = Fault(body=b'{"assetId":"../keys","uploadUrl":"http://127.0.0.1:1/x"}')


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        ("assets", "forbidden"),
        ("assets", "not-json"),
        ("assets", "unprocessable"),
        ("assets", "cut-after-reading"),
        ("assets", NOT_HTTPS),
        ("assets", ODD_ID),
        ("put", "forbidden"),
        ("put", "fault"),
        ("put", "elsewhere"),
        ("put", "cut-before-reading"),
        ("infer", "unprocessable"),
    ],
)
def test_a_refused_asset_falls_back_to_a_smaller_jpeg(
    standin: StandIn, bench: Bench, at: str, fault: str | Fault
) -> None:
    standin.plan(fault, at=at)
    estimate = ask(bench.detector(standin.url, asset_upload=True), LARGE).result(10)
    assert estimate.sent is not None
    assert estimate.sent.reencoded
    assert "did not take the original" in estimate.sent.reason
    assert not [asset for asset in standin.assets.values() if asset.data is not None]


def test_a_rejected_key_is_no_reason_to_try_a_smaller_picture(standin: StandIn, bench: Bench) -> None:
    standin.always("bad-key")
    standin.always("bad-key", at="assets")
    error = ask(bench.detector(standin.url, asset_upload=True), LARGE).exception(10)
    assert isinstance(error, KeyRejectedError)


def test_the_asset_is_deleted_when_the_model_fails(standin: StandIn, bench: Bench) -> None:
    standin.always("no-credits")
    error = ask(bench.detector(standin.url, asset_upload=True), LARGE).exception(10)
    assert isinstance(error, CreditsError)
    assert len(standin.at("put")) == len(standin.at("delete")) == 1
    assert standin.assets == {}


@pytest.mark.parametrize(("at", "fault"), [("infer", "hangs"), ("put", "hangs-unread")])
def test_the_asset_is_deleted_when_the_picture_is_cancelled_mid_upload_or_mid_wait(
    standin: StandIn, bench: Bench, at: str, fault: str
) -> None:
    standin.always(fault, at=at)
    token = CancelToken()
    future = ask(bench.detector(standin.url, asset_upload=True), noise(900, 900), token)
    deadline = time.monotonic() + 10
    while not standin.at(at) and time.monotonic() < deadline:
        time.sleep(0.01)
    began = time.monotonic()
    token.cancel()
    assert isinstance(future.exception(5), Cancelled)
    assert time.monotonic() - began < 1
    while standin.assets and time.monotonic() < deadline:
        time.sleep(0.01)
    assert standin.assets == {}


def test_a_deletion_that_fails_costs_nothing_but_a_line_in_the_log(
    standin: StandIn, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    standin.always("fault", at="delete")
    with caplog.at_level("INFO"):
        assert ask(bench.detector(standin.url, asset_upload=True), LARGE).result(10).p_ai > 0
    assert "could not be deleted" in caplog.text
    assert KEY not in caplog.text


def test_a_large_original_goes_whole_and_without_the_key(standin: StandIn, bench: Bench) -> None:
    estimate = ask(bench.detector(standin.url, asset_upload=True), LARGE).result(10)
    assert estimate.sent is not None
    assert not estimate.sent.reencoded
    (put,) = standin.at("put")
    assert put.body == LARGE
    assert KEY.encode() not in put.all_bytes
    assert len(standin.at("delete")) == 1
    (upload,) = bench.uploads
    assert (upload.host, upload.bytes) == (standin.upload_url.removeprefix("http://"), len(LARGE))


@pytest.mark.parametrize("options", [{}, {"asset_upload": True, "self_hosted": True}])
def test_the_store_is_not_used_unless_asked_for_and_hosted(
    standin: StandIn, bench: Bench, options: dict[str, Any]
) -> None:
    ask(bench.detector(standin.url, **options), LARGE).result(10)
    assert not standin.at("assets")


def test_a_small_picture_needs_no_store(standin: StandIn, bench: Bench) -> None:
    ask(bench.detector(standin.url, asset_upload=True), grey(3)).result(10)
    assert not standin.at("assets")
