"""The guard at the moment of connecting: httpcore's way to a socket, with the check in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from desktop_app.system.guard import Guard

_LEAST_SECONDS = 0.1


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a host, checks its addresses and connects to one that was checked."""

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
        """Connect to the first address that answers; each but the last gets half of the time that is left.

        Raises:
            LinkPrivateError: an address is not public.
            httpcore.ConnectError, httpcore.ConnectTimeout: as everywhere in httpcore.
        """
        started = time.monotonic()
        *earlier, last = await self._addresses(host, port, timeout)
        for address in earlier:
            left = _left(timeout, started)
            try:
                return await self._backend.connect_tcp(
                    address, port, left and left / 2, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        left = _left(timeout, started)
        return await self._backend.connect_tcp(last, port, left, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._backend.sleep(seconds)

    async def _addresses(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                return await self._guard.addresses(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name server took too long") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error


def _left(seconds: float | None, started: float) -> float | None:
    return None if seconds is None else max(_LEAST_SECONDS, seconds - (time.monotonic() - started))
