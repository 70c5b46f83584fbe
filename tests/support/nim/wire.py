"""One connection of the stand-in: reads requests, answers them, or fails as it was told."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import struct
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

from tests.support.nim.faults import Cut, Fault
from tests.support.nim.records import Recorded

if TYPE_CHECKING:
    from tests.support.nim.standin import StandIn

_DRIBBLE_SECONDS = 0.05
_RESET = struct.pack("ii", 1, 0)


class Answer:
    """Status, headers and body as they go out."""

    def __init__(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.body = body
        self.headers = {"Content-Type": "application/json", **(headers or {})}


class Server(ThreadingHTTPServer):
    """One port of the stand-in; ``place`` is where it says it is."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, standin: StandIn, place: str, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.standin = standin
        self.place = place
        self.tls = tls
        self.connections: set[socket.socket] = set()

    def server_bind(self) -> None:
        # HTTPServer's own asks the name server who 127.0.0.1 is.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        if self.tls:
            # The handshake comes with the first read, in the connection's own thread.
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self.connections.add(connection)
        return connection, cast("tuple[str, int]", address)

    def shutdown_request(self, request: object) -> None:
        self.connections.discard(cast("socket.socket", request))
        super().shutdown_request(cast("socket.socket", request))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away are what is tested here."""

    def drop_connections(self) -> None:
        """End what is open, so that no thread waits for another request."""
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the stand-in and its answer, or its fault, to the client."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes; the second would wait 40 ms for an ACK
    server: Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        self._serve()

    do_GET = do_PUT = do_DELETE = do_HEAD = do_POST  # noqa: N815  # the base class's names

    def _serve(self) -> None:
        standin, place = self.server.standin, self.server.place
        fault = standin.next_fault(place, self.command, self.path)
        if fault.cut is Cut.BEFORE_READING:
            self._record(b"")
            self._reset()
            return
        if fault.hold and fault.unread:
            self._record(b"")
            standin.wait_for_end()
            self._end()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._act(standin, fault, self._record(body))

    def _record(self, body: bytes) -> Recorded:
        headers = {name.lower(): value for name, value in self.headers.items()}
        recorded = Recorded(self.server.place, self.command, self.path, headers, body)
        self.server.standin.requests.append(recorded)
        return recorded

    def _act(self, standin: StandIn, fault: Fault, recorded: Recorded) -> None:
        if fault.hold:
            standin.wait_for_end()
            self._end()
        elif fault.cut is Cut.AFTER_READING:
            self._end()
        else:
            answer = standin.answer(recorded, fault)
            standin.sleep(standin.latency + fault.delay)
            self._send(answer, fault)

    def _send(self, answer: Answer, fault: Fault) -> None:
        if fault.cut is Cut.MID_HEADERS:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Ty")
            self._end()
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:  # which must have none
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if fault.cut is Cut.AFTER_HEADERS:
            self._end()
        elif fault.cut is Cut.MID_ANSWER:
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self._end()
        elif fault.dribble:
            self._dribble(answer.body)
        else:
            self.wfile.write(answer.body)

    def _dribble(self, body: bytes) -> None:
        for byte in body:
            if self.server.standin.closing:
                break
            self.wfile.write(bytes((byte,)))
            time.sleep(_DRIBBLE_SECONDS)
        self._end()

    def _end(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._end()
