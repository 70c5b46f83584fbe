import time
from collections.abc import Iterator
from pathlib import Path

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled
from desktop_app.core.estimates import Mode
from desktop_app.core.items import ItemState
from desktop_app.core.sources import FileSource, LinkSource, Source
from desktop_app.pipeline.ledger import Ledger
from desktop_app.pipeline.outcome import ends_item
from desktop_app.pipeline.scanning import Scanner
from desktop_app.pipeline.workbench import Workbench
from tests.support.collector import Collector

LINK = LinkSource("https://host/a")


def give_up() -> None:
    raise Cancelled


def test_a_run_that_was_withdrawn_cannot_end_the_next_one(heard: Collector) -> None:
    ledger = Ledger(heard.emit)
    ledger.add([(LINK, None)], Mode.OFFLINE)
    begun = ledger.begin(1)
    assert begun is not None
    with ends_item(ledger, *begun, time.monotonic()):
        ledger.cancel([1])
        ledger.restart([1])
        give_up()
    assert heard.items()[1].state is ItemState.QUEUED


def test_what_is_listed_while_everything_is_withdrawn_is_withdrawn_too(heard: Collector, tmp_path: Path) -> None:
    ledger, cancel = Ledger(heard.emit), CancelToken()

    def sources() -> Iterator[Source]:
        yield FileSource(tmp_path / "a.png")
        cancel.cancel()  # after the last look at the token, before the list is written

    Scanner(ledger, Workbench(1)).scan(sources(), Mode.OFFLINE, cancel)
    assert [item.state for item in heard.items().values()] == [ItemState.CANCELLED]
    assert ledger.wait_idle(0)


def test_forgetting_a_restored_item_s_successor_leaves_the_restored_one_known(heard: Collector) -> None:
    ledger, identity = Ledger(heard.emit), ("/a", 1)
    (first,), _ = ledger.add([(LINK, identity)], Mode.OFFLINE)
    item = heard.items()[first]
    ledger.forget([first])
    (second,), _ = ledger.add([(LINK, identity)], Mode.OFFLINE)
    ledger.restore([item], [identity])
    ledger.forget([second])
    assert ledger.add([(LINK, identity)], Mode.OFFLINE) == ([], [first])
