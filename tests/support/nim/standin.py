"""The stand-in itself: two ports (the service, and where assets are uploaded), routes, faults, memory."""

from __future__ import annotations

import ssl
import threading
from collections import defaultdict, deque
from typing import Self

from tests.support.nim.checks import RefusedError
from tests.support.nim.faults import FAULTS, Fault
from tests.support.nim.records import Recorded
from tests.support.nim.routes import Service, kind_of
from tests.support.nim.wire import Answer, Server

KEY = "nvapi-" + "Stand_In-0123456" * 4
"""A key of the usual form, which nobody else has."""

_FINE = Fault()
_POLL_SECONDS = 0.005  # how soon a server sees that it is to end


class StandIn:
    """A service on loopback; use it as a context manager.

    Args:
        key: what hosted routes want; None takes any key.
        latency: see there.
        faces: whether ``/v1/infer`` serves the second model, as a second container would.
        port: of the service; 0 takes any free one.
        tls: a server's context makes it HTTPS.

    Attributes:
        latency: seconds before each answer.
        requests: everything that arrived, in order of arrival.
        complaints: rules that a client must never break and broke; a good test ends with none.
        assets: what lies in the store.
    """

    def __init__(
        self,
        *,
        key: str | None = KEY,
        latency: float = 0.0,
        faces: bool = False,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.latency = latency
        self.requests: list[Recorded] = []
        self._scheme = "https" if tls else "http"
        self._plans: dict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._service = Server(self, "service", port, tls)
        self._uploads = Server(self, "uploads", 0, tls)
        self._routes = Service(key, self.upload_url, faces=faces)
        self.assets, self.complaints = self._routes.assets, self._routes.complaints
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), name=f"stand-in {server.place}")
            for server in (self._service, self._uploads)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for server in (self._service, self._uploads):
            server.shutdown()
            server.drop_connections()
            server.server_close()
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        """The service's base URL."""
        return f"{self._scheme}://127.0.0.1:{self._service.server_port}"

    @property
    def upload_url(self) -> str:
        """The upload host's base URL; redirects lead there, too."""
        return f"{self._scheme}://127.0.0.1:{self._uploads.server_port}"

    @property
    def closing(self) -> bool:
        """Whether the end has come."""
        return self._end.is_set()

    def plan(self, *faults: Fault | str, at: str = "infer") -> None:
        """Let the next requests fail, one fault each; ``at``: infer, status, assets, put or delete."""
        self._plans[at].extend(_fault(fault) for fault in faults)

    def always(self, fault: Fault | str, at: str = "infer") -> None:
        """Let every request fail that no plan is for."""
        self._always[at] = _fault(fault)

    def at(self, kind: str) -> list[Recorded]:
        """Return what arrived at a kind of route (see :meth:`plan`)."""
        return [
            request
            for request in list(self.requests)
            if kind_of(request.place, request.method, request.path) == kind
        ]

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond the end."""
        self._end.wait(seconds)

    def wait_for_end(self) -> None:
        """Wait until the stand-in is closed."""
        self._end.wait()

    def next_fault(self, place: str, method: str, path: str) -> Fault:
        """Return what is to happen to the request that is arriving."""
        kind = kind_of(place, method, path)
        with self._lock:
            plan = self._plans[kind]
            return plan.popleft() if plan else self._always.get(kind, _FINE)

    def answer(self, request: Recorded, fault: Fault) -> Answer:
        """Return the answer to a request, as ``fault`` has it."""
        if fault.status:
            extra = {"Location": f"{self.upload_url}/elsewhere"} if fault.status in range(300, 400) else {}
            return Answer(fault.status, fault.body or b"", {**extra, **fault.headers})
        try:
            answer = self._routes.answer(request, fault)
        except RefusedError as refused:
            return Answer(refused.fault.status, refused.fault.body or b"", refused.fault.headers)
        if fault.body is not None:
            answer.body = fault.body
        answer.headers.update(fault.headers)
        return answer


def _fault(fault: Fault | str) -> Fault:
    return FAULTS[fault] if isinstance(fault, str) else fault
