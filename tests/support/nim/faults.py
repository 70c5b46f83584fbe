"""Everything that can go wrong at the service, by name; bodies are those of the contract's status table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Cut(Enum):
    """Where the connection ends."""

    BEFORE_READING = "before reading"
    AFTER_READING = "after reading"
    MID_HEADERS = "mid headers"
    AFTER_HEADERS = "after headers"
    MID_ANSWER = "mid answer"


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one request instead of what should.

    Attributes:
        status: answered with ``headers`` and ``body``; 0 leaves the answer as it would be.
        body: the answer's body, also of a 200; None leaves it.
        changes: fields of the right answer's item to replace; a value of ``...`` takes the field away.
        cut: ends the connection there.
        delay: seconds before the answer.
        hold: no answer until the stand-in is closed; the request is read first unless ``unread``.
        dribble: a byte each 50 ms, for ever.
        pending: says 202 so many times before the answer.
        lost: a pending answer is gone (404).
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    cut: Cut | None = None
    delay: float = 0.0
    hold: bool = False
    unread: bool = False
    dribble: bool = False
    pending: int = 0
    lost: bool = False


PROBLEM = {"Content-Type": "application/problem+json"}


def problem(status: int, detail: str = "", title: str = "", headers: Mapping[str, str] | None = None) -> Fault:
    """Return an answer as NVIDIA's gateway words them."""
    fields = {"status": status, "title": title, "detail": detail}
    body = json.dumps({name: value for name, value in fields.items() if value}).encode()
    return Fault(status=status, headers={**PROBLEM, **(headers or {})}, body=body)


_FUNCTION = "Function '6ac93ae5-0000-4000-8000-000000000000'"
_UNPROCESSABLE = json.dumps(
    {
        "type": "urn:inference-service:problem-details:unprocessable-entity",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "Inference error",
    }
).encode()
UNPROCESSABLE = Fault(status=422, headers=PROBLEM, body=_UNPROCESSABLE)

STATUSES: dict[str, Fault] = {
    "degraded": problem(400, f"{_FUNCTION}: DEGRADED function cannot be invoked", "Bad Request"),
    "bad-request": problem(400, "input: field required", "Bad Request"),
    "bad-key": problem(401, "Authentication failed", "Unauthorized"),
    "no-credits": problem(402, "Account 'abc': Cloud credits expired - Please contact NVIDIA representatives"),
    "forbidden": problem(403, "Authorization failed", "Forbidden"),
    "not-found": problem(404, f"{_FUNCTION}: Not found for account 'abc'", "Not Found"),
    "not-allowed": Fault(status=405),
    "proxy-login": Fault(status=407, body=b"<html>proxy login</html>"),
    "request-timeout": Fault(status=408),
    "retired": problem(
        410, "The model 'hive/ai-generated-image-detection' has reached its end of life on 2026-09-01"
    ),
    "too-large": Fault(status=413, body=b"Payload Too Large"),
    "unprocessable": UNPROCESSABLE,
    "unprocessable-list": Fault(
        status=422, body=json.dumps({"detail": [{"loc": ["input"], "msg": "bad"}]}).encode()
    ),
    "too-fast": problem(429, title="Too Many Requests"),
    "too-fast-wait": problem(429, title="Too Many Requests", headers={"Retry-After": "1"}),
    "too-fast-hour": problem(429, title="Too Many Requests", headers={"Retry-After": "3600"}),
    "fault": problem(500, "Inference error", "Internal Server Error"),
    "bare-fault": Fault(status=500, body=b""),
    "bad-gateway": Fault(status=502, body=b"<html><h1>502 Bad Gateway</h1></html>"),
    "overloaded": problem(503, "no healthy upstream", "Service Unavailable"),
    "gateway-timeout": Fault(status=504, body=b"upstream request timeout"),
    "no-content": Fault(status=204, body=b""),
    "elsewhere": Fault(status=302),  # the stand-in adds its Location
}

ANSWERS: dict[str, Fault] = {
    "not-json": Fault(body=b"<html>Welcome to the hotel</html>"),
    "empty": Fault(body=b""),
    "half-json": Fault(body=b'{"data":[{"index":0,"is_ai_gen'),
    "no-text": Fault(body=b"\xff\xfe\x00\x80"),
    "a-list": Fault(body=b"[1, 2]"),
    "no-data": Fault(body=b'{"message":"try later"}'),
    "no-items": Fault(body=b'{"data":[]}'),
    "item-is-a-number": Fault(body=b'{"data":[7]}'),
    "deep": Fault(body=b'{"data":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "error-item": Fault(body=b'{"data":[{"index":0,"status":"ERROR","detail":"face too blurred"}]}'),
    "failure-with-score": Fault(changes={"status": "FAILURE"}),
    "filtered": Fault(body=b'{"data":[{"index":0,"status":"CONTENT_FILTERED"}]}'),
    "no-score": Fault(changes={"is_ai_generated": ..., "bounding_boxes": ...}),
    "null-score": Fault(changes={"is_ai_generated": None}),
    "text-score": Fault(changes={"is_ai_generated": "0.93"}),
    "true-score": Fault(changes={"is_ai_generated": True}),
    "nan-score": Fault(changes={"is_ai_generated": float("nan")}),
    "infinite-score": Fault(body=b'{"data":[{"status":"SUCCESS","is_ai_generated":1e999}]}'),
    "percent-score": Fault(changes={"is_ai_generated": 93.0}),
    "negative-score": Fault(changes={"is_ai_generated": -0.2}),
    "text-source": Fault(changes={"possible_sources": {"flux": "0.9"}}),
    "nan-source": Fault(changes={"possible_sources": {"flux": float("nan")}}),
    "percent-source": Fault(changes={"possible_sources": {"flux": 90}}),
    "sources-list": Fault(changes={"possible_sources": ["flux"]}),
    "endless": Fault(body=b'{"data":[' + b" " * 2_000_000),
    "packed": Fault(headers={"Content-Encoding": "gzip"}),
}

GOOD: dict[str, Fault] = {
    "unknown-source": Fault(changes={"possible_sources": {"brand_new-generator": 0.8, "none": 0.2}}),
    "no-sources": Fault(changes={"possible_sources": ...}),
    "null-sources": Fault(changes={"possible_sources": None}),
    "no-status": Fault(changes={"status": ...}),
    "odd-status": Fault(changes={"status": "COMPLETED"}),
    "whole-number": Fault(changes={"is_ai_generated": 1}),
    "more-fields": Fault(changes={"model_version": 7, "c2pa": {"x": [1]}}),
    "slow": Fault(delay=0.2),
    "pending": Fault(pending=2),
}

CUTS: dict[str, Fault] = {f"cut-{cut.value.replace(' ', '-')}": Fault(cut=cut) for cut in Cut}

STALLS: dict[str, Fault] = {
    "hangs": Fault(hold=True),
    "hangs-unread": Fault(hold=True, unread=True),
    "dribbles": Fault(dribble=True),
    "pending-for-ever": Fault(pending=1_000_000),
    "pending-lost": Fault(pending=1, lost=True),
    "pending-unnumbered": Fault(status=202, body=b""),
}

FAULTS: dict[str, Fault] = {**STATUSES, **ANSWERS, **GOOD, **CUTS, **STALLS}
"""Every fault by the name that ``--fault`` takes."""
