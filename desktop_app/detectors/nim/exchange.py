"""One request and its answer, with every way a connection can fail mapped to an error of ours.

Errors are raised outside the ``except`` blocks on purpose: an httpx error holds its request, and with it the key
and the picture, for as long as the failed item lives.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.core.errors import AnswerError, CloudError, ServiceTimeoutError, ServiceUnreachableError
from desktop_app.core.text import plain
from desktop_app.detectors.nim.options import NimOptions
from desktop_app.system import http

MAX_REPLY_BYTES = 1_000_000
"""Answers hold a few kilobytes; more is not one."""

_UPLOADS = frozenset({b"POST", b"PUT"})  # a CONNECT to a proxy passes the same trace
_BODY_STARTS = "http11.send_request_body.started"
_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value, empty when there is none."""
        return self.headers.get(name, "")


class Exchange:
    """One client for one purpose. To be used in the network's loop alone; made with the first request."""

    def __init__(self, options: NimOptions, verify: ssl.SSLContext | None = None) -> None:
        self._options = options
        self._verify = verify
        self._client: http.AsyncClient | None = None

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        leaving: Callable[[], None] | None = None,
    ) -> Reply:
        """Send a request; redirects are not followed.

        Args:
            method: ``POST``, ``PUT``, ``GET`` or ``DELETE``.
            url: the whole address.
            headers: beside those of every request.
            body: the bytes that go out, if any.
            leaving: called in a thread just before the body's first byte goes, not at all when no connection is
                made. What it raises is raised here, and nothing goes.

        Raises:
            ServiceUnreachableError: no connection, or one that was cut.
            ServiceTimeoutError: a step took too long, or all of them together.
            AnswerError: an answer that is endless or packed.
        """
        options = self._options
        total = options.connect_seconds + options.read_seconds + (options.write_seconds if body else 0)
        try:
            async with asyncio.timeout(total):
                return await self._send(method, url, headers, body, leaving)
        except (http.TimeoutException, TimeoutError) as error:
            failure: CloudError = _too_slow(error)
        except http.ProxySettingsError as error:
            failure = ServiceUnreachableError(str(error))
        except (http.HTTPError, http.InvalidURL, ssl.SSLError) as error:
            failure = _unreachable(error)
        raise failure

    async def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        leaving: Callable[[], None] | None,
    ) -> Reply:
        traced = {"trace": _tracer(leaving)} if leaving else {}
        streamed = self._opened().stream(method, url, headers=headers, content=body, extensions=traced)
        async with streamed as response:
            return Reply(response.status_code, response.headers, await _read(response))

    def _opened(self) -> http.AsyncClient:
        if self._client is None:
            options = self._options
            timeout = http.Timeout(
                connect=options.connect_seconds, read=options.read_seconds, write=options.write_seconds, pool=None
            )
            # One more than pictures at once, for the deletion of an asset.
            self._client = http.plain_client(timeout, verify=self._verify, max_connections=options.concurrency + 1)
        return self._client


async def _read(response: http.Response) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        # It was asked not to. Unpacking could take any amount of memory.
        raise AnswerError("The detection service packed its answer, which it was asked not to do.")
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MAX_REPLY_BYTES:
            raise AnswerError("The detection service's answer is far too long to be one.")
    return bytes(body)


def _tracer(leaving: Callable[[], None]) -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    async def trace(event: str, info: Mapping[str, Any]) -> None:
        if event == _BODY_STARTS and info["request"].method in _UPLOADS:
            await asyncio.to_thread(leaving)  # a ledger waits for its disk

    return trace


def _too_slow(error: Exception) -> ServiceTimeoutError:
    if isinstance(error, http.ConnectTimeout):
        return ServiceTimeoutError("No connection to the detection service came about in time.")
    return ServiceTimeoutError()


def _unreachable(error: Exception) -> ServiceUnreachableError:
    if _CERTIFICATE in str(error):
        return ServiceUnreachableError(
            "The detection service shows a certificate that this computer does not trust.",
            "Check the address in Settings. A company's network may need its certificate installed here.",
        )
    if isinstance(error, http.ProxyError):
        return ServiceUnreachableError("The proxy does not let the connection to the detection service through.")
    if isinstance(error, http.ConnectError):
        return ServiceUnreachableError()
    # h11's sentences quote what the server sent, never what was sent to it.
    detail = plain(str(error), 120)
    return ServiceUnreachableError(
        f"The connection to the detection service was cut ({detail or 'without a word'})."
    )
