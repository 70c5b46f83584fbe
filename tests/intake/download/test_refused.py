"""Links that must not be followed, on every hop."""

import asyncio
from typing import Any

import pytest
from httpcore import AnyIOBackend

from desktop_app.core.errors import LinkAddressError, LinkPrivateError, LinkRedirectsError
from desktop_app.system.guard import Resolver
from tests.intake.download.conftest import LOOPBACK, PNG, Fetcher
from tests.support.webserver import Script, WebServer, body, redirect, status


def test_a_private_host_is_refused_and_asked_about_by_name(fetcher: Fetcher, server: WebServer) -> None:
    fetcher.allowed.clear()
    with pytest.raises(LinkPrivateError, match=LOOPBACK) as caught:
        fetcher.fetch(server.serve("/a.png", body(PNG)))
    assert caught.value.host == LOOPBACK
    assert fetcher.asked == [LOOPBACK]
    assert server.seen == []


@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "LOCALHOST.", "[::ffff:127.0.0.1]", "[::]"],
)
def test_other_spellings_of_an_allowed_host_are_still_refused(
    fetcher: Fetcher, server: WebServer, host: str
) -> None:
    server.serve("/a.png", body(PNG))
    with pytest.raises((LinkPrivateError, LinkAddressError)):  # httpx itself refuses leading zeros
        fetcher.fetch(server.url("/a.png", host))
    assert server.seen == []


@pytest.mark.parametrize(
    "host", ["localhost", "169.254.169.254", "[::1]", "10.0.0.1", "[fd00:ec2::254]", "0", "100.100.100.200"]
)
def test_a_redirect_into_a_private_network_is_refused(fetcher: Fetcher, server: WebServer, host: str) -> None:
    server.serve("/secret", body(PNG))
    server.serve("/b.png", redirect(f"http://{host}:{server.port}/secret"))
    with pytest.raises(LinkPrivateError):
        fetcher.fetch(server.serve("/a.png", redirect("/b.png")))
    assert [request.path for request in server.seen] == ["/a.png", "/b.png"]


