"""How long the GUI thread is kept busy while results stream in: ``python -m tests.ui.measure_window``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter, sleep

from PySide6.QtWidgets import QApplication

from desktop_app.core.estimates import Words
from desktop_app.core.events import Event, ItemChanged, ItemsAdded, ThumbnailReady
from desktop_app.core.items import ItemState
from desktop_app.system.settings import Settings
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.order import Arrangement, SortBy
from desktop_app.ui.memory import calm_collector
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.ui.fakes import FakeWorld, done, raster, waiting
from tests.ui.heartbeat import Heartbeat

_WORDS = list(Words)


@dataclass(frozen=True)
class Measured:
    """Times in milliseconds, but ``seconds``; see :class:`Heartbeat` for gaps and busy."""

    seconds: float
    worst_gap: float
    p99_gap: float
    worst_busy: float
    handed_over_per_second: float


def measure_burst(window: Window, count: int, *, rate: float = 0.0) -> Measured:
    """Check ``count`` items in another thread, as fast as possible or at ``rate`` a second."""
    post = window.desk.bridge.post
    first = max(window.desk.listing.store.all_ids(), default=0) + 1
    thread = threading.Thread(target=_play, args=(post, first, count, rate))
    heart = Heartbeat()
    start = perf_counter()
    thread.start()
    listing = window.desk.listing

    def finished() -> bool:
        return (
            not thread.is_alive() and len(listing.store) >= first - 1 + count and not listing.count(Group.WAITING)
        )

    seconds = heart.run_until(finished, 120)
    thread.join()
    gaps = sorted(heart.gaps)
    p99 = gaps[int(len(gaps) * 0.99)] * 1000 if gaps else 0.0
    return Measured(seconds, heart.worst_ms, p99, heart.worst_busy_ms, count / (perf_counter() - start))


def _play(post: Callable[[Event], None], first: int, count: int, rate: float) -> None:
    picture = raster(1, 256, 192)
    ids = range(first, first + count)
    for start in range(0, count, 500):
        post(ItemsAdded(tuple(waiting(item_id) for item_id in ids[start : start + 500])))
    for number, item_id in enumerate(ids):
        item = waiting(item_id)
        post(ItemChanged(replace(item, state=ItemState.READING)))
        post(ItemChanged(replace(item, state=ItemState.CHECKING)))
        post(ThumbnailReady(item_id, picture))
        post(ItemChanged(done(item_id, (item_id * 37 % 100) / 100, _WORDS[item_id % len(_WORDS)])))
        if rate and number % 10 == 0:
            sleep(10 / rate)


def open_window(view: str = "grid") -> Window:
    """A window over a stand-in for the pipeline."""
    theme = Theme("light")
    theme.apply()
    settings = Settings(theme="light", view="table" if view == "table" else "grid")
    window = Window(FakeWorld().services(), settings, theme)
    window.show()
    window.start()
    return window


def main() -> int:
    """Print a line a case."""
    app = QApplication.instance() or QApplication(["measure"])
    if isinstance(app, QApplication):
        app.setStyle("fusion")
    calm_collector()
    for view in ("grid", "table"):
        for sort_by in (SortBy.ADDED, SortBy.SCORE):
            for listed, count, rate in ((0, 2000, 0.0), (0, 2000, 200.0), (100_000, 1000, 200.0)):
                window = open_window(view)
                window.arrange(Arrangement(sort_by))
                if listed:
                    window.desk.take(
                        [ItemsAdded(tuple(done(n, n % 97 / 97, Words.SOME) for n in range(1, listed + 1)))]
                    )
                    app.processEvents()
                measured = measure_burst(window, count, rate=rate)
                print(f"{view:5} {sort_by.value:6} listed {listed:7} + {count} at {rate or 'full'}: {measured}")  # noqa: T201
                window.close()
                window.deleteLater()
                app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
