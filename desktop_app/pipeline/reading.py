"""The reading threads: a source's bytes into memory, from the disk or through a link."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import LinkNotSupportedError
from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import FileSource, LinkSource, RawSource, Source, UnusableSource
from desktop_app.intake.files import read_file, too_large
from desktop_app.pipeline.lanes import Lane
from desktop_app.pipeline.ledger import Ledger
from desktop_app.pipeline.outcome import ends_item
from desktop_app.pipeline.workbench import Loaded, Workbench

Fetch = Callable[[str, CancelToken], bytes]
"""Downloads a link's bytes, blocking; raises a SourceError or Cancelled."""

# Downloaded bytes that are kept for a second look (a preview), so that the host needn't be asked again.
_KEPT_BYTES = 64 * 2**20


def lane_of(source: Source) -> Lane:
    """Return which threads read a source."""
    return Lane.LINK if isinstance(source, LinkSource) else Lane.DISK


class Bytes:
    """Knows how to get every kind of source's bytes, within limits."""

    def __init__(self, max_bytes: int, fetch: Fetch | None = None) -> None:
        self._max_bytes = max_bytes
        self._fetch = fetch
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, source: Source, cancel: CancelToken) -> bytes:
        """Return a source's bytes.

        Raises:
            SourceError: they can't be had; says why.
            Cancelled: ``cancel`` was set meanwhile.
        """
        if isinstance(source, FileSource):
            return read_file(source.path, self._max_bytes, cancel)
        if isinstance(source, RawSource):
            if len(source.data) > self._max_bytes:
                raise too_large(len(source.data), self._max_bytes)
            return source.data
        if isinstance(source, UnusableSource):
            raise source.error
        if self._fetch is None:
            raise LinkNotSupportedError
        data = self._fetch(source.url, cancel)
        self._keep(source.url, data)
        return data

    def again(self, source: Source, cancel: CancelToken) -> bytes:
        """As :meth:`of`, for another look: what was downloaded lately is not downloaded anew."""
        if isinstance(source, LinkSource):
            with self._lock:
                kept = self._kept.get(source.url)
            if kept is not None:
                return kept
        return self.of(source, cancel)

    def _keep(self, url: str, data: bytes) -> None:
        with self._lock:
            self._kept[url] = data
            self._kept.move_to_end(url)
            while sum(map(len, self._kept.values())) > _KEPT_BYTES:
                self._kept.popitem(last=False)


class Reader:
    """Takes queued items of one lane, puts loaded ones."""

    def __init__(self, ledger: Ledger, bench: Workbench, source_bytes: Bytes, lane: Lane) -> None:
        self._ledger = ledger
        self._bench = bench
        self._bytes = source_bytes
        self._lane = lane

    def run(self) -> None:
        """Work until the bench is closed."""
        while True:
            place = self._bench.next_queued(self._lane)
            if place is None:
                return
            loaded = None
            try:
                begun = self._ledger.begin(place.item_id)
                if begun:
                    loaded = self._read(*begun)
            finally:
                self._bench.put_loaded(loaded, place)

    def _read(self, item: Item, token: CancelToken) -> Loaded | None:
        started = time.monotonic()
        with ends_item(self._ledger, item, token, started):
            data = self._bytes.of(item.source, token)
            digest = hashlib.sha256(data).hexdigest()
            changes = {"state": ItemState.CHECKING, "sha256": digest, "size": len(data)}
            if self._ledger.change(item.id, token, **changes):
                return Loaded(item, token, data, started)
        return None
