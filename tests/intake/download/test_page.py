import time

import pytest

from desktop_app.intake.download.page import is_page, page_error, picture_of

AT = "https://news.example/2026/story.html"


def page(*tags: str) -> bytes:
    return ("<!DOCTYPE html><html><head>" + "".join(tags) + "</head><body>Text</body></html>").encode()


@pytest.mark.parametrize(
    "tags",
    [
        [],
        ['<meta property="og:title" content="https://news.example/a.png">'],
        ['<meta property="og:image">'],
        ['<meta property="og:image" content="">'],
        ['<meta property="og:image" content="data:image/png;base64,AAAA">'],
        ['<meta property="og:image" content="javascript:alert(1)">'],
        ['<meta property="og:image" content="https://me:word@news.example/a.png">'],
        ['<meta property="og:image" content="https://[/a.png">'],
        ['<img src="/a.png">'],
    ],
)
def test_a_page_that_names_no_usable_picture_names_none(tags: list[str]) -> None:
    assert picture_of(page(*tags), AT) == ""
    assert page_error(page(*tags), AT).picture == ""


@pytest.mark.parametrize(
    ("tag", "picture"),
    [
        ('<meta property="og:image" content="https://cdn.example/a.png">', "https://cdn.example/a.png"),
        ("<META PROPERTY='OG:Image' CONTENT='/a.png?x=1&amp;y=2'>", "https://news.example/a.png?x=1&y=2"),
        ('<meta content="a.png" name="twitter:image" />', "https://news.example/2026/a.png"),
        ("<meta name=twitter:image:src content=//cdn.example/a.png>", "https://cdn.example/a.png"),
        ('<base href="/img/"><meta property="og:image:url" content="a.png">', "https://news.example/img/a.png"),
    ],
)
def test_the_picture_that_a_page_names_is_found_as_a_whole_address(tag: str, picture: str) -> None:
    assert picture_of(page("<title>x</title>", tag), AT) == picture


def test_the_first_usable_name_in_order_wins() -> None:
    tags = page(
        '<meta name="twitter:image" content="/t.png">',
        '<meta property="og:image" content="/first.png">',
        '<meta property="og:image" content="/second.png">',
        '<meta property="og:image:secure_url" content="javascript:x">',
    )
    assert picture_of(tags, AT) == "https://news.example/first.png"


@pytest.mark.parametrize(
    "evil",
    [
        b"<meta " * 90_000,
        b"<!--" * 130_000,
        b"<meta " + b"a=" * 260_000 + b">",
        (b"<meta " + b"a=' " * 480 + b">") * 270,
        (b"<meta " + b"x" * 1990 + b">") * 260,
        b"<meta content=" + b"&" * 500_000 + b">",
    ],
)
def test_a_page_made_to_take_long_does_not(evil: bytes) -> None:
    started = time.process_time()
    assert picture_of(evil, AT) == ""
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "head",
    [b"<!doctype html>", b"\xef\xbb\xbf\n <HTML lang=en>", b"<!-- hi --><html>", b"<?xml version='1.0'?>\n<html>"],
)
def test_a_page_is_known_by_its_start(head: bytes) -> None:
    assert is_page(head, "image/png")


def test_without_a_pages_start_the_servers_word_decides() -> None:
    assert is_page(b"Sorry, hot-linking is not allowed", "text/html; charset=utf-8")
    assert not is_page(b"Sorry", "text/plain")
    assert not is_page(b"<svg>", "image/svg+xml")
