"""Servers and connections that fail, and what people read then."""

import socket
import time

import pytest

from desktop_app.core.errors import (
    EmptyFileError,
    LinkStatusError,
    LinkTimeoutError,
    LinkTooLargeError,
    LinkUnreachableError,
)
from tests.intake.download.conftest import LIMIT, LOOPBACK, PNG, Fetcher
from tests.support.webserver import (
    Answer,
    WebServer,
    body,
    drip,
    endless,
    hang_up,
    promised,
    silent,
    status,
)


@pytest.mark.parametrize(
    ("code", "words", "retryable"),
    [
        (204, "204", False),
        (206, "206", False),
        (300, "300", False),
        (304, "304", False),
        (400, "400", False),
        (401, "login", False),
        (402, "paid", False),
        (403, "other programs", False),
        (404, "nothing at this address", False),
        (407, "proxy", False),
        (410, "taken away", False),
        (418, "418", False),
        (429, "pause", True),
        (451, "legal", False),
        (500, "fault", True),
        (502, "fault", True),
        (503, "fault", True),
        (599, "fault", True),
    ],
)
def test_each_status_has_its_words(
    fetcher: Fetcher, server: WebServer, code: int, words: str, *, retryable: bool
) -> None:
    with pytest.raises(LinkStatusError, match=words) as caught:
        fetcher.fetch(server.serve("/a.png", status(code)))
    assert caught.value.retryable is retryable
    assert caught.value.hint
    assert LinkStatusError().retryable is False  # the class is not changed by its instances


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate", "gzip, identity", "x-unknown"])
def test_a_packed_answer_is_refused_unread(fetcher: Fetcher, server: WebServer, encoding: str) -> None:
    with pytest.raises(LinkStatusError, match="compressed"):
        fetcher.fetch(server.serve("/a.png", body(b"\x1f\x8b" + bytes(500), Content_Encoding=encoding)))


def test_a_promise_over_the_limit_is_refused_in_megabytes(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkTooLargeError, match="95 MB"):
        fetcher.fetch(server.serve("/a.png", promised(10**8, PNG)))


def test_a_promise_of_absurd_length_is_refused(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises((LinkTooLargeError, LinkUnreachableError)):
        fetcher.fetch(server.serve("/a.png", promised(10**30, PNG)))


def test_an_endless_body_is_cut_at_the_limit(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkTooLargeError):
        fetcher.fetch(server.serve("/a.png", endless(PNG)))
    assert server.cut_by_client.wait(5)


def test_a_body_of_exactly_the_limit_is_taken(fetcher: Fetcher, server: WebServer) -> None:
    data = PNG + bytes(LIMIT - len(PNG))
    assert fetcher.fetch(server.serve("/a.png", body(data))).data == data
    with pytest.raises(LinkTooLargeError):
        fetcher.fetch(server.serve("/b.png", body(data + b"x")))


def test_a_body_that_is_cut_says_so(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkUnreachableError, match="cut") as caught:
        fetcher.fetch(server.serve("/a.png", promised(9000, PNG)))
    assert caught.value.retryable


def test_an_empty_body_says_so(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(EmptyFileError, match="server"):
        fetcher.fetch(server.serve("/a.png", body(b"")))


def test_a_server_that_hangs_up_is_unreachable(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkUnreachableError):
        fetcher.fetch(server.serve("/a.png", hang_up))


def test_a_server_that_talks_nonsense_is_unreachable(fetcher: Fetcher, server: WebServer) -> None:
    def nonsense(handler: object) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")  # type: ignore[attr-defined]  # a Handler
        handler.cut()  # type: ignore[attr-defined]  # as above

    with pytest.raises(LinkUnreachableError):
        fetcher.fetch(server.serve("/a.png", nonsense))


@pytest.mark.parametrize("answer", [silent(), drip(PNG, 0.05), drip(b"", 0.05)])
def test_all_that_takes_too_long_is_ended_in_time(fetcher: Fetcher, server: WebServer, answer: Answer) -> None:
    started = time.monotonic()
    with pytest.raises(LinkTimeoutError, match="within"):
        fetcher.fetch(server.serve("/a.png", answer), seconds=0.6)
    assert time.monotonic() - started < 3


def test_a_port_without_a_server_is_unreachable(fetcher: Fetcher, server: WebServer) -> None:
    port = server.port
    server.server_close()
    with pytest.raises(LinkUnreachableError):
        fetcher.fetch(f"http://{LOOPBACK}:{port}/a.png")


def test_a_name_that_nobody_has_says_so(fetcher: Fetcher) -> None:
    async def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(LinkUnreachableError, match=r"no server called nobody\.example"):
        fetcher.fetch("http://nobody.example/a.png", resolver=unknown)


def test_nothing_of_a_link_is_logged(
    fetcher: Fetcher, server: WebServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    fetcher.fetch(server.serve("/a.png", body(PNG)) + "?signature=hunter2")
    with pytest.raises(LinkStatusError):
        fetcher.fetch(server.url("/missing?signature=hunter2"))
    assert "hunter2" not in caplog.text


def test_a_proxy_setting_that_can_not_be_used_says_so(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://proxy.example:3128")
    with pytest.raises(LinkUnreachableError, match="proxy"):
        fetcher.fetch("http://pictures.example/a.png")
