"""Offline means offline: the kernel itself is asked which sockets the program and its decoders open."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import MakePicture, lacking
from tests.e2e.waiting import settled
from tests.support import pictures, signing
from tests.support.processes import ROOT, TELLTALE, run
from tests.support.program import telltale
from tests.support.screen import LIME, MAGENTA
from tests.support.xserver import Desktop

_LIMIT = 90.0
# The only kind of link that is answered without a network; a web link is fetched, because somebody asked for it.
_DATA_LINK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
_FAMILY = re.compile(r"\b(?:socket|socketpair)\(([A-Z_0-9]+)")


class Traced:
    """The system calls of a program and all its children, by strace."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self.prefix = (
            *("strace", "-f", "--seccomp-bpf", "-qqq", "-s", "400", "-e", "signal=none"),
            *("-e", "trace=socket,socketpair,connect,execve,io_uring_setup", "-o", str(report)),
        )

    def families(self) -> set[str]:
        """Address families of all sockets."""
        return set(_FAMILY.findall(self._text()))

    def decoders(self) -> int:
        """How many decoders were started: proof that children were watched too."""
        return sum("desktop_app.evidence.worker" in line for line in self._text().splitlines())

    def rings(self) -> bool:
        """Whether anybody opened an io_uring, which could connect unseen."""
        return "io_uring_setup(" in self._text()

    def _text(self) -> str:
        return self._report.read_text(errors="replace")


@pytest.fixture
def traced(tmp_path: Path) -> Traced:
    lacking([] if shutil.which("strace") else ["strace"])
    return Traced(tmp_path / "strace.txt")


def _assert_offline(traced: Traced) -> None:
    assert traced.families() <= {"AF_UNIX"}
    assert traced.decoders() >= 1
    assert not traced.rings()


def test_the_watch_sees_a_socket_that_a_child_opens(traced: Traced) -> None:
    child = "import socket; socket.socket(socket.AF_INET).close(); socket.socket(socket.AF_INET6).close()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    assert run([*traced.prefix, sys.executable, "-c", parent], _LIMIT).status == 0
    assert traced.families() >= {"AF_INET", "AF_INET6"}


def test_a_scan_opens_no_network_socket(
    traced: Traced, painted: MakePicture, tmp_path: Path, own_home: Path
) -> None:
    paths = [painted("a.png", MAGENTA, (32, 32)), painted("b.png", LIME)]
    for name in ("JPEG", "WEBP", "AVIF", "HEIF", "TIFF"):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(pictures.FORMATS[name]())
    # A credential in the file, and one that lies on the web: the one is read, the other named and left there.
    remote = signing.sign(signing.action(source="digitalCapture"), remote="https://credentials.example/one.c2pa")
    for name, data in (("signed.jpg", signing.ai_made()), ("remote.jpg", remote)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    words = [*map(str, paths), _DATA_LINK, str(ROOT / "resources" / "samples")]
    done = run([*traced.prefix, *TELLTALE, "scan", *words], _LIMIT, TELLTALE_HOME=str(own_home))
    assert done.status == 1, done.stderr
    assert done.stdout.count("Outside this model's range") > len(paths)
    assert "made by an AI tool" in done.stdout
    assert "kept on the web" in done.stdout
    _assert_offline(traced)


def test_the_window_opens_no_network_socket(
    desktop: Desktop, traced: Traced, painted: MakePicture, own_home: Path
) -> None:
    paths: list[Path | str] = [painted("a.png", MAGENTA, (32, 32)), painted("b.png", LIME)]
    paths += [_DATA_LINK]
    with telltale(desktop, own_home, paths, prefix=traced.prefix) as program:
        settled(program, len(paths))
        program.close_by_window_manager()
    _assert_offline(traced)
