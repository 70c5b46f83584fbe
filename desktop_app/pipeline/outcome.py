"""The pipeline's border: whatever goes wrong with an item ends that item, in words, and nothing else."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, CloudError, TelltaleError, UnexpectedError
from desktop_app.core.items import Item, ItemState
from desktop_app.pipeline.ledger import Ledger

_log = logging.getLogger(__name__)

PutBack = Callable[[Item, CancelToken, CloudError], None]
"""Called where the item is fine and every other one would meet the same error: the queue waits for the user."""


@contextmanager
def ends_item(
    ledger: Ledger, item: Item, token: CancelToken, started: float, put_back: PutBack | None = None
) -> Iterator[None]:
    """Turn an exception into the item's end; ``started`` is the monotonic time in seconds when reading began."""
    try:
        yield
    except (Cancelled, CancelledError):
        # Of this run alone: the item may have been queued anew since, and that must not be withdrawn.
        ledger.change(item.id, token, state=ItemState.CANCELLED)
    except TelltaleError as error:
        if put_back and isinstance(error, CloudError) and error.pauses_queue:
            put_back(item, token, error)
        else:
            _fail(ledger, item, token, error, started)
    except Exception:  # noqa: BLE001  # a fault of ours costs one item, never the queue
        _log.exception("an item failed unexpectedly")
        _fail(ledger, item, token, UnexpectedError(), started)


def _fail(ledger: Ledger, item: Item, token: CancelToken, error: TelltaleError, started: float) -> None:
    failure = without_frames(error)
    ledger.change(item.id, token, state=ItemState.FAILED, error=failure, elapsed_ms=elapsed_ms(started))


def without_frames(error: TelltaleError) -> TelltaleError:
    """Return ``error`` without its traceback, whose frames hold the picture's bytes: it may be kept for days."""
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


def elapsed_ms(started: float) -> float:
    """Milliseconds since the monotonic time ``started``."""
    return (time.monotonic() - started) * 1000
