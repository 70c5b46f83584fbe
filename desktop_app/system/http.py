"""The only module that imports httpx, so that a fork could take its place; import it where it is used.

httpx 0.28 is its author's last release (December 2024). What others need of it is re-exported here.

Two kinds of client. :func:`plain_client` goes where it is told: the cloud detector, whose address the user sets
and which may well stand in a private network. :func:`guarded_client` follows links that strangers wrote and
refuses private addresses at connect time. Both honour the environment's proxies and the operating system's
certificates, keep no cookies, follow no redirects by themselves and ask for unpacked answers. httpx 0.28 makes
3 GB of 1.6 kB of brotli before the reader sees a byte (measured), so read ``aiter_raw`` and refuse any
``Content-Encoding``.
"""

from __future__ import annotations

import functools
import logging
import ssl
from collections.abc import Callable
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
from desktop_app.system.guarded_backend import GuardedBackend

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
        timeout: as in :func:`plain_client`.
        verify: likewise.
        max_connections: likewise.
        resolver: in place of the operating system's.

    Raises:
        ProxySettingsError: see there.
    """
    kind = functools.partial(_GuardedClient, Guard(allow, resolver))
    return _client(kind, timeout, verify, max_connections)


def _client(
    kind: Callable[..., AsyncClient], timeout: Timeout, verify: ssl.SSLContext | None, max_connections: int
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


class _GuardedClient(AsyncClient):
    # httpx's own two places for choosing a transport: its reading of HTTP_PROXY and NO_PROXY stays as it is.
    def __init__(self, guard: Guard, *, verify: ssl.SSLContext, limits: Limits, **options: Any) -> None:  # noqa: ANN401  # httpx's
        self._guard, self._tls, self._limits = guard, verify, limits
        super().__init__(verify=verify, limits=limits, **options)

    def _init_transport(self, *_: Any, **__: Any) -> AsyncHTTPTransport:  # noqa: ANN401  # known from above
        return _DirectTransport(self._guard, self._tls, self._limits)

    def _init_proxy_transport(self, proxy: Proxy, *_: Any, **__: Any) -> AsyncHTTPTransport:  # noqa: ANN401  # as above
        return _ProxiedTransport(self._guard, proxy, self._tls, self._limits)


class _DirectTransport(AsyncHTTPTransport):
    def __init__(self, guard: Guard, verify: ssl.SSLContext, limits: Limits) -> None:
        super().__init__(verify=verify, limits=limits)
        # httpx has no way to hand a network backend to its pool; httpcore's pool has.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=verify,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=GuardedBackend(guard),
        )


class _ProxiedTransport(AsyncHTTPTransport):
    def __init__(self, guard: Guard, proxy: Proxy, verify: ssl.SSLContext, limits: Limits) -> None:
        super().__init__(verify=verify, limits=limits, proxy=proxy)
        self._guard = guard

    async def handle_async_request(self, request: Request) -> Response:
        await self._guard.check_for_proxy(request.url.raw_host.decode("ascii"), request.url.port or 0)
        return await super().handle_async_request(request)
