"""The queue: sources in, events out. The same under the window and the command line."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import CloudError
from desktop_app.core.estimates import Mode
from desktop_app.core.events import ChangesTried, Event, PauseChanged
from desktop_app.core.items import Item
from desktop_app.core.sources import Source
from desktop_app.detectors.registry import DetectorRegistry
from desktop_app.imaging.decoder import Decoder
from desktop_app.pipeline.checking import Checker
from desktop_app.pipeline.lanes import Lane
from desktop_app.pipeline.ledger import Ledger
from desktop_app.pipeline.reading import Bytes, Fetch, Reader
from desktop_app.pipeline.scanning import Scanner, enqueue, identity_of
from desktop_app.pipeline.workbench import Wish, Workbench
from desktop_app.system.threads import PIPELINE, give_way

_log = logging.getLogger(__name__)

_DISK_THREADS = 2
_LINK_THREADS = 4
_THUMBNAIL_SIDE = 256
_JOIN_SECONDS = 5.0
# Decoded pictures a job that wait for a detector; a slow one must not let them pile up.
_MOST_WAITING = 8


@dataclass(frozen=True, slots=True)
class PipelineLimits:
    """What a pipeline may take on itself.

    Attributes:
        jobs: pictures decoded at once.
        max_file_bytes: larger files are refused.
        try_changes: whether every offline item is tried with harmless changes before it is done.
    """

    jobs: int = 1
    max_file_bytes: int = 512 * 1024 * 1024
    try_changes: bool = False


class Pipeline:
    """Every method may be called from any thread and returns at once; results come as events.

    Three kinds of workers, each with its own width: one looks at what was added and walks folders, two read files,
    ``jobs`` decode (each with its own worker process). Detectors bring their own threads.
    """

    def __init__(
        self,
        emit: Callable[[Event], None],
        detectors: DetectorRegistry,
        make_decoder: Callable[[], Decoder],
        limits: PipelineLimits | None = None,
        fetch: Fetch | None = None,
    ) -> None:
        """``fetch`` downloads links; without it they fail in words."""
        limits = limits or PipelineLimits()
        source_bytes = Bytes(limits.max_file_bytes, fetch)
        self._ledger = Ledger(emit)
        self._bench = Workbench(limits.jobs * 2, limits.jobs * _MOST_WAITING)
        self._detectors = detectors
        self._scan_token = CancelToken()
        self._scanner = Scanner(self._ledger, self._bench)
        self._readers = {lane: Reader(self._ledger, self._bench, source_bytes, lane) for lane in Lane}
        self._checkers = [
            Checker(self._ledger, self._bench, detectors, make_decoder(), source_bytes, self._put_back)
            for _ in range(limits.jobs)
        ]
        for checker in self._checkers:
            checker.try_changes = limits.try_changes
        self._clerk = ThreadPoolExecutor(1, "clerk", give_way, (PIPELINE,))
        self._scans = ThreadPoolExecutor(1, "scan", give_way, (PIPELINE,))
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._pausing = threading.Lock()  # so that notices of pauses come in the order of the pauses
        self._closed = False

    def warm_up(self) -> None:
        """Start threads, processes and the offline model now, so that the first picture needn't wait for them."""
        with self._lock:
            if self._closed:
                return
            for checker in self._checkers:
                checker.warm = True
            self._start()
            self._detectors.warm_up()

    def add(self, sources: Sequence[Source], mode: Mode = Mode.OFFLINE) -> None:
        """List ``sources`` (folders with all their files) and check them; known ones run anew."""
        with self._lock:
            if self._closed:
                return
            self._start()
            self._ledger.expect(1)
            orders_given = self._clerk.submit(_nothing)
            self._scans.submit(self._scan, list(sources), mode, self._scan_token, orders_given)

    def cancel(self, item_ids: Iterable[int]) -> None:
        """Withdraw unfinished items, and trials."""
        self._order(self._cancel, list(item_ids))

    def cancel_all(self) -> None:
        """Withdraw everything unfinished, folders still being read too."""
        with self._lock:
            self._scan_token.cancel()
            self._scan_token = CancelToken()
        self._order(self._cancel_unfinished)

    def retry(self, item_ids: Iterable[int], mode: Mode | None = None) -> None:
        """Check finished items again, before what is queued."""
        self._order(self._restart, list(item_ids), mode)

    def forget(self, item_ids: Iterable[int]) -> None:
        """Drop items from the list, withdrawing them; no more events about them, and adding them again is new."""
        self._order(self._forget, list(item_ids))

    def restore(self, items: Sequence[Item]) -> None:
        """Take back :meth:`forget`, without events; unfinished ones are queued again."""
        self._order(self._restore, list(items))

    def try_changes(self, item_id: int) -> None:
        """Try harmless changes on a done offline item; they come between what is queued.

        The item's new snapshot comes first, where there is one, then :class:`ChangesTried` in any case (once,
        where the item is asked for again meanwhile). While it runs nothing about the item changes.
        """
        self._order(self._ask_trial, item_id)

    def pause(self) -> None:
        """Start nothing new; what is in the works is finished."""
        with self._pausing:
            if self._bench.pause(paused=True):
                self._ledger.emit(PauseChanged(paused=True))

    def resume(self) -> None:
        """Go on after :meth:`pause`."""
        with self._pausing:
            if self._bench.pause(paused=False):
                self._ledger.emit(PauseChanged(paused=False))

    def request_thumbnail(self, item_id: int) -> None:
        """Ask for a :class:`ThumbnailReady`; the newest wish is answered first."""
        self._wish(Wish(item_id, _THUMBNAIL_SIDE, preview=False))

    def request_preview(self, item_id: int, side: int) -> None:
        """Ask for a :class:`PreviewReady` of at most ``side`` pixels; replaces an earlier wish."""
        self._wish(Wish(item_id, side, preview=True))

    def wait_idle(self, timeout: float | None = None) -> bool:
        """Wait until everything added is finished; False when ``timeout`` seconds pass first."""
        return self._ledger.wait_idle(timeout)

    def close(self) -> None:
        """Withdraw everything and end all threads and processes."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._scan_token.cancel()
        self._clerk.shutdown(wait=True, cancel_futures=True)
        self._scans.shutdown(wait=True, cancel_futures=True)
        for trial in self._bench.close():
            self._ledger.emit(ChangesTried(trial.item_id))
            self._ledger.expect(-1)
        self._bench.withdraw_trials()
        self._ledger.cancel(self._ledger.unfinished())
        for checker in self._checkers:
            checker.close()
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)
        self._detectors.close()

    def _start(self) -> None:
        # On the first use, so that an empty window costs no process.
        if self._threads:
            return
        work = [("disk", self._readers[Lane.DISK].run)] * _DISK_THREADS
        work += [("link", self._readers[Lane.LINK].run)] * _LINK_THREADS
        work += [("decode", checker.run) for checker in self._checkers]
        self._threads = [
            threading.Thread(target=_work, args=(target,), name=f"{name}-{number}", daemon=True)
            for number, (name, target) in enumerate(work)
        ]
        for thread in self._threads:
            thread.start()

    def _scan(self, sources: list[Source], mode: Mode, token: CancelToken, orders_given: Future[None]) -> None:
        try:
            # What was forgotten or restored before this call must be so when these are looked up.
            orders_given.result()
            self._scanner.scan(sources, mode, token)
        except CancelledError:
            return  # the pipeline is being closed
        except Exception:  # noqa: BLE001  # a fault here must not leave the queue waiting for ever
            _log.exception("adding failed")
        finally:
            self._ledger.expect(-1)

    def _cancel(self, item_ids: list[int]) -> None:
        self._bench.withdraw_trials(item_ids)
        self._ledger.cancel(item_ids)

    def _forget(self, item_ids: list[int]) -> None:
        self._bench.withdraw_trials(item_ids)
        self._ledger.forget(item_ids)

    def _ask_trial(self, item_id: int) -> None:
        self._ledger.expect(1)
        if not self._bench.ask_trial(item_id):
            self._ledger.expect(-1)

    def _restart(self, item_ids: list[int], mode: Mode | None) -> None:
        self._bench.withdraw_trials(item_ids)
        enqueue(self._ledger, self._bench, self._ledger.restart(item_ids, mode), first=True)

    def _restore(self, items: list[Item]) -> None:
        waiting = self._ledger.restore(items, [identity_of(item.source) for item in items])
        enqueue(self._ledger, self._bench, waiting)

    def _put_back(self, item: Item, token: CancelToken, error: CloudError) -> None:
        # Paused first: a reading thread must not take the item again meanwhile.
        with self._pausing:
            paused = self._bench.pause(paused=True)
            if self._ledger.put_back(item.id, token):
                enqueue(self._ledger, self._bench, [item.id], first=True)
            if paused:
                self._ledger.emit(PauseChanged(paused=True, error=error))

    def _cancel_unfinished(self) -> None:
        self._bench.withdraw_trials()
        self._ledger.cancel(self._ledger.unfinished())

    def _order(self, work: Callable[..., None], *arguments: object) -> None:
        # On the clerk's thread: a hundred thousand events must not be made on the caller's.
        with self._lock:
            if self._closed:
                return
            self._start()
            self._ledger.expect(1)
            self._clerk.submit(self._obey, work, *arguments)

    def _obey(self, work: Callable[..., None], *arguments: object) -> None:
        try:
            work(*arguments)
        except Exception:  # noqa: BLE001  # as above
            _log.exception("an order to the queue failed")
        finally:
            self._ledger.expect(-1)

    def _wish(self, wish: Wish) -> None:
        with self._lock:
            if self._closed:
                return
            self._start()
        self._bench.wish(wish)


def _nothing() -> None:
    """Run when every order before it was obeyed."""


def _work(target: Callable[[], None]) -> None:
    give_way(PIPELINE)
    target()
