"""A model that somebody brought runs in a process of its own: whatever it does, it costs itself alone."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, InferenceError, ModelBrokenError
from desktop_app.core.picture import Raster
from desktop_app.detectors.card import ModelCard
from desktop_app.detectors.confined import wire
from desktop_app.detectors.confined.session import ConfinedSession
from desktop_app.detectors.session import Session
from desktop_app.imaging.process import worker_command
from desktop_app.imaging.wire import Frame, write_frame
from tests.support import onnx_files as onnx
from tests.support.processes import TELLTALE, run, wait_until

RASTER = Raster(8, 8, bytes([200, 100, 50]) * 64)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")

Open = Callable[..., ConfinedSession]


@pytest.fixture
def confined() -> Iterator[Open]:
    opened: list[ConfinedSession] = []

    def make(
        content: bytes, seconds: float = 60.0, closing: CancelToken | None = None, **fields: Any
    ) -> ConfinedSession:
        card = msgspec.convert(onnx.card_for(content, **fields), ModelCard)
        opened.append(ConfinedSession(content, card, closing, seconds))
        return opened[-1]

    yield make
    for session in opened:
        session.close()


def waited_for(session: ConfinedSession) -> int:
    """The id of the process that is about to be started."""
    assert wait_until(lambda: session.worker_pid is not None, 10, step=0.01)
    assert session.worker_pid is not None
    return session.worker_pid


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def hungry() -> bytes:
    """Asks for 16 GiB with every picture."""
    red = [onnx.int64("from", 0), onnx.int64("to", 1), onnx.int64("axis", 1)]
    return onnx.of_means(
        onnx.node("Slice", ["means", "from", "to", "axis"], ["red"]),
        onnx.node("Expand", ["red", "size"], ["large"]),
        onnx.node("ReduceMean", ["large"], ["y"], axes=[0, 1], keepdims=0),
        constants=[*red, onnx.int64("size", 16, 2**28)],
    )


# ---------------------------------------------------------------- what hostile models cost


def test_an_endless_model_is_stopped(confined: Open) -> None:
    session = confined(onnx.endless(), seconds=3)
    with pytest.raises(InferenceError, match="took longer than 3 seconds") as caught:
        session.answers([RASTER])
    assert "not one of Telltale's" in caught.value.hint
    assert session.worker_pid is None


@LINUX
def test_a_model_that_eats_memory_fails_in_words(confined: Open) -> None:
    session = confined(hungry())
    with pytest.raises(InferenceError, match="failed on this picture"):
        session.answers([RASTER])


def test_a_model_whose_process_dies_costs_this_picture_alone(confined: Open) -> None:
    session = confined(onnx.endless())
    killer = threading.Thread(target=lambda: kill(waited_for(session)))
    killer.start()
    with pytest.raises(InferenceError, match="crashed"):
        session.answers([RASTER])
    killer.join()


def test_a_model_that_dies_again_and_again_is_not_asked_any_more(confined: Open) -> None:
    session = confined(onnx.endless(), seconds=1)
    for _ in range(3):
        with pytest.raises(InferenceError):
            session.answers([RASTER])
    with pytest.raises(ModelBrokenError, match="took longer than"):
        session.answers([RASTER])
    assert session.worker_pid is None


def test_what_is_no_model_is_loaded_once_and_then_refused_at_once(confined: Open) -> None:
    session = confined(b"this is no onnx file")
    for _ in range(2):
        with pytest.raises(ModelBrokenError, match="can't be loaded"):
            session.answers([RASTER])
        assert session.worker_pid is None


@LINUX
def test_weights_in_another_file_are_not_read_even_beside_the_program(
    confined: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "weights.bin").write_bytes(bytes(12))
    content = onnx.of_means(
        onnx.node("Add", ["means", "w"], ["y"]), constants=[onnx.external("w", [1, 3], "weights.bin")]
    )
    with pytest.raises(ModelBrokenError, match="can't be loaded"):
        confined(content).answers([RASTER])


def test_numbers_that_mean_nothing_are_refused_and_the_process_stays(confined: Open) -> None:
    session = confined(onnx.of_means(onnx.node("Identity", ["means"], ["y"])))
    for _ in range(2):
        with pytest.raises(InferenceError, match="another number of answers"):
            session.answers([RASTER])
    assert session.worker_pid is not None


# ---------------------------------------------------------------- stopping


@pytest.mark.parametrize("which", ["cancel", "closing"])
def test_a_running_model_is_broken_off(confined: Open, which: str) -> None:
    tokens = {"cancel": CancelToken(), "closing": CancelToken()}
    session = confined(onnx.endless(), closing=tokens["closing"])
    threading.Timer(1.5, tokens[which].cancel).start()
    with pytest.raises(Cancelled):
        session.answers([RASTER], tokens["cancel"])
    assert session.worker_pid is None


@LINUX
def test_a_closed_model_leaves_no_process(confined: Open) -> None:
    session = confined(onnx.red_logit())
    session.answers([RASTER])
    pid = session.worker_pid
    session.close()
    assert wait_until(lambda: not (Path("/proc") / str(pid)).exists(), 5)


# ---------------------------------------------------------------- honest models


def test_a_confined_model_gives_the_very_numbers_of_an_unconfined_one(confined: Open) -> None:
    content = onnx.of_means(
        onnx.node("ReduceMean", ["xf"], ["heat"], axes=[1], keepdims=0),
        onnx.node("Softmax", ["means"], ["y"], axis=1),
        outputs=["y", "heat"],
    )
    fields: dict[str, Any] = {
        "output": {"name": "y", "kind": "softmax", "map": "heat"},
        "sources": [{"name": str(number), "ai": number > 1, "index": number} for number in range(3)],
    }
    plain = Session(content, msgspec.convert(onnx.card_for(content, **fields), ModelCard))
    session = confined(content, **fields)
    views = [RASTER, Raster(8, 8, bytes(range(192)))]
    assert session.answers(views) == plain.answers(views)


def test_the_process_is_kept_and_replaced_when_it_died_while_idle(confined: Open) -> None:
    session = confined(onnx.red_logit())
    first = session.answers([RASTER])
    pid = session.worker_pid
    assert session.answers([RASTER]) == first
    assert session.worker_pid == pid
    kill(waited_for(session))
    assert wait_until(lambda: session._worker is not None and not session._worker.alive, 5)
    assert session.answers([RASTER]) == first
    assert session.worker_pid != pid


# ---------------------------------------------------------------- inside the process


def worker(*frames: Frame) -> int:
    """The exit status of a process that is told these things and then nothing more."""
    told = io.BytesIO()
    for frame in frames:
        write_frame(told, frame)
    command = worker_command("desktop_app.detectors.confined.worker", "--model-worker")
    return subprocess.run(
        command, input=told.getvalue(), stdout=subprocess.DEVNULL, timeout=60, check=False
    ).returncode


def test_a_process_ends_when_nobody_wants_it_any_more() -> None:
    assert worker() == 0
    assert worker(wire.pack(wire.Load(2, 60), b"{}")) == 1


def test_a_process_that_is_asked_before_it_has_a_model_ends() -> None:
    assert worker(wire.pack_views([RASTER])) == 1
    assert worker(Frame(b"\xff")) == 1


def test_a_process_that_gets_a_second_model_ends() -> None:
    content = onnx.red_logit()
    card = json.dumps(onnx.card_for(content)).encode()
    load = wire.pack(wire.Load(len(card), 60), card + content)
    assert worker(load) == 0
    assert worker(load, load) == 1


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = worker_command("desktop_app.detectors.confined.worker", "--model-worker")
    assert command == [sys.executable, "--model-worker"]
    assert run([*TELLTALE, "--model-worker"], 60).status == 0
