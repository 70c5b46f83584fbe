"""The stand-in by hand: cloud mode without a key."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from typing import NoReturn

from tests.support.nim import FAULTS, StandIn


def main() -> int:
    """Serve until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.nim", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port to listen on (any free one)")
    parser.add_argument("--latency", type=float, default=300, metavar="MS", help="milliseconds before each answer")
    parser.add_argument("--faces", action="store_true", help="/v1/infer serves the check of faces")
    parser.add_argument("--fault", choices=sorted(FAULTS), metavar="NAME", help=", ".join(sorted(FAULTS)))
    options = parser.parse_args()
    standin = StandIn(key=None, latency=options.latency / 1000, faces=options.faces, port=options.port)
    if options.fault:
        standin.always(options.fault)
    with standin:
        _say(f"Stand-in NIM at {standin.url} - the score is the picture's mean brightness. Ctrl+C ends it.")
        _say(f"Try: uv run telltale scan --mode cloud --nim-url {standin.url} --accept-upload PICTURE")
        _say("(as a self-hosted service it wants no key; on the hosted routes it takes any)")
        with contextlib.suppress(KeyboardInterrupt):
            _report(standin)
    return 0


def _report(standin: StandIn) -> NoReturn:
    told = 0
    while True:
        for request in standin.requests[told:]:
            told += 1
            _say(f"{request.method} {request.path} at {request.place}: {len(request.body)} bytes")
        time.sleep(0.2)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
