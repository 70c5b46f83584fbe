"""A real keyring for a child process: gnome-keyring under a D-Bus session of its own, in a home of its own.

Nothing of the user's is touched: bus, home and runtime folder are new and end with the child.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.support.processes import ROOT, end, started_with

Keyring = Literal["unlocked", "locked", "asking", "absent"]
"""``asking``: locked, and with a program that asks for the password on a display."""

AVAILABLE = shutil.which("gnome-keyring-daemon") is not None and shutil.which("dbus-run-session") is not None
_PASSWORD = "a password for tests"  # noqa: S105  # opens a keyring that ends with the test
_WRONG = "another password"
# "$1" is the password; the daemon reads it from its standard input and goes to the background.
_WITH_DAEMON = 'printf %s "$1" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; shift; exec "$@"'
# Without service folders a bus can start nothing; Debian's own starts gnome-keyring for the first who asks.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>{}
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>
"""


@dataclass(frozen=True, slots=True)
class KeyringSession:
    """A home in which sessions can be started one after the other; the keyring's file stays between them."""

    home: Path

    def run(
        self, program: str, keyring: Keyring = "unlocked", stdin: str = "", seconds: float = 30, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the Python ``program`` inside a session; ``stdin`` is the way to hand it a secret."""
        command = [sys.executable, "-X", "dev", "-c", program]
        if keyring != "absent":
            password = _PASSWORD if keyring == "unlocked" else _WRONG
            command = ["sh", "-c", _WITH_DAEMON, "sh", password, *command]
        bus = self.home / "bus.conf"
        bus.write_text(_BUS.format("<standard_session_servicedirs/>" if keyring == "asking" else ""))
        return subprocess.run(
            ["dbus-run-session", f"--config-file={bus}", "--", *command],
            cwd=ROOT,
            env=self._environment() | variables,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "PYTHON"))
        }
        kept.pop("DISPLAY", None)
        kept.pop("WAYLAND_DISPLAY", None)
        runtime = self.home / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        return kept | {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(runtime)}


@contextmanager
def keyring_session() -> Iterator[KeyringSession]:
    """Make a home for sessions; its path is short, for a socket's may have 107 characters."""
    with tempfile.TemporaryDirectory(prefix="tt-keyring-", dir="/tmp") as folder:
        yield KeyringSession(Path(folder))
        for pid in started_with(folder):  # the daemon ends with its bus; this is for one that did not
            os.kill(pid, signal.SIGKILL)


@contextmanager
def x_server() -> Iterator[str]:
    """Start a display for programs that ask for passwords; yields its name."""
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"]
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[writing]
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        end(process)
