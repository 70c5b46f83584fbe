"""The only module that imports httpx, so that a fork of it could take its place; import it where it is used.

httpx 0.28 is the last release of its author (December 2024). What others need of it is re-exported here.

Two kinds of client. :func:`plain_client` goes where it is told: the cloud detector, whose address the user sets and
which may well stand in a private network. :func:`guarded_client` follows links that strangers wrote and refuses
private addresses at connect time. Both honour the environment's proxies and the operating system's certificates, keep
no cookies, follow no redirects by themselves and ask for unpacked answers: httpx 0.28 unpacks 1.6 kB of brotli to 3 GB
before the reader sees a byte (measured), so read ``aiter_raw`` and refuse any ``Content-Encoding``.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Callable, Iterable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import truststore
from httpx import (
    URL,
    AsyncClient,
    AsyncHTTPTransport,
    ConnectError,
    ConnectTimeout,
    HTTPError,
    InvalidURL,
    Limits,
    NetworkError,
    PoolTimeout,
    ProtocolError,
    Proxy,
    ProxyError,
    ReadTimeout,
    RemoteProtocolError,
    Request,
    Response,
    StreamError,
    Timeout,
    TimeoutException,
    TransportError,
    UnsupportedProtocol,
    WriteTimeout,
)

from desktop_app import __version__
from desktop_app.system.guard import Guard, Resolver

__all__ = [
    "URL",
    "AsyncClient",
    "ConnectError",
    "ConnectTimeout",
    "HTTPError",
    "InvalidURL",
    "NetworkError",
    "PoolTimeout",
    "ProtocolError",
    "ProxyError",
    "ProxySettingsError",
    "ReadTimeout",
    "RemoteProtocolError",
    "Request",
    "Response",
    "StreamError",
    "Timeout",
    "TimeoutException",
    "TransportError",
    "UnsupportedProtocol",
    "WriteTimeout",
    "guarded_client",
    "plain_client",
]

_HEADERS = {"User-Agent": f"Telltale/{__version__}", "Accept-Encoding": "identity"}
# httpx logs every address at INFO, signed links and their tokens included, and httpcore every header at DEBUG.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class ProxySettingsError(Exception):
    """The environment names a proxy that can't be used; the text is a sentence for people."""


def plain_client(
    timeout: Timeout, *, verify: ssl.SSLContext | None = None, max_connections: int = 8
) -> AsyncClient:
    """Return a client without the guard, for addresses that the user set.

    Args:
        timeout: for each step (connect, read, write, pool) in seconds; httpx has no total one.
        verify: whose certificates to trust; the operating system's by default.
        max_connections: open at the same time; a request that waits longer for one than the pool timeout fails.

    Raises:
        ProxySettingsError: see there.
    """
    return _client(AsyncClient, timeout, verify, max_connections)


def guarded_client(
    allow: Callable[[str], bool],
    timeout: Timeout,
    *,
    verify: ssl.SSLContext | None = None,
    max_connections: int = 8,
    resolver: Resolver | None = None,
) -> AsyncClient:
    """Return a client that refuses hosts outside the public internet (see :mod:`desktop_app.system.guard`).

    Its requests raise :class:`desktop_app.core.errors.LinkPrivateError` then. A connection goes to the address
    that was checked, with the name still used for TLS and ``Host``. Through a proxy the name is checked before it
    is handed over, and what the proxy makes of it is the proxy's business; the way to the proxy itself, often in a
    private network, is not guarded.

    Args:
        allow: asked for a private host's name (lower case, no trailing dot), in the loop's thread.
        resolver: in place of the operating system's.
        timeout, verify, max_connections: as in :func:`plain_client`.

    Raises:
        ProxySettingsError: see there.
    """
    guard = Guard(allow, resolver)

    class GuardedClient(AsyncClient):
        # httpx's own two places for choosing a transport, so that its reading of HTTP_PROXY and NO_PROXY stays.
        def _init_transport(self, *args: Any, **kwargs: Any) -> AsyncHTTPTransport:  # noqa: ANN401, ARG002  # httpx's own signature, handed on
            return _DirectTransport(guard, kwargs["verify"], kwargs["limits"])

        def _init_proxy_transport(self, proxy: Proxy, *args: Any, **kwargs: Any) -> AsyncHTTPTransport:  # noqa: ANN401, ARG002  # as above
            return _ProxiedTransport(guard, proxy, kwargs["verify"], kwargs["limits"])

    return _client(GuardedClient, timeout, verify, max_connections)


def _client(
    kind: type[AsyncClient], timeout: Timeout, verify: ssl.SSLContext | None, max_connections: int
) -> AsyncClient:
    try:
        return kind(
            timeout=timeout,
            verify=verify or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            limits=Limits(max_connections=max_connections, max_keepalive_connections=max_connections),
            headers=_HEADERS,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
        )
    except (ImportError, ValueError, InvalidURL) as error:  # SOCKS without socksio; an unknown scheme; no address
        raise ProxySettingsError(
            "The proxy that is set for this computer (HTTP_PROXY, HTTPS_PROXY or ALL_PROXY) can't be used."
        ) from error


class _DirectTransport(AsyncHTTPTransport):
    def __init__(self, guard: Guard, verify: ssl.SSLContext, limits: Limits) -> None:
        super().__init__(verify=verify, limits=limits)
        # httpx has no way to hand a network backend to its pool; httpcore's pool has.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=verify,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=_GuardedBackend(guard),
        )


class _ProxiedTransport(AsyncHTTPTransport):
    def __init__(self, guard: Guard, proxy: Proxy, verify: ssl.SSLContext, limits: Limits) -> None:
        super().__init__(verify=verify, limits=limits, proxy=proxy)
        self._guard = guard

    async def handle_async_request(self, request: Request) -> Response:
        await self._guard.check_for_proxy(request.url.host, request.url.port or 0)
        return await super().handle_async_request(request)


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, checks, and connects to what was checked."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        started = time.monotonic()
        addresses = await self._addresses(host, port, timeout)
        for later, address in zip(range(len(addresses) - 1, -1, -1), addresses, strict=True):
            left = None if timeout is None else max(0.1, timeout - (time.monotonic() - started))
            share = left / 2 if left is not None and later else left  # half of the rest for each but the last
            try:
                return await self._backend.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not later:
                    raise
        raise httpcore.ConnectError("no address")

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:  # noqa: ANN401  # never called
        raise httpcore.ConnectError("no links to local sockets")

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)

    async def _addresses(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                return await self._guard.addresses(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name server took too long") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
