"""Protected connections, with an authority of our own."""

import asyncio
import datetime as dt
import ssl
from collections.abc import Callable

import pytest
import trustme

from desktop_app.core.errors import LinkRedirectsError, LinkUnreachableError
from desktop_app.system.guard import Resolver
from tests.intake.download.conftest import LOOPBACK, PNG, Fetcher
from tests.support.webserver import WebServer, body, redirect, web_server

TlsServer = Callable[[str], WebServer]
NAME = "pictures.example"


def at_home() -> Resolver:
    async def look_up(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return [LOOPBACK]

    return look_up


def test_a_certificate_that_nobody_trusts_is_refused_in_words(fetcher: Fetcher, tls_server: TlsServer) -> None:
    server = tls_server(LOOPBACK)
    with pytest.raises(LinkUnreachableError, match="prove who it is: its certificate is signed by"):
        fetcher.fetch(server.serve("/a.png", body(PNG)))  # the operating system's trust store
    assert server.seen == []


def test_a_certificate_for_another_name_is_refused(
    fetcher: Fetcher, tls_server: TlsServer, trusting: ssl.SSLContext
) -> None:
    server = tls_server("other.example")
    server.serve("/a.png", body(PNG))
    fetcher.allowed = {NAME}
    with pytest.raises(LinkUnreachableError, match="another name"):
        fetcher.fetch(server.url("/a.png", NAME), verify=trusting, resolver=at_home())


def test_a_server_without_tls_is_refused(fetcher: Fetcher, server: WebServer, trusting: ssl.SSLContext) -> None:
    with pytest.raises(LinkUnreachableError, match="https"):
        fetcher.fetch(server.url("/a.png").replace("http:", "https:"), verify=trusting)


def test_the_name_is_checked_though_the_address_is_connected_to(
    fetcher: Fetcher, tls_server: TlsServer, trusting: ssl.SSLContext
) -> None:
    server = tls_server(NAME)
    server.serve("/a.png", body(PNG))
    fetcher.allowed = {NAME}
    got = fetcher.fetch(server.url("/a.png", NAME), verify=trusting, resolver=at_home())
    assert got.data == PNG
    assert server.seen[0].headers["host"] == f"{NAME}:{server.port}"


def test_from_https_no_redirect_leads_to_http(
    fetcher: Fetcher, tls_server: TlsServer, server: WebServer, trusting: ssl.SSLContext
) -> None:
    protected = tls_server(LOOPBACK)
    with pytest.raises(LinkRedirectsError, match="unprotected"):
        fetcher.fetch(protected.serve("/a.png", redirect(server.serve("/b.png", body(PNG)))), verify=trusting)
    assert server.seen == []


def test_from_http_a_redirect_leads_to_https(
    fetcher: Fetcher, tls_server: TlsServer, server: WebServer, trusting: ssl.SSLContext
) -> None:
    target = tls_server(LOOPBACK).serve("/b.png", body(PNG))
    got = fetcher.fetch(server.serve("/a.png", redirect(target)), verify=trusting)
    assert got.final_url == target


def test_an_expired_certificate_is_refused(
    fetcher: Fetcher, authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(LOOPBACK, not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)).configure_cert(context)
    with web_server(context) as server, pytest.raises(LinkUnreachableError, match="expired"):
        fetcher.fetch(server.serve("/a.png", body(PNG)), verify=trusting)
