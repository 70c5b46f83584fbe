"""The stand-in checks what the real service checks, so that the other tests mean something."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from tests.detectors.nim.conftest import grey, noise
from tests.support.nim import KEY, StandIn
from tests.support.nim.routes import HOSTED, SELF_HOSTED
from tests.support.pictures import FORMATS

_AUTH = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}


@pytest.fixture
def loose() -> Iterator[StandIn]:
    """A stand-in that may have reason to complain."""
    with StandIn() as started:
        yield started


def call(url: str, method: str, path: str, body: bytes | None = None, headers: Any = None) -> tuple[int, bytes]:
    connection = HTTPConnection(url.removeprefix("http://"), timeout=5)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def uri(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def infer(standin: StandIn, inputs: Any, headers: dict[str, str] | None = None) -> int:
    return call(standin.url, "POST", HOSTED, json.dumps({"input": inputs}).encode(), headers or _AUTH)[0]


def test_it_refuses_what_the_real_one_refuses(loose: StandIn) -> None:
    good = uri(grey(1))
    assert infer(loose, [good], {"Content-Type": "application/json"}) == 401
    assert infer(loose, [good], {**_AUTH, "Authorization": "Bearer nvapi-other"}) == 403
    assert infer(loose, [good], {**_AUTH, "Content-Type": "text/plain"}) == 415
    assert infer(loose, [good, good]) == 422
    assert infer(loose, []) == 422
    assert infer(loose, good) == 422
    assert infer(loose, [uri(b"no picture")]) == 422
    assert infer(loose, [uri(grey(1), "jpeg")]) == 422
    assert infer(loose, [uri(FORMATS["WEBP"](), "webp")]) == 422
    assert infer(loose, ["data:image/png;base64,%%%"]) == 422
    assert infer(loose, ["data:image/png;asset_id,unknown"]) == 422
    assert infer(loose, [uri(noise(300, 300))]) == 500
    assert call(loose.url, "GET", "/v2/nvcf/pexec/status/unknown", headers=_AUTH)[0] == 404
    assert call(loose.url, "DELETE", "/v2/nvcf/assets/unknown", headers=_AUTH)[0] == 404
    assert infer(loose, [good]) == 200
    assert loose.complaints == []


def test_it_complains_about_keys_that_went_astray(loose: StandIn) -> None:
    body = json.dumps({"input": [uri(grey(1))]}).encode()
    call(loose.url, "POST", SELF_HOSTED, body, _AUTH)
    call(loose.upload_url, "PUT", "/bucket/x", b"", _AUTH)
    call(loose.upload_url, "GET", "/elsewhere")
    assert len(loose.complaints) == 3


def test_the_upload_host_wants_exactly_the_headers_that_were_announced(loose: StandIn) -> None:
    wish = json.dumps({"contentType": "image/png", "description": "d"}).encode()
    created = json.loads(call(loose.url, "POST", "/v2/nvcf/assets", wish, _AUTH)[1])
    path = created["uploadUrl"].removeprefix(loose.upload_url)
    assert call(loose.upload_url, "PUT", path, grey(1), {"Content-Type": "image/png"})[0] == 403
    right = {"Content-Type": "image/png", "x-amz-meta-nvcf-asset-description": "d"}
    assert call(loose.upload_url, "PUT", path, grey(1), right)[0] == 200
    reference = {**_AUTH, "NVCF-INPUT-ASSET-REFERENCES": created["assetId"]}
    assert infer(loose, [f"data:image/png;asset_id,{created['assetId']}"]) == 422
    assert infer(loose, [f"data:image/png;asset_id,{created['assetId']}"], reference) == 200


def test_it_is_ready_when_asked(loose: StandIn) -> None:
    assert call(loose.url, "GET", "/v1/health/ready")[0] == 200


def test_it_can_be_started_by_hand() -> None:
    command = [sys.executable, "-u", "-m", "tests.support.nim", "--fault", "fault", "--latency", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found
            assert "--accept-upload" in process.stdout.readline()
            body = json.dumps({"input": [uri(grey(1))]}).encode()
            assert call(found[0], "POST", SELF_HOSTED, body, {"Content-Type": "application/json"})[0] == 500
        finally:
            process.terminate()
