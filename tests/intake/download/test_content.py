"""What comes is told by its own bytes: pages, films, programs, pictures."""

import pytest

from desktop_app.core.errors import (
    LinkIsPageError,
    NotAPictureError,
)
from tests.intake.download.conftest import PNG, Fetcher
from tests.support.webserver import (
    Answer,
    WebServer,
    body,
    endless,
    promised,
    status,
)

PAGE = b'<!doctype html><html><head><meta property="og:image" content="/a.png"></head></html>'


def test_a_page_offers_the_picture_it_names(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkIsPageError) as caught:
        fetcher.fetch(server.serve("/story/", body(PAGE, "image/png")))  # the type is not believed
    assert caught.value.picture == server.url("/a.png")


def test_a_page_behind_a_redirect_is_read_at_its_own_address(fetcher: Fetcher, server: WebServer) -> None:
    server.serve("/b/", body(PAGE.replace(b"/a.png", b"c.png"), "text/html"))
    with pytest.raises(LinkIsPageError) as caught:
        fetcher.fetch(server.serve("/a", redirect_to("/b/")))
    assert caught.value.picture == server.url("/b/c.png")


def redirect_to(path: str) -> Answer:
    return status(302, Location=path)


@pytest.mark.parametrize("answer", [promised(50_000, PAGE + bytes(9000)), endless(PAGE, "text/html")])
def test_a_page_that_is_cut_or_endless_is_still_a_page(
    fetcher: Fetcher, server: WebServer, answer: Answer
) -> None:
    with pytest.raises(LinkIsPageError) as caught:
        fetcher.fetch(server.serve("/story", answer))
    assert caught.value.picture == server.url("/a.png")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7" + bytes(60_000), "PDF"),
        (b"MZ" + bytes(100), "Windows program"),
        (b'{"error": "no hot-linking"}', "text file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\x1a\x45\xdf\xa3" + bytes(9000), "video"),
    ],
)
def test_what_is_no_picture_is_named_whatever_its_type_says(
    fetcher: Fetcher, server: WebServer, data: bytes, words: str
) -> None:
    with pytest.raises(NotAPictureError, match=words):
        fetcher.fetch(server.serve("/a.png", body(data, "image/png")))


def test_a_picture_with_a_wrong_type_is_a_picture(fetcher: Fetcher, server: WebServer) -> None:
    assert fetcher.fetch(server.serve("/a", body(PNG, "text/html"))).data == PNG


def test_a_film_is_not_fetched_to_its_end(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(NotAPictureError):
        fetcher.fetch(server.serve("/a", endless(b"\x1a\x45\xdf\xa3" + bytes(5000))))
    assert server.cut_by_client.wait(5)
