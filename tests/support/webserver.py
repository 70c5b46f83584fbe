"""A real web server on loopback that misbehaves as told: redirects, drips, cuts, bombs."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as the server got it; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]


class WebServer(ThreadingHTTPServer):
    """Serves :attr:`routes` by path, 404 for the rest, and remembers every request."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Answer] = {}
        self.seen: list[Seen] = []
        self.stopping = threading.Event()
        self.cut_by_client = threading.Event()
        self._scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self._scheme}://{host}:{self.port}{path}"

    def serve(self, path: str, answer: Answer) -> str:
        """Answer ``path`` with ``answer``; returns its address."""
        self.routes[path] = answer
        return self.url(path)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away are what these tests are about."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: WebServer
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append(Seen(self.command, self.path, headers))
        answer = self.server.routes.get(self.path.partition("?")[0], status(404))
        try:
            answer(self)
        except OSError:
            self.server.cut_by_client.set()
            self.close_connection = True

    do_HEAD = do_POST = do_GET  # noqa: N815  # http.server looks for these names

    def log_message(self, *_: Any) -> None:
        """Nothing on stderr."""

    def start(self, code: int, **headers: str) -> None:
        """Send a head; ``Content_Type`` stands for ``Content-Type``."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def cut(self) -> None:
        """Close the connection after this answer, whatever was promised."""
        self.close_connection = True


def body(data: bytes, content_type: str = "image/png", **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.start(200, Content_Type=content_type, Content_Length=str(len(data)), **headers)
        handler.wfile.write(data)

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.start(code, Content_Length="0", **headers)

    return answer


def redirect(to: str, code: int = 302) -> Answer:
    return status(code, Location=to)


def promised(length: int, data: bytes) -> Answer:
    """Promise ``length`` bytes, send ``data`` and hang up."""

    def answer(handler: Handler) -> None:
        handler.start(200, Content_Type="image/png", Content_Length=str(length))
        handler.wfile.write(data)
        handler.cut()

    return answer


def drip(data: bytes, pause: float, then: int = 10**6) -> Answer:
    """Send ``data``, then a byte every ``pause`` seconds, ``then`` times, with no length promised."""

    def answer(handler: Handler) -> None:
        handler.start(200, Content_Type="image/png", Connection="close")
        handler.wfile.write(data)
        handler.wfile.flush()
        for _ in range(then):
            if handler.server.stopping.wait(pause):
                break
            handler.wfile.write(b"x")
        handler.cut()

    return answer


def endless(start: bytes, content_type: str = "image/png") -> Answer:
    """Send ``start`` and then zeros until the client goes away."""

    def answer(handler: Handler) -> None:
        handler.start(200, Content_Type=content_type, Connection="close")
        handler.wfile.write(start)
        while not handler.server.stopping.is_set():
            handler.wfile.write(bytes(1 << 16))
        handler.cut()

    return answer


def silent(seconds: float = 60.0) -> Answer:
    """Take the request and never answer."""

    def answer(handler: Handler) -> None:
        handler.server.stopping.wait(seconds)
        handler.cut()

    return answer


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.cut()


@dataclass(slots=True)
class Script:
    """Different answers to the same path, one after the other; the last one stays."""

    answers: list[Answer] = field(default_factory=list)

    def __call__(self, handler: Handler) -> None:
        (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(handler)


@contextlib.contextmanager
def web_server(tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Run a server until the end of the block."""
    server = WebServer(tls)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="web server", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
