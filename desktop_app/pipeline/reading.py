"""The disk threads: a source's bytes into memory."""

from __future__ import annotations

import hashlib
import time

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import LinkNotSupportedError
from desktop_app.core.items import Item, ItemState
from desktop_app.core.sources import FileSource, RawSource, Source, UnusableSource
from desktop_app.intake.files import read_file, too_large
from desktop_app.pipeline.ledger import Ledger
from desktop_app.pipeline.outcome import ends_item
from desktop_app.pipeline.workbench import Loaded, Workbench


def bytes_of(source: Source, max_bytes: int, cancel: CancelToken) -> bytes:
    """Return a source's bytes.

    Raises:
        SourceError: they can't be had; says why.
        Cancelled: ``cancel`` was set meanwhile.
    """
    if isinstance(source, FileSource):
        return read_file(source.path, max_bytes, cancel)
    if isinstance(source, RawSource):
        if len(source.data) > max_bytes:
            raise too_large(len(source.data), max_bytes)
        return source.data
    if isinstance(source, UnusableSource):
        raise source.error
    raise LinkNotSupportedError


class Reader:
    """Takes queued items, puts loaded ones."""

    def __init__(self, ledger: Ledger, bench: Workbench, max_bytes: int) -> None:
        self._ledger = ledger
        self._bench = bench
        self._max_bytes = max_bytes

    def run(self) -> None:
        """Work until the bench is closed."""
        while True:
            item_id = self._bench.next_queued()
            if item_id is None:
                return
            loaded = None
            try:
                begun = self._ledger.begin(item_id)
                if begun:
                    loaded = self._read(*begun)
            finally:
                self._bench.put_loaded(loaded)

    def _read(self, item: Item, token: CancelToken) -> Loaded | None:
        started = time.monotonic()
        with ends_item(self._ledger, item.id, token, started):
            data = bytes_of(item.source, self._max_bytes, token)
            digest = hashlib.sha256(data).hexdigest()
            changes = {"state": ItemState.CHECKING, "sha256": digest, "size": len(data)}
            if self._ledger.change(item.id, token, **changes):
                return Loaded(item, token, data, started)
        return None