def test_a_name_that_resolves_to_a_private_address_is_refused(fetcher: Fetcher, server: WebServer) -> None:
    async def inwards(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return [LOOPBACK]

    server.serve("/a.png", body(PNG))
    with pytest.raises(LinkPrivateError) as caught:
        fetcher.fetch(server.url("/a.png", "pictures.example"), resolver=inwards)
    assert caught.value.host == "pictures.example"
    assert server.seen == []


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the public address 8.8.8.8 end at this computer, and write down every address connected to."""
    connected: list[str] = []
    connect = AnyIOBackend.connect_tcp

    async def at_home(self: AnyIOBackend, host: str, *others: Any) -> Any:
        connected.append(host)
        return await connect(self, LOOPBACK if host == "8.8.8.8" else host, *others)

    monkeypatch.setattr(AnyIOBackend, "connect_tcp", at_home)
    return connected


def answering(*answers: list[str]) -> Resolver:
    left = list(answers)

    async def look_up(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return left.pop(0)

    return look_up


def test_a_name_server_that_changes_its_mind_after_the_check_is_not_asked_again(
    fetcher: Fetcher, server: WebServer, internet: list[str]
) -> None:
    server.serve("/a.png", body(PNG))
    rebinding = answering(["8.8.8.8"], [LOOPBACK])
    assert fetcher.fetch(server.url("/a.png", "rebind.example"), resolver=rebinding).data == PNG
    assert internet == ["8.8.8.8"]


def test_a_name_is_checked_again_on_every_hop(fetcher: Fetcher, server: WebServer, internet: list[str]) -> None:
    server.serve("/secret", body(PNG))
    server.serve("/a.png", status(302, Location="/secret", Connection="close"))
    rebinding = answering(["8.8.8.8"], [LOOPBACK])
    with pytest.raises(LinkPrivateError):
        fetcher.fetch(server.url("/a.png", "rebind.example"), resolver=rebinding)
    assert internet == ["8.8.8.8"]
    assert [request.path for request in server.seen] == ["/a.png"]


def test_a_public_and_a_private_address_together_are_refused(
    fetcher: Fetcher, server: WebServer, internet: list[str]
) -> None:
    server.serve("/a.png", body(PNG))
    with pytest.raises(LinkPrivateError):
        fetcher.fetch(server.url("/a.png", "both.example"), resolver=answering(["8.8.8.8", "10.0.0.1"]))
    assert internet == []


def test_an_allowed_name_is_connected_to_at_the_address_that_was_found(
    fetcher: Fetcher, server: WebServer
) -> None:
    async def inwards(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return ["127.0.0.2", LOOPBACK]  # nobody listens on the first

    fetcher.allowed = {"nas.lan"}
    server.serve("/a.png", body(PNG))
    got = fetcher.fetch(server.url("/a.png", "NAS.lan."), resolver=inwards)
    assert got.data == PNG
    assert server.seen[0].headers["host"] == f"nas.lan.:{server.port}"


@pytest.mark.parametrize(
    "target",
    [
        "ftp://127.0.0.1/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AA",
        "http://",
        "http://[/",
        "https://x:y/",
    ],
)
def test_a_redirect_to_another_kind_of_address_is_refused(
    fetcher: Fetcher, server: WebServer, target: str
) -> None:
    with pytest.raises(LinkRedirectsError):
        fetcher.fetch(server.serve("/a.png", redirect(target)))


def test_a_redirect_with_credentials_is_refused_and_they_are_not_sent(fetcher: Fetcher, server: WebServer) -> None:
    target = f"http://me:hunter2@{LOOPBACK}:{server.port}/b.png"
    with pytest.raises(LinkRedirectsError) as caught:
        fetcher.fetch(server.serve("/a.png", redirect(target)))
    assert "hunter2" not in f"{caught.value!r}{caught.value.hint}"
    assert len(server.seen) == 1


def test_a_link_with_credentials_opens_no_connection(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkAddressError):
        fetcher.fetch(f"http://me:hunter2@{LOOPBACK}:{server.port}/a.png")
    assert server.seen == []


def test_a_redirect_in_a_circle_ends_at_once(fetcher: Fetcher, server: WebServer) -> None:
    server.serve("/b", redirect("/a"))
    with pytest.raises(LinkRedirectsError, match="circle"):
        fetcher.fetch(server.serve("/a", redirect("/b")))
    assert len(server.seen) == 2


def test_the_sixth_redirect_is_not_followed(fetcher: Fetcher, server: WebServer) -> None:
    for number in range(9):
        server.serve(f"/{number}", redirect(f"/{number + 1}"))
    with pytest.raises(LinkRedirectsError, match="more than 5"):
        fetcher.fetch(server.url("/0"))
    assert len(server.seen) == 6


def test_five_redirects_are_followed_without_cookies_or_referer(fetcher: Fetcher, server: WebServer) -> None:
    for number, code in enumerate((301, 302, 303, 307, 308)):
        cookie = {"Set_Cookie": "session=1; Path=/"}
        server.serve(f"/{number}", status(code, Location=f"/{number + 1}", **cookie))
    server.serve("/5", Script([body(PNG)]))
    got = fetcher.fetch(server.url("/0"))
    assert (got.data, got.final_url, got.host) == (PNG, server.url("/5"), LOOPBACK)
    for request in server.seen:
        assert request.method == "GET"
        assert request.headers["accept-encoding"] == "identity"
        assert request.headers["user-agent"].startswith("Telltale/")
        assert not {"cookie", "referer", "authorization"} & set(request.headers)


def test_a_redirect_without_an_address_is_an_error(fetcher: Fetcher, server: WebServer) -> None:
    with pytest.raises(LinkRedirectsError, match="nowhere"):
        fetcher.fetch(server.serve("/a", status(302)))
