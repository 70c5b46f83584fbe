"""The cloud detector, as the pipeline sees it."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING, Any

from desktop_app.core.cancel import CancelToken
from desktop_app.core.detector import Availability, Examination
from desktop_app.core.errors import Cancelled
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.picture import PictureFacts, ViewRule
from desktop_app.detectors.nim.answers import NAME, TITLE
from desktop_app.detectors.nim.options import NimOptions, Upload
from desktop_app.detectors.nim.prepare import LARGER_SIDE, is_upright, original
from desktop_app.system.network import NetworkThread

if TYPE_CHECKING:
    from desktop_app.detectors.nim.inquiry import Desk

_CLOSE_SECONDS = 0.5


class NimDetector:
    """Hive's model, hosted by NVIDIA or by the user. No socket is opened before the first picture.

    Args:
        options: where and how.
        get_key: returns the key or None; called in a thread for each picture, may take its time but must have a
            time limit of its own. Not called for a self-hosted service, which never gets a key.
        network: where requests run; whoever made it closes it, after this.
        on_upload: hears of each upload just before its first byte leaves, in a thread; may wait for a disk. If it
            raises, nothing is sent, and the picture fails with what it raised.
        may_upload: whether the user has agreed; called in a thread for each picture.
        say_wait: hears for how many seconds all pictures wait after a 429, and 0 when that is over; in the
            network's thread.
        verify: whose certificates to trust; the operating system's by default.
    """

    mode = Mode.CLOUD

    def __init__(
        self,
        options: NimOptions,
        *,
        get_key: Callable[[], str | None],
        network: NetworkThread,
        on_upload: Callable[[Upload], object],
        may_upload: Callable[[], bool],
        say_wait: Callable[[float], None],
        verify: ssl.SSLContext | None = None,
    ) -> None:
        self._options = options
        self._get_key = get_key
        self._network = network
        self._on_upload = on_upload
        self._may_upload = may_upload
        self._say_wait = say_wait
        self._verify = verify
        self._lock = threading.Lock()
        self._running: set[Future[Any]] = set()
        self._desk: Desk | None = None
        self._closed = False

    @property
    def name(self) -> str:
        """Short name."""
        return NAME

    @property
    def title(self) -> str:
        """Name for people."""
        return TITLE

    @property
    def views(self) -> Sequence[ViewRule]:
        """None: the service looks at the file."""
        return ()

    def availability(self) -> Availability:
        """Ready when the address can be used. A missing key shows with the first picture: keyrings are slow."""
        problem = self._options.problem()
        return Availability(ready=not problem, why_not=problem, way_out=problem and "Correct it in Settings.")

    def warm_up(self) -> None:
        """Nothing to load that may be loaded before the user asks."""

    def larger_side(self, data: bytes, facts: PictureFacts) -> int | None:
        """Return the longer side, in pixels, of the picture that :attr:`Examination.larger` must hold at most.

        None when the original can go as it is. Takes some milliseconds; safe from any thread.
        """
        needs_upright = bool(self._options.faces_url) and not is_upright(facts)
        return LARGER_SIDE if needs_upright or original(data, facts) is None else None

    def submit(self, examination: Examination, cancel: CancelToken) -> Future[Estimate]:
        """See :class:`desktop_app.core.detector.Detector`."""
        result: Future[Estimate] = Future()
        result.set_running_or_notify_cancel()  # from here on the token alone cancels
        with self._lock:
            if self._closed or cancel.cancelled:
                result.set_exception(Cancelled())
                return result
            work = self._network.submit(self._opened().estimate(examination))
            self._running.add(work)
        work.add_done_callback(lambda done: self._finish(done, result))
        cancel.on_cancel(lambda: _withdraw(work))
        return result

    def close(self) -> None:
        """Withdraw what is under way and close the connections; half a second at most."""
        with self._lock:
            self._closed = True
            running, desk = list(self._running), self._desk
        for work in running:
            work.cancel()
        if desk is not None:
            with contextlib.suppress(CancelledError, FutureTimeoutError):
                self._network.submit(desk.close()).result(_CLOSE_SECONDS)

    def _opened(self) -> Desk:
        if self._desk is None:
            from desktop_app.detectors.nim.inquiry import Desk  # noqa: PLC0415  # imports httpx, 0.2 s

            self._desk = Desk(
                self._options, self._get_key, self._on_upload, self._may_upload, self._say_wait, self._verify
            )
            self._network.on_close(self._desk.close)
        return self._desk

    def _finish(self, work: Future[Estimate], result: Future[Estimate]) -> None:
        with self._lock:
            self._running.discard(work)
        if work.cancelled():
            result.set_exception(Cancelled())
        elif (error := work.exception()) is not None:
            # Frames hold the picture and the key; a failed item may lie in the list for days.
            error.__traceback__ = error.__context__ = error.__cause__ = None
            result.set_exception(error)
        else:
            result.set_result(work.result())


def _withdraw(work: Future[Any]) -> None:
    work.cancel()
