import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import LinkAddressError, LinkRedirectsError
from desktop_app.intake.download.address import checked_link, has_credentials, redirected, without_credentials
from desktop_app.system import http

SECRET = "hunter2"  # noqa: S105  # a stand-in


@pytest.mark.parametrize(
    "link",
    [
        "",
        "picture.png",
        "//host.example/a.png",
        "ftp://host.example/a.png",
        "file:///etc/passwd",
        "gopher://host.example/",
        "javascript:alert(1)",
        "http://",
        "http:///a.png",
        "http://host.example:70000/",
        "http://host.example:x/",
        "http://[::1/",
        "http://host.example/a b",
        "http://host.example/a\nb",
        "http://host.example/\0",
        "http://host.example/" + "a" * 9000,
    ],
)
def test_what_is_no_web_address_is_refused(link: str) -> None:
    with pytest.raises(LinkAddressError):
        checked_link(link)


@pytest.mark.parametrize(
    "link",
    [
        f"https://me:{SECRET}@host.example/a.png",
        f"https://{SECRET}@host.example/a.png",
        f"https://:{SECRET}@host.example/",
        f"https://host.example\\{SECRET}@127.0.0.1/",
        f"https://me:{SECRET}@host.example:port/",
        "https://@host.example/",
    ],
)
def test_a_link_with_credentials_is_refused_in_words_that_do_not_repeat_them(link: str) -> None:
    with pytest.raises(LinkAddressError) as caught:
        checked_link(link)
    assert SECRET not in f"{caught.value!r} {caught.value.hint} {caught.value.__cause__!r}"


def test_an_ordinary_link_loses_its_blanks_and_its_fragment_alone() -> None:
    assert checked_link(" https://host.example:8443/a%20b.png?x=1@2#top\n") == (
        "https://host.example:8443/a%20b.png?x=1@2"
    )


@pytest.mark.parametrize(
    "location",
    [
        "ftp://host.example/",
        "file:///etc/passwd",
        "http://host.example/",
        "https://a:b@host.example/",
        "https://[/",
    ],
)
def test_a_redirect_may_not_lead_there(location: str) -> None:
    with pytest.raises(LinkRedirectsError):
        redirected("https://start.example/a/b", location)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("c.png", "https://start.example/a/c.png"),
        ("/c.png#x", "https://start.example/c.png"),
        ("//other.example/c.png", "https://other.example/c.png"),
        ("https://other.example", "https://other.example"),
        ("?page=2", "https://start.example/a/b?page=2"),
    ],
)
def test_a_redirect_is_resolved_against_the_page_it_came_from(location: str, target: str) -> None:
    assert redirected("https://start.example/a/b", location) == target


def test_from_http_a_redirect_may_lead_to_both() -> None:
    assert redirected("http://start.example/", "http://other.example/") == "http://other.example/"
    assert redirected("http://start.example/", "https://other.example/") == "https://other.example/"


def test_a_link_is_shown_without_its_credentials() -> None:
    assert without_credentials(f"https://me:{SECRET}@host.example:8/a@b") == "https://…@host.example:8/a@b"
    assert without_credentials("https://host.example/a@b") == "https://host.example/a@b"


@given(
    st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://h/", "https://h:1/", "http://a@"])
)
def test_whatever_is_given_ends_as_a_link_that_the_client_reads_alike_or_in_words(text: str, start: str) -> None:
    try:
        link = checked_link(start + text)
    except LinkAddressError:
        return
    assert not has_credentials(link)
    try:
        read = http.URL(link)
    except http.InvalidURL:
        return
    assert read.scheme in {"http", "https"}
    assert not read.userinfo
