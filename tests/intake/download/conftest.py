from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import trustme

from desktop_app.core.cancel import CancelToken
from desktop_app.intake.download.downloader import Downloader
from desktop_app.intake.download.transfer import Downloaded
from desktop_app.system.guard import Resolver
from desktop_app.system.network import NetworkThread
from tests.support.webserver import WebServer, web_server

LOOPBACK = "127.0.0.1"
LIMIT = 100_000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(5000)


@dataclass
class Fetcher:
    """A downloader under test, with a short limit of everything."""

    network: NetworkThread = field(default_factory=NetworkThread)
    allowed: set[str] = field(default_factory=lambda: {LOOPBACK})
    asked: list[str] = field(default_factory=list)

    def downloader(
        self, seconds: float = 10, verify: ssl.SSLContext | None = None, resolver: Resolver | None = None
    ) -> Downloader:
        return Downloader(
            self.network,
            max_bytes=LIMIT,
            total_seconds=seconds,
            allow_host=self._allow,
            verify=verify,
            resolver=resolver,
        )

    def fetch(
        self, url: str, seconds: float = 10, verify: ssl.SSLContext | None = None, resolver: Resolver | None = None
    ) -> Downloaded:
        return self.downloader(seconds, verify, resolver).fetch(url, CancelToken()).result(20)

    def _allow(self, host: str) -> bool:
        self.asked.append(host)
        return host in self.allowed


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher()
    yield made
    made.network.close()


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as started:
        yield started


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def tls_server(authority: trustme.CA) -> Iterator[Callable[[str], WebServer]]:
    """Make a server with a certificate for a name."""
    opened = []

    def make(name: str) -> WebServer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        running = web_server(context)
        opened.append(running)
        return running.__enter__()

    yield make
    for running in opened:
        running.__exit__(None, None, None)
