"""Every status of the contract as an error of its own, and whether to try again.

The bodies are recorded ones (see the contract); anything else falls to the family of its status.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus
from urllib.parse import urlsplit

from desktop_app.core.errors import (
    AnswerError,
    CloudError,
    CreditsError,
    KeyForbiddenError,
    KeyRejectedError,
    ModelMissingError,
    ModelRetiredError,
    PictureRejectedError,
    ServiceFaultError,
    ServiceTimeoutError,
    ServiceUnreachableError,
    TooFastError,
)
from desktop_app.detectors.nim.exchange import Reply
from desktop_app.detectors.nim.words import harmless, said, words_of


class Again(Enum):
    """Whether the same request is sent again by itself."""

    NEVER = "never"
    SOON = "soon"  # at most twice
    PACED = "paced"  # after a pause of the whole pool
    AFRESH = "afresh"  # a pending answer is lost, so the picture has to be sent again


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request came to nothing; ``retry_after`` is in seconds."""

    error: CloudError
    again: Again = Again.NEVER
    retry_after: float | None = None


_ERRORS: dict[int, type[CloudError]] = {
    401: KeyRejectedError,
    402: CreditsError,
    403: KeyForbiddenError,
    404: ModelMissingError,
    405: ModelMissingError,  # an address that is something else's
    407: ServiceUnreachableError,  # the proxy wants a login
    408: ServiceTimeoutError,
    410: ModelRetiredError,
    429: TooFastError,
}
_DEGRADED = "DEGRADED"


def failure_of(reply: Reply, key: str | None) -> Failure:
    """Return what a reply other than 200 and 202 means."""
    words = words_of(reply.body, key)
    status = reply.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        seconds = _seconds(reply.header("retry-after"))
        return Failure(TooFastError(_sentence(TooFastError, words)), Again.PACED, seconds)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or (status == HTTPStatus.BAD_REQUEST and _DEGRADED in words):
        return Failure(ServiceFaultError(_sentence(ServiceFaultError, words or f"status {status}")), Again.SOON)
    if status in range(HTTPStatus.MULTIPLE_CHOICES, HTTPStatus.BAD_REQUEST):
        return Failure(_redirected(reply, key))
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Failure(AnswerError(_sentence(AnswerError, words or f"status {status}")))
    kind = _ERRORS.get(status, PictureRejectedError)
    return Failure(kind(_sentence(kind, words or f"status {status}")))


def _sentence(kind: type[CloudError], words: str) -> str:
    return said(kind.default_message, words)


def _redirected(reply: Reply, key: str | None) -> ServiceUnreachableError:
    """Name where the service wanted us to go: a login page of a hotel's network, mostly."""
    try:
        host = urlsplit(reply.header("location")).hostname or ""
    except ValueError:
        host = ""
    elsewhere = f"to {harmless(host, key)}" if host else "elsewhere"
    return ServiceUnreachableError(
        f"The detection service's address leads {elsewhere}, and Telltale takes neither pictures nor keys there."
    )


def _seconds(retry_after: str) -> float | None:
    """Return a Retry-After header in seconds; both forms of RFC 9110, 10.2.3."""
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after[:9])
    try:
        when = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
