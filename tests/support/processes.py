"""Starting programs from tests, and looking at which of them are still alive (Linux: /proc)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TELLTALE = (sys.executable, "-m", "desktop_app")

# Without these root could read a file of mode 000, and no test could see what people see.
_WITHOUT_ROOTS_EYES = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that has ended."""

    status: int
    stdout: str
    stderr: str
    seconds: float


def run(command: Sequence[str], seconds: float, **variables: str) -> Finished:
    """Run ``command`` in the repository's root; it is killed, and the test fails, after ``seconds``."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    return Finished(
        done.returncode,
        done.stdout.decode("utf-8", "surrogateescape"),
        done.stderr.decode("utf-8", "surrogateescape"),
        time.monotonic() - started,
    )


def as_people_do() -> tuple[str, ...]:
    """The start of a command line that makes file permissions count, also for root."""
    return _WITHOUT_ROOTS_EYES if os.geteuid() == 0 else ()


def started_with(mark: str) -> set[int]:
    """Process ids of everything alive whose environment holds ``mark``: a program and all that it started."""
    return {pid for pid in _pids() if mark.encode() in _read(pid, "environ") and not _is_zombie(pid)}


def decoders(mark: str) -> set[int]:
    """Those of :func:`started_with` that are decoding processes."""
    workers = (b"desktop_app.imaging.worker", b"desktop_app.evidence.worker")
    return {pid for pid in started_with(mark) if any(worker in _read(pid, "cmdline") for worker in workers)}


def confined_models(mark: str) -> set[int]:
    """Those of :func:`started_with` that run a model apart."""
    return {pid for pid in started_with(mark) if b"desktop_app.detectors.confined.worker" in _read(pid, "cmdline")}


def resident_bytes(pid: int) -> int:
    """Physical memory of a process."""
    return int((Path("/proc") / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def wait_until(condition: Callable[[], object], seconds: float, step: float = 0.05) -> bool:
    """Look at ``condition`` again and again; False when ``seconds`` pass first."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(step)
    return True


def end(process: subprocess.Popen[bytes], grace: float = 3.0) -> int:
    """Terminate ``process``, kill it when it doesn't listen, and return its status."""
    if process.poll() is None:
        process.terminate()
        try:
            return process.wait(grace)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _is_zombie(pid: int) -> bool:
    return b") Z " in _read(pid, "stat")


def _read(pid: int, name: str) -> bytes:
    try:
        return (Path("/proc") / str(pid) / name).read_bytes()
    except OSError:
        return b""
