"""The process of a model that somebody brought: ``python -I -m desktop_app.detectors.confined.worker``.

It gets the card, the model and then views on stdin, answers on stdout (see
:mod:`desktop_app.detectors.confined.wire`) and ends when stdin does. Its memory is bounded. It can open no file: a
model can name files to read its weights from.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import TYPE_CHECKING

import msgspec

from desktop_app.core.errors import DetectorError
from desktop_app.detectors.confined import wire
from desktop_app.imaging.confine import alarm, lock_in
from desktop_app.imaging.streams import claim_streams
from desktop_app.imaging.wire import WireError, read_frame, write_frame

if TYPE_CHECKING:
    from desktop_app.detectors.session import Session

REST_BYTES = 2 * 2**30
"""Address space for the interpreter, numpy, onnxruntime and what a network computes on the way."""

COPIES = 4
"""Address space for the model file, in multiples of its size: the bytes, the parsed graph, the packed weights."""

_NO_FILES = 0  # what is open stays open
_MEMORY = "The model needs more memory than it may use."


def main() -> int:
    """Serve until stdin ends; return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program; it closes stdin here
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each of its threads takes address space, and none is used
    requests, answers = claim_streams()
    try:
        frame = read_frame(requests)
        load = wire.question(frame)
        if not isinstance(load, wire.Load):
            return 1
        session = _load(answers, load, frame.body)
        del frame
        while session is not None:
            _answer_next(requests, answers, session, load.seconds)
    except (EOFError, BrokenPipeError):
        return 0
    except WireError:
        return 1
    return 0


def _load(answers: io.FileIO, load: wire.Load, body: bytes) -> Session | None:
    from desktop_app.detectors.card import decode_card  # noqa: PLC0415  # numpy and onnxruntime read the environment
    from desktop_app.detectors.session import Session  # noqa: PLC0415  # as above

    card, model = decode_card(body[: load.card_bytes]), body[load.card_bytes :]
    lock_in(REST_BYTES + COPIES * len(model), _NO_FILES)
    session: Session | None = None
    with alarm(load.seconds):
        try:
            session = Session(model, card)
            answer: wire.Answer = wire.Loaded()
        except DetectorError as error:
            answer = wire.Refused(error.message)
        except MemoryError:
            answer = wire.Refused(_MEMORY)
    write_frame(answers, wire.pack(answer))
    return session


def _answer_next(requests: io.FileIO, answers: io.FileIO, session: Session, seconds: float) -> None:
    frame = read_frame(requests)
    look = wire.question(frame)
    if not isinstance(look, wire.Look):
        raise WireError("a second model")
    with alarm(seconds):
        try:
            seen = msgspec.msgpack.encode(session.answers(wire.unpack_views(look, frame.body)))
            answer = wire.pack(wire.Seen(), seen)
        except DetectorError as error:
            answer = wire.pack(wire.Refused(error.message))
        except MemoryError:
            answer = wire.pack(wire.Refused(_MEMORY))
    write_frame(answers, answer)


if __name__ == "__main__":
    sys.exit(main())
