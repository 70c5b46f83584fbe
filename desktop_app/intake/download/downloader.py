"""The door to downloads: safe to call from any thread, cheap until the first link comes."""

from __future__ import annotations

import asyncio
import ssl
import weakref
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled
from desktop_app.intake.download.address import checked_link
from desktop_app.system.guard import Resolver
from desktop_app.system.network import NetworkThread

if TYPE_CHECKING:  # httpx is loaded when the first link comes
    from desktop_app.intake.download.transfer import Downloaded
    from desktop_app.system.http import AsyncClient

_T = TypeVar("_T")
_AT_ONCE = 6
_CONNECT_SECONDS, _STEP_SECONDS = 10.0, 15.0


class Downloader:
    """Fetches pictures by link under the rules of this package.

    Args:
        network: the thread it works in; closing that ends all downloads and connections.
        max_bytes: most bytes of one picture.
        total_seconds: most time for one download, all redirects included, waiting for its turn not.
        allow_host: whether the user allowed this host although it stands in a private network; called in the
            network thread with the name in lower case and no dot at its end.
        verify, resolver: for tests; the operating system's by default.
    """

    def __init__(
        self,
        network: NetworkThread,
        *,
        max_bytes: int = 25 * 2**20,
        total_seconds: float = 60.0,
        allow_host: Callable[[str], bool] = lambda _host: False,
        verify: ssl.SSLContext | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self._network = network
        self._max_bytes = max_bytes
        self._total_seconds = total_seconds
        self._allow_host = allow_host
        self._verify = verify
        self._resolver = resolver
        self._client: AsyncClient | None = None
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def fetch(self, url: str, cancel: CancelToken) -> Future[Downloaded]:
        """Start a download and return at once.

        The future ends with :class:`~.transfer.Downloaded`, with a :class:`desktop_app.core.errors.LinkError`,
        ``EmptyFileError`` or ``NotAPictureError``, or with :class:`desktop_app.core.errors.Cancelled` when
        ``cancel`` was set or the network thread closed. Cancelling the future ends the download, too.
        """
        return _with_own_cancelled(self._network.submit(self._cancellable(url, cancel, self._picture)))

    def fetch_document(self, url: str, cancel: CancelToken) -> Future[bytes]:
        """The same for something that is no picture, such as a list; a redirect is an error."""
        return _with_own_cancelled(self._network.submit(self._cancellable(url, cancel, self._document)))

    async def _cancellable(self, url: str, cancel: CancelToken, get: Callable[[str], Awaitable[_T]]) -> _T:
        _cancel_with(cancel)
        link = checked_link(url)
        async with self._turns:
            return await self._in_time(link, get)

    async def _picture(self, link: str) -> Downloaded:
        from desktop_app.intake.download import transfer  # noqa: PLC0415  # 0.1 s for httpx, once

        return await transfer.download(self._client_now(), link, self._max_bytes)

    async def _document(self, link: str) -> bytes:
        from desktop_app.intake.download import transfer  # noqa: PLC0415  # as above

        return await transfer.document(self._client_now(), link, self._max_bytes)

    async def _in_time(self, link: str, get: Callable[[str], Awaitable[_T]]) -> _T:
        from desktop_app.intake.download import faults  # noqa: PLC0415  # as above
        from desktop_app.system import http  # noqa: PLC0415  # as above

        try:
            async with asyncio.timeout(self._total_seconds):
                return await get(link)
        except TimeoutError as error:
            raise faults.too_slow(self._total_seconds) from error
        except (http.HTTPError, http.InvalidURL, http.ProxySettingsError) as error:
            raise faults.connection_error(error, link) from error

    def _client_now(self) -> AsyncClient:
        from desktop_app.system import http  # noqa: PLC0415  # as above

        if self._client is None:
            timeout = http.Timeout(_STEP_SECONDS, connect=_CONNECT_SECONDS, pool=None)
            self._client = http.guarded_client(
                self._allow_host, timeout, verify=self._verify, resolver=self._resolver
            )
            self._network.on_close(self._client.aclose)
        return self._client


def _cancel_with(cancel: CancelToken) -> None:
    """Cancel the running task with ``cancel``, which may live longer than the task and must not keep its bytes."""
    loop = asyncio.get_running_loop()
    task = weakref.ref(asyncio.current_task())

    def stop() -> None:
        running = task()
        if running is not None:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(running.cancel)

    cancel.on_cancel(stop)


def _with_own_cancelled(inner: Future[_T]) -> Future[_T]:
    """Return a future that ends with our :class:`Cancelled` when the task was cancelled."""
    outer: Future[_T] = Future()

    def hand_on(done: Future[_T]) -> None:
        if not outer.set_running_or_notify_cancel():
            return
        error = Cancelled() if done.cancelled() else done.exception()
        if error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(done.result())

    inner.add_done_callback(hand_on)
    outer.add_done_callback(lambda asked: inner.cancel() if asked.cancelled() else None)
    return outer
