"""Many downloads at once, and ending them early."""

import threading
import time

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    Cancelled,
)
from tests.intake.download.conftest import PNG, Fetcher
from tests.support.webserver import (
    Answer,
    WebServer,
    body,
    drip,
    silent,
)


@pytest.mark.parametrize("answer", [silent(), drip(PNG, 0.02)])
def test_a_transfer_is_cancelled_at_once(fetcher: Fetcher, server: WebServer, answer: Answer) -> None:
    cancel = CancelToken()
    future = fetcher.downloader().fetch(server.serve("/a.png", answer), cancel)
    while not server.seen:
        time.sleep(0.01)
    started = time.monotonic()
    cancel.cancel()
    with pytest.raises(Cancelled):
        future.result(5)
    assert time.monotonic() - started < 1


def test_cancelling_the_future_ends_the_download(fetcher: Fetcher, server: WebServer) -> None:
    future = fetcher.downloader().fetch(server.serve("/a.png", drip(PNG, 0.02)), CancelToken())
    while not server.seen:
        time.sleep(0.01)
    assert future.cancel()
    assert server.cut_by_client.wait(5)


def test_a_token_cancelled_before_opens_no_connection(fetcher: Fetcher, server: WebServer) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        fetcher.downloader().fetch(server.serve("/a.png", body(PNG)), cancel).result(5)
    assert server.seen == []


def test_closing_ends_all_downloads_within_a_second(fetcher: Fetcher, server: WebServer) -> None:
    downloader = fetcher.downloader()
    url = server.serve("/a.png", drip(PNG, 0.02))
    futures = [downloader.fetch(url, CancelToken()) for _ in range(20)]
    while len(server.seen) < 6:
        time.sleep(0.01)
    started = time.monotonic()
    fetcher.network.close()
    assert time.monotonic() - started < 1
    for future in [*futures, downloader.fetch(url, CancelToken())]:
        with pytest.raises(Cancelled):
            future.result(1)
    assert len(server.seen) == 6  # the others never had their turn


def test_a_token_cancelled_after_all_is_over_breaks_nothing(fetcher: Fetcher, server: WebServer) -> None:
    cancel = CancelToken()
    fetcher.downloader().fetch(server.serve("/a.png", body(PNG)), cancel).result(5)
    fetcher.network.close()
    cancel.cancel()


def test_many_downloads_share_a_few_connections(fetcher: Fetcher, server: WebServer) -> None:
    downloader = fetcher.downloader()
    lock, now, most = threading.Lock(), [0], [0]

    def slow(handler: object) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        body(PNG)(handler)  # type: ignore[arg-type]  # a Handler

    url = server.serve("/a.png", slow)
    futures = [downloader.fetch(f"{url}?{number}", CancelToken()) for number in range(40)]
    assert all(future.result(20).data == PNG for future in futures)
    assert most[0] <= 6
