"""The decoding process: a bad picture costs itself alone, and nothing is left behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    Cancelled,
    DamagedPictureError,
    DecoderCrashedError,
    DecoderMemoryError,
    DecoderTimeoutError,
    NotAPictureError,
    PictureError,
    TooManyPixelsError,
)
from desktop_app.core.picture import ViewRule
from desktop_app.imaging import wire
from desktop_app.imaging.changes import Change
from desktop_app.imaging.decode import decode
from desktop_app.imaging.decoder import DecodeLimits, Decoder
from desktop_app.imaging.process import worker_command
from desktop_app.imaging.variants import make_variants
from tests.support import pictures
from tests.support.hostile_decoder import hostile

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = [sys.executable, "-m", "tests.support.hostile_decoder"]
VIEW = ViewRule(32, 32)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX process limits")

GOOD = pictures.png(64, 48)


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    with Decoder() as started:
        yield started


@pytest.fixture
def attacked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Decoder]:
    """A decoder whose worker knows a hostile format, with little memory and one second a picture."""
    monkeypatch.chdir(ROOT)
    with Decoder(DecodeLimits(max_pixels=100_000, seconds=1.0), HOSTILE) as started:
        started.warm_up()
        yield started


def lives(pid: int | None) -> bool:
    assert pid is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# ---------------------------------------------------------------- what hostile pictures cost


@POSIX
@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        ("abort", DecoderCrashedError),
        ("exit", DecoderCrashedError),
        ("interrupt", DecoderCrashedError),
        ("garbage", DecoderCrashedError),
        ("endless", DecoderCrashedError),
        ("forged", DecoderCrashedError),
        ("sleep", DecoderTimeoutError),
        ("spin", DecoderTimeoutError),
        ("memory", DecoderMemoryError),
    ],
)
def test_a_hostile_picture_costs_itself_alone(attacked: Decoder, deed: str, kind: type[PictureError]) -> None:
    before = attacked.decode(GOOD)
    pid = attacked.worker_pid
    start = time.monotonic()
    with pytest.raises(PictureError) as caught:
        attacked.decode(hostile(deed))
    assert type(caught.value) is kind
    assert caught.value.message == kind.default_message
    assert time.monotonic() - start < 5
    assert not lives(pid)
    assert attacked.decode(GOOD) == before


@POSIX
@pytest.mark.parametrize(
    ("deed", "kind"),
    [("abort", DecoderCrashedError), ("sleep", DecoderTimeoutError), ("memory", DecoderMemoryError)],
)
def test_a_hostile_picture_that_is_to_be_changed_costs_itself_alone(
    attacked: Decoder, deed: str, kind: type[PictureError]
) -> None:
    pid = attacked.worker_pid
    with pytest.raises(kind):
        attacked.vary(hostile(deed), views=[VIEW])
    assert not lives(pid)
    assert len(attacked.vary(GOOD, views=[VIEW])) == len(Change)


def test_a_codec_that_prints_disturbs_nothing(attacked: Decoder) -> None:
    attacked.decode(GOOD)
    pid = attacked.worker_pid
    with pytest.raises(DamagedPictureError):
        attacked.decode(hostile("chatter"))
    attacked.decode(GOOD)
    assert attacked.worker_pid == pid


def test_a_worker_that_dies_while_idle_costs_nothing(decoder: Decoder) -> None:
    decoder.warm_up()
    pid = decoder.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 5
    while decoder._worker is not None and decoder._worker.alive and time.monotonic() < deadline:
        time.sleep(0.01)
    assert decoder.decode(GOOD).facts.format == "PNG"
    assert decoder.worker_pid != pid


def test_a_worker_that_never_reads_can_be_given_a_large_picture() -> None:
    says_ready_then_sleeps = (
        "import sys, time; sys.path.append(sys.argv[1])\n"
        "from desktop_app.imaging import wire\n"
        "wire.read_frame(open(0, 'rb', 0, closefd=False))\n"
        "wire.write_frame(open(1, 'wb', 0, closefd=False), wire.pack(wire.Ready()))\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", says_ready_then_sleeps, str(ROOT)]
    with Decoder(DecodeLimits(seconds=0.5), command) as stuck, pytest.raises(DecoderTimeoutError):
        stuck.decode(bytes(20_000_000))


@pytest.mark.parametrize("answer", [b"\xc1 no msgpack", b"", b"\x81\xa4type\xa5Ready"])
def test_a_worker_that_talks_nonsense_costs_one_picture_and_is_replaced(answer: bytes) -> None:
    says_ready_then_nonsense = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from desktop_app.imaging import wire\n"
        "requests, answers = sys.stdin.buffer.raw, sys.stdout.buffer.raw\n"
        "wire.read_frame(requests)\n"
        "wire.write_frame(answers, wire.pack(wire.Ready()))\n"
        "wire.read_frame(requests)\n"
        f"wire.write_frame(answers, wire.Frame({answer!r}))\n"
        "sys.stdin.read()\n"
    )
    with Decoder(command=[sys.executable, "-c", says_ready_then_nonsense, str(ROOT)]) as mad:
        with pytest.raises(DecoderCrashedError):
            mad.decode(b"anything")
        assert mad.worker_pid is None


@pytest.mark.parametrize(
    "command",
    [
        ["/no/such/program"],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "import sys; sys.stdin.read(1); print('hello' * 99)"],
    ],
)
def test_a_worker_that_cant_start_is_one_plain_error(command: list[str]) -> None:
    with Decoder(command=command) as broken, pytest.raises(DecoderCrashedError, match="could not be started"):
        broken.decode(GOOD)


# ---------------------------------------------------------------- errors and cancel


def test_errors_arrive_with_their_sentences(decoder: Decoder) -> None:
    with pytest.raises(NotAPictureError, match="This is a text file, not a picture"):
        decoder.decode(b"hello")
    with pytest.raises(NotAPictureError, match="empty"):
        decoder.decode(b"")
    pid = decoder.worker_pid
    with pytest.raises(DamagedPictureError):
        decoder.decode(pictures.truncated_at(pictures.jpeg(), 0.5))
    with pytest.raises(TooManyPixelsError, match=r"900 megapixels; the limit is 100\."):
        decoder.decode(pictures.pixel_bomb(30_000))
    assert decoder.worker_pid == pid


def test_cancelled_work_is_not_begun(decoder: Decoder) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        decoder.decode(GOOD, cancel=cancel)
    assert decoder.worker_pid is None


def test_cancelling_a_long_decode_ends_it(attacked: Decoder) -> None:
    cancel = CancelToken()
    timer = threading.Timer(0.1, cancel.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        attacked.decode(hostile("sleep"), cancel=cancel)
    timer.join()
    assert attacked.worker_pid is None
    assert attacked.decode(GOOD, cancel=CancelToken()).facts.format == "PNG"


def test_cancelling_changes_that_take_long_ends_them(attacked: Decoder) -> None:
    cancel = CancelToken()
    timer = threading.Timer(0.1, cancel.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        attacked.vary(hostile("sleep"), views=[VIEW], cancel=cancel)
    timer.join()
    assert attacked.worker_pid is None


def test_a_short_decode_may_finish_after_its_cancel(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    decoder.warm_up()
    pid = decoder.worker_pid
    cancel = CancelToken()
    worker = decoder._worker
    assert worker is not None
    send = worker.send

    def send_and_cancel(frame: wire.Frame, longest_body: int) -> None:
        send(frame, longest_body)
        cancel.cancel()

    monkeypatch.setattr("desktop_app.imaging.decoder._CANCEL_GRACE_SECONDS", 5.0)
    with monkeypatch.context() as patch:
        patch.setattr(worker, "send", send_and_cancel)
        with pytest.raises(Cancelled):
            decoder.decode(GOOD, cancel=cancel)
    assert decoder.worker_pid == pid
    assert decoder.decode(pictures.jpeg(50, 40)).facts.width == 50


# ---------------------------------------------------------------- the ordinary day


def test_the_process_gives_what_decoding_in_place_gives(decoder: Decoder) -> None:
    for name, make in pictures.FORMATS.items():
        data = make()
        assert decoder.decode(data, views=[VIEW]) == decode(data, views=[VIEW]), name


def test_the_process_makes_the_variants_that_are_made_in_place(decoder: Decoder) -> None:
    data = pictures.jpeg(700, 500)
    assert decoder.vary(data, views=[VIEW, ViewRule(8, 4)]) == make_variants(data, [VIEW, ViewRule(8, 4)])


def test_scale_and_size_reach_the_worker(decoder: Decoder) -> None:
    data = pictures.jpeg(2048, 1024)
    small = decoder.decode(data, views=[VIEW], thumbnail_side=None)
    large = decoder.decode(data, views=[VIEW], thumbnail_side=1600)
    whole = decoder.decode(data, views=[VIEW], scaled=False)
    assert small.thumbnail is None
    assert large.thumbnail is not None
    assert large.thumbnail.width == 1600
    assert small.views == large.views != whole.views


def test_one_process_serves_many_pictures(decoder: Decoder) -> None:
    decoder.warm_up()
    pid = decoder.worker_pid
    for _ in range(20):
        decoder.decode(GOOD)
    assert decoder.worker_pid == pid


def test_closing_leaves_no_process_and_no_thread() -> None:
    threads = threading.active_count()
    decoder = Decoder()
    decoder.decode(GOOD)
    pid = decoder.worker_pid
    assert threading.active_count() == threads + 1
    decoder.close()
    decoder.close()
    assert not lives(pid)
    assert threading.active_count() == threads
    decoder.decode(GOOD)
    decoder.close()


def test_nothing_starts_before_the_first_picture() -> None:
    with Decoder() as idle:
        assert idle.worker_pid is None


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--decode-worker"]


# ---------------------------------------------------------------- inside the worker


def test_the_worker_ends_when_nobody_talks_to_it() -> None:
    command = [sys.executable, "-I", "-m", "desktop_app.imaging.worker"]
    assert subprocess.run(command, stdin=subprocess.DEVNULL, timeout=20, check=False).returncode == 0


def test_the_worker_refuses_a_conversation_it_does_not_understand() -> None:
    for opening in (wire.pack(wire.Request(1)), wire.Frame(b"junk")):
        stream = io.BytesIO()
        wire.write_frame(stream, opening)
        run = subprocess.run(worker_command(), input=stream.getvalue(), stdout=-1, timeout=20, check=False)
        assert run.returncode == 1
        assert run.stdout == b""


@pytest.mark.parametrize(
    ("module", "strangers"),
    [("worker", {"numpy", "socket", "PySide6", "pi_heif"}), ("decoder", {"numpy", "PySide6", "PIL"})],
)
def test_each_side_loads_only_what_it_needs(module: str, strangers: set[str]) -> None:
    script = f"import sys, desktop_app.imaging.{module}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, timeout=20, check=True)
    assert strangers.isdisjoint(run.stdout.decode().split())


@POSIX
def test_the_worker_is_confined(decoder: Decoder) -> None:
    import resource

    decoder.warm_up()
    pid = decoder.worker_pid
    assert pid is not None
    if sys.platform == "linux":
        expected = {
            resource.RLIMIT_AS: 512 * 1024**2 + 14 * 100_000_000,
            resource.RLIMIT_NOFILE: 16,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_NPROC: 0,
        }
        assert {limit: resource.prlimit(pid, limit)[0] for limit in expected} == expected
        assert os.getpriority(os.PRIO_PROCESS, pid) == min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_secrets_are_not_handed_to_the_worker(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NVIDIA_API_KEY", "nvapi-secret")
    decoder.warm_up()
    assert b"nvapi-secret" not in Path(f"/proc/{decoder.worker_pid}/environ").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_worker_opens_no_socket(decoder: Decoder) -> None:
    decoder.decode(GOOD)
    targets = [str(entry.readlink()) for entry in Path(f"/proc/{decoder.worker_pid}/fd").iterdir()]
    assert not [target for target in targets if target.startswith("socket")]


@POSIX
def test_every_format_is_read_by_an_ordinary_user_who_may_start_no_thread() -> None:
    """RLIMIT_NPROC does not bind root, so the worker becomes nobody here if the tests run as root."""
    as_nobody = (
        "import os, resource, sys; sys.path.append(sys.argv[1])\n"  # nobody may not look into root's home
        "import pi_heif, PIL.Image; PIL.Image.init()\n"
        "from desktop_app.imaging.worker import main\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "sys.exit(main())"
    )
    with Decoder(command=[sys.executable, "-c", as_nobody, str(ROOT)]) as ordinary:
        for name, make in pictures.FORMATS.items():
            assert ordinary.decode(make()).facts.format == name


@POSIX
def test_a_stuck_worker_ends_by_itself_when_the_program_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent kills itself; the worker's own alarm must find it."""
    script = (
        "import os, sys, threading, time\n"
        "from desktop_app.imaging.decoder import DecodeLimits, Decoder\n"
        "from tests.support.hostile_decoder import hostile\n"
        "decoder = Decoder(DecodeLimits(100_000, 0.2), [sys.executable, '-c', 'import desktop_app.imaging.confine"
        " as c; c._GRACE_SECONDS = 0.5; from tests.support.hostile_decoder import main; main()'])\n"
        "decoder.warm_up()\n"
        "print(decoder.worker_pid, flush=True)\n"
        "threading.Timer(0.1, os._exit, [0]).start()\n"
        "decoder.decode(hostile('sleep'))\n"
    )
    monkeypatch.chdir(ROOT)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=30, check=True)
    pid = int(run.stdout)
    deadline = time.monotonic() + 5
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lives(pid)
