import ast
import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpcore
import pytest

from desktop_app.core.errors import LinkPrivateError
from desktop_app.system import http
from desktop_app.system.guard import Guard
from desktop_app.system.guarded_backend import GuardedBackend
from tests.support.processes import ROOT
from tests.support.webserver import WebServer, body, redirect, status, web_server

TIMEOUT = http.Timeout(5)


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as started:
        yield started


def nobody(_host: str) -> bool:
    return False


async def public(_host: str, _port: int) -> list[str]:
    await asyncio.sleep(0)
    return ["8.8.8.8"]


async def fetch(client: http.AsyncClient, *urls: str) -> list[http.Response]:
    async with client:
        return [await client.get(url) for url in urls]


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:1080", "gopher://proxy.example", "http://proxy.example:port"]
)
def test_a_proxy_that_can_not_be_used_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(http.ProxySettingsError, match="HTTPS_PROXY"):
        http.plain_client(TIMEOUT)
    with pytest.raises(http.ProxySettingsError, match="HTTPS_PROXY"):
        http.guarded_client(nobody, TIMEOUT)


def test_a_private_target_is_not_handed_to_a_proxy(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url(""))
    for host in ("10.0.0.1", "127.1", "localhost", "printer", "[::1]"):
        with pytest.raises(LinkPrivateError):
            asyncio.run(fetch(http.guarded_client(nobody, TIMEOUT), f"http://{host}/a.png"))
    assert server.seen == []


def test_a_public_target_goes_through_a_proxy_in_a_private_network(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url(""))
    server.serve("http://pictures.example/a.png", body(b"by proxy"))
    for client in (http.guarded_client(nobody, TIMEOUT, resolver=public), http.plain_client(TIMEOUT)):
        (answer,) = asyncio.run(fetch(client, "http://pictures.example/a.png"))
        assert answer.content == b"by proxy"


def test_a_host_without_proxy_is_checked_when_it_is_connected_to(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    url = server.serve("/a.png", body(b"direct"))
    with pytest.raises(LinkPrivateError):
        asyncio.run(fetch(http.guarded_client(nobody, TIMEOUT), url))
    (answer,) = asyncio.run(fetch(http.guarded_client(lambda _: True, TIMEOUT), url))
    assert answer.content == b"direct"


def test_a_name_server_that_is_slow_is_a_timeout() -> None:
    async def slow(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(30)
        return []

    with pytest.raises(http.ConnectTimeout):
        asyncio.run(fetch(http.guarded_client(nobody, http.Timeout(0.1), resolver=slow), "http://slow.example/"))


def test_the_next_address_is_tried_when_one_does_not_answer(server: WebServer) -> None:
    async def two(_host: str, _port: int) -> list[str]:
        await backend.sleep(0)
        return ["127.0.0.3", "127.0.0.1"]

    async def connect() -> None:
        stream = await backend.connect_tcp("two.example", server.port, timeout=5)
        await stream.aclose()

    backend = GuardedBackend(Guard(lambda _: True, two))

    asyncio.run(connect())


def test_no_address_that_answers_is_an_error() -> None:
    async def connect() -> None:
        await GuardedBackend(Guard(lambda _: True)).connect_tcp("127.0.0.1", 9, timeout=None)

    with pytest.raises(httpcore.ConnectError):
        asyncio.run(connect())


def test_no_cookie_is_kept_and_no_redirect_followed(server: WebServer) -> None:
    url = server.serve("/a", status(204, Set_Cookie="session=1; Path=/"))
    away = server.serve("/b", redirect("/c"))
    answers = asyncio.run(fetch(http.plain_client(TIMEOUT), url, url, away))
    assert [answer.status_code for answer in answers] == [204, 204, 302]
    for request in server.seen:
        assert "cookie" not in request.headers
        assert "referer" not in request.headers
        assert request.headers["accept-encoding"] == "identity"
        assert request.headers["user-agent"].startswith("Telltale/")


def test_one_module_alone_knows_httpx() -> None:
    knowing = [path for path in (ROOT / "desktop_app").rglob("*.py") if "httpx" in _imports(path)]
    assert knowing == [ROOT / "desktop_app" / "system" / "http.py"]


def test_httpx_and_keyring_are_not_loaded_before_they_are_needed() -> None:
    program = """
import sys
import desktop_app.intake.download.downloader, desktop_app.system.network, desktop_app.system.secrets.store
import desktop_app.library.uploads
from desktop_app.system.network import NetworkThread
desktop_app.intake.download.downloader.Downloader(NetworkThread())
desktop_app.system.secrets.store.KeyStore("explicit").get()
print(sorted({"httpx", "httpcore", "keyring", "truststore", "anyio"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=30, check=True)
    assert done.stdout == b"[]\n"


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
