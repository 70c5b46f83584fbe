"""The service's routes: what is answered where, when nothing goes wrong."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from tests.support.nim.checks import Asset, RefusedError, check_auth, picture_in
from tests.support.nim.faults import Fault, problem
from tests.support.nim.model import answer_for, faces_for
from tests.support.nim.records import Recorded
from tests.support.nim.wire import Answer

HOSTED = "/v1/cv/hive/ai-generated-image-detection"
HOSTED_FACES = "/v1/cv/hive/deepfake-image-detection"
SELF_HOSTED = "/v1/infer"
_ASSETS, _STATUS = "/v2/nvcf/assets", "/v2/nvcf/pexec/status/"
_XML = {"Content-Type": "application/xml"}


class Service:
    """What the service remembers between requests; the attributes are those of the stand-in."""

    def __init__(self, key: str | None, upload_url: str, *, faces: bool) -> None:
        self.key = key
        self.faces = faces
        self.upload_url = upload_url
        self.assets: dict[str, Asset] = {}
        self.complaints: list[str] = []
        self._pending: dict[str, tuple[int, Answer, bool]] = {}

    def answer(self, request: Recorded, fault: Fault) -> Answer:
        """Return the right answer to a request; ``fault`` may change its item or keep it pending.

        Raises:
            RefusedError: the request breaks a rule.
        """
        kind = kind_of(request.place, request.method, request.path)
        if kind == "put":
            return self._put(request)
        if kind == "ready":
            return Answer(200, b'{"object":"health-response","message":"ready"}')
        if kind == "infer":
            return self._infer(request, fault)
        if kind == "unknown":
            self.complaints.append(f"{request.method} {request.path} at {request.place}")
            raise RefusedError("no such route", problem(404, "Not Found"))
        check_auth(request.headers, self.key)
        name = request.path.rsplit("/", 1)[-1]
        if kind == "status":
            return self._status(name)
        return self._delete(name) if kind == "delete" else self._create(request)

    def _infer(self, request: Recorded, fault: Fault) -> Answer:
        if request.path == SELF_HOSTED:
            if "authorization" in request.headers:
                self.complaints.append("a key came to a self-hosted service")
        else:
            check_auth(request.headers, self.key)
        picture = picture_in(request.headers, request.body, self.assets)
        faces = self.faces if request.path == SELF_HOSTED else request.path == HOSTED_FACES
        answer = _changed(faces_for(picture) if faces else answer_for(picture), fault.changes)
        headers = {"nvcf-reqid": str(uuid.uuid4()), "nvcf-status": "fulfilled"}
        finished = Answer(200, answer, headers)
        if not fault.pending:
            return finished
        self._pending[headers["nvcf-reqid"]] = (fault.pending - 1, finished, fault.lost)
        return Answer(202, b"", {**headers, "nvcf-status": "pending-evaluation"})

    def _status(self, request_id: str) -> Answer:
        left, answer, lost = self._pending.pop(request_id, (0, Answer(404, b'{"status":404}'), False))
        if left:
            self._pending[request_id] = (left - 1, answer, lost)
            return Answer(202, b"", {"nvcf-reqid": request_id})
        return Answer(404, b'{"status":404,"title":"Not Found"}') if lost else answer

    def _create(self, request: Recorded) -> Answer:
        wish = json.loads(request.body)
        asset_id = str(uuid.uuid4())
        self.assets[asset_id] = Asset(wish["contentType"], wish["description"])
        url = f"{self.upload_url}/bucket/{asset_id}?X-Amz-Signature=0123456789abcdef"
        return Answer(200, json.dumps({"assetId": asset_id, "uploadUrl": url, **wish}).encode())

    def _put(self, request: Recorded) -> Answer:
        if "authorization" in request.headers:
            self.complaints.append("a key came to the upload host")
            return Answer(400, b"<Error><Code>InvalidArgument</Code></Error>", {"Content-Type": "application/xml"})
        asset_id = request.path.removeprefix("/bucket/").split("?", 1)[0]
        asset = self.assets.get(asset_id)
        told = request.headers.get("content-type"), request.headers.get("x-amz-meta-nvcf-asset-description")
        if asset is None or told != (asset.content_type, asset.description):
            body = b"<Error><Code>SignatureDoesNotMatch</Code></Error>"
            return Answer(403, body, {"Content-Type": "application/xml"})
        self.assets[asset_id] = Asset(asset.content_type, asset.description, request.body)
        return Answer(200)

    def _delete(self, asset_id: str) -> Answer:
        if self.assets.pop(asset_id, None) is None:
            return Answer(404, b'{"status":404}')
        return Answer(204)


def kind_of(place: str, method: str, path: str) -> str:
    """Return the kind of a route: infer, ready, status, assets, put, delete or unknown."""
    if place == "uploads":
        return "put" if method == "PUT" and path.startswith("/bucket/") else "unknown"
    if method == "POST" and path in {HOSTED, HOSTED_FACES, SELF_HOSTED}:
        return "infer"
    if method == "GET" and path == "/v1/health/ready":
        return "ready"
    if method == "GET" and path.startswith(_STATUS):
        return "status"
    if method == "POST" and path == _ASSETS:
        return "assets"
    return "delete" if method == "DELETE" and path.startswith(_ASSETS + "/") else "unknown"


def _changed(answer: dict[str, Any], changes: Mapping[str, Any]) -> bytes:
    item = {name: value for name, value in {**answer["data"][0], **changes}.items() if value is not ...}
    return json.dumps({"data": [item]}).encode()
