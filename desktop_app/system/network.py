"""One thread with one asyncio loop for all that goes over the network.

Measured against the alternatives (``resources/decisions/009``): a hundred requests in flight are cancelled in
0.2 s, where a pool of threads with blocking clients took 6 s, and the window never waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_P = ParamSpec("_P")
# How the time to close is shared out: tasks may tidy up, then are told once more, then connections are closed.
_TIDY_UP, _TOLD_AGAIN, _CLOSERS = 0.5, 0.1, 0.4
_LOOP_END_SECONDS = 0.2


class NetworkThread:
    """Runs coroutines in a daemon thread, which the first of them starts. Safe to use from any thread."""

    def __init__(self, name: str = "network") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._futures: set[Future[Any]] = set()
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether :meth:`close` was called."""
        return self._closed

    def submit(self, coroutine: Coroutine[Any, Any, _T]) -> Future[_T]:
        """Run ``coroutine`` in the loop and return at once.

        The future carries its result or its exception; cancelling the future cancels the task, also while it
        runs. After :meth:`close` the coroutine never runs and the future comes back cancelled.
        """
        future: Future[_T] = Future()
        with self._lock:
            if self._closed:
                coroutine.close()
                _end_cancelled(future)
                return future
            loop = self._started()
            self._futures.add(future)
            loop.call_soon_threadsafe(_begin, loop, coroutine, future)
        future.add_done_callback(self._futures.discard)
        return future

    def on_close(self, closer: Callable[[], Awaitable[None]]) -> None:
        """Await ``closer()`` in the loop at its end, after all tasks: a client's ``aclose``, say."""
        with self._lock:
            self._closers.append(closer)

    def close(self, timeout: float = 1.0) -> None:
        """Cancel all tasks, run the closers, stop the loop and wait for the thread, ``timeout`` seconds at most.

        Futures that are still open come back cancelled. Calling it again, or with nothing ever submitted, does
        nothing.
        """
        with self._lock:
            if self._closed:
                return
            self._closed = True
            loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._wind_up(timeout), loop)
        if thread is not threading.current_thread():
            thread.join(timeout + _LOOP_END_SECONDS)

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            # asyncio's own executor is joined when the interpreter ends, and a name server may take 20 s.
            self._loop.set_default_executor(_DaemonExecutor())
            self._thread = threading.Thread(target=self._run, args=(self._loop,), name=self._name, daemon=True)
            self._thread.start()
        return self._loop

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
            for future in list(self._futures):  # of tasks that would not end: nobody shall wait for them
                future.cancel()
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            loop.close()

    async def _wind_up(self, seconds: float) -> None:
        try:
            for share in (_TIDY_UP, _TOLD_AGAIN):
                await _cancel_others(seconds * share)
            async with asyncio.timeout(seconds * _CLOSERS):
                for closer in self._closers:
                    await _quietly(closer)
        except TimeoutError:
            _log.info("closing connections took too long; they were dropped")
        finally:
            _silence_the_stubborn()
            asyncio.get_running_loop().stop()


def _others() -> set[asyncio.Task[Any]]:
    return asyncio.all_tasks() - {asyncio.current_task()}


async def _cancel_others(seconds: float) -> None:
    tasks = _others()
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=seconds)


def _silence_the_stubborn() -> None:
    for task in _others():
        _log.info("a network task would not end: %s", task.get_name())
        task._log_destroy_pending = False  # type: ignore[attr-defined]  # noqa: SLF001  # said above, in our words


async def _quietly(closer: Callable[[], Awaitable[None]]) -> None:
    try:
        await closer()
    except Exception as error:  # noqa: BLE001  # one client's trouble must not keep the others open
        _log.info("a connection did not close cleanly: %s", type(error).__name__)


def _begin(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, _T], future: Future[_T]) -> None:
    """Start a task and tie it to the future.

    In place of ``asyncio.run_coroutine_threadsafe``, which reports what a task raises after its future was
    cancelled (a clean-up that failed, say) as an error that nobody retrieved.
    """
    if future.cancelled():
        coroutine.close()
        future.set_running_or_notify_cancel()
        return
    task = loop.create_task(coroutine)

    def stop(ended: Future[_T]) -> None:
        if ended.cancelled():
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(task.cancel)

    task.add_done_callback(lambda done: _hand_over(done, future))
    future.add_done_callback(stop)


def _hand_over(task: asyncio.Task[_T], future: Future[_T]) -> None:
    if task.cancelled():
        _end_cancelled(future)
        return
    error = task.exception()
    if not future.set_running_or_notify_cancel():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(task.result())


def _end_cancelled(future: Future[Any]) -> None:
    future.cancel()
    future.set_running_or_notify_cancel()


class _DaemonExecutor(ThreadPoolExecutor):
    """A thread for each call, none of which holds up the end of the program; used for name look-ups alone."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        future: Future[_T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001  # it belongs to whoever waits for the future
                future.set_exception(error)

        threading.Thread(target=run, name="look-up", daemon=True).start()
        return future
