"""Fetching something that is no picture, from one host and no other."""

from __future__ import annotations

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    Cancelled,
    LinkError,
    LinkPrivateError,
    LinkRedirectsError,
    LinkStatusError,
    LinkTimeoutError,
    LinkTooLargeError,
)
from tests.intake.download.conftest import LIMIT, LOOPBACK, Fetcher
from tests.support.webserver import Answer, WebServer, body, drip, endless, redirect, status

TEXT = b"-----BEGIN CERTIFICATE-----\n"


def document(fetcher: Fetcher, url: str, seconds: float = 10) -> bytes:
    return fetcher.downloader(seconds).fetch_document(url, CancelToken()).result(20)


@pytest.mark.parametrize("where", ["/other", "https://elsewhere.example/other", "//elsewhere.example/other"])
def test_no_redirect_is_followed(fetcher: Fetcher, server: WebServer, where: str) -> None:
    server.serve("/other", body(TEXT))
    with pytest.raises(LinkRedirectsError, match="isn't followed"):
        document(fetcher, server.serve("/list", redirect(where)))
    assert [request.path for request in server.seen] == ["/list"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (status(404), LinkStatusError),
        (status(503), LinkStatusError),
        (body(bytes(LIMIT + 1)), LinkTooLargeError),
        (endless(TEXT), LinkTooLargeError),
        (body(TEXT, Content_Encoding="gzip"), LinkStatusError),
    ],
)
def test_what_a_server_does_wrong_is_told_as_for_pictures(
    fetcher: Fetcher, server: WebServer, answer: Answer, error: type[LinkError]
) -> None:
    with pytest.raises(error):
        document(fetcher, server.serve("/list", answer))


def test_a_server_that_drips_is_given_up(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkTimeoutError):
        document(fetcher, server.serve("/list", drip(TEXT, 0.1)), seconds=0.5)


def test_a_private_host_is_refused(fetcher: Fetcher, server: WebServer) -> None:
    fetcher.allowed.clear()
    with pytest.raises(LinkPrivateError, match=LOOPBACK):
        document(fetcher, server.serve("/list", body(TEXT)))
    assert server.seen == []


def test_it_can_be_cancelled(fetcher: Fetcher, server: WebServer) -> None:
    cancel = CancelToken()
    answer = fetcher.downloader().fetch_document(server.serve("/list", drip(TEXT, 0.05)), cancel)
    cancel.cancel()
    with pytest.raises(Cancelled):
        answer.result(20)


def test_the_bytes_come_as_they_are(fetcher: Fetcher, server: WebServer) -> None:
    assert document(fetcher, server.serve("/list", body(TEXT, "text/plain"))) == TEXT
