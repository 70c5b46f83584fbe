"""A whole desktop for tests: an X server that draws into memory, a window manager, the buses."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PIL import Image, ImageGrab

from tests.support.processes import end, wait_until

NEEDS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "xprop": "x11-utils",
    "xwininfo": "x11-utils",
    "dbus-daemon": "dbus",
}
"""Program → Debian package."""

A11Y_BUS = Path("/usr/libexec/at-spi-bus-launcher")
"""From Debian's at-spi2-core."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

WIDTH, HEIGHT = 1600, 1100
_START_SECONDS = 15.0
# Only what the tests use: Alt+F4 asks a window to close (WM_DELETE_WINDOW), new windows get the focus.
_OPENBOX = """\
<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <theme><name>Clearlooks</name></theme>
  <desktops><number>1</number></desktops>
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
</openbox_config>
"""


class Desktop:
    """A running X server with its window manager; made by :func:`desktop`."""

    def __init__(self, display: str, variables: dict[str, str]) -> None:
        self.display = display
        self.variables = variables

    def xdotool(self, *words: object) -> str:
        """Run xdotool and return what it says."""
        return _ask(["xdotool", *map(str, words)], self.variables)

    def windows(self) -> dict[int, int]:
        """The windows under the window manager: id → process id."""
        listed = _ask(["xprop", "-root", "_NET_CLIENT_LIST"], self.variables)
        ids = [int(word.strip(" ,"), 16) for word in listed.partition("#")[2].split(",") if word.strip()]
        return {window: self._pid_of(window) for window in ids}

    def box(self, window: int) -> Box:
        """Where a window's content lies on the screen; xdotool counts the frame twice."""
        told = _ask(["xwininfo", "-id", str(window)], self.variables)
        if "Width:" not in told:
            raise AssertionError("the window is gone")
        names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        left, top, width, height = (int(told.partition(f"{name}:")[2].split()[0]) for name in names)
        return left, top, left + width, top + height

    def picture(self, box: Box | None = None) -> Image.Image:
        """A screenshot of a part, or of all."""
        return ImageGrab.grab(bbox=box, xdisplay=self.display).convert("RGB")

    def _pid_of(self, window: int) -> int:
        told = _ask(["xprop", "-id", str(window), "_NET_WM_PID"], self.variables).partition("=")[2].strip()
        return int(told) if told.isdigit() else 0


def missing() -> list[str]:
    """Debian packages that a desktop needs and this machine lacks."""
    packages = [package for program, package in NEEDS.items() if shutil.which(program) is None]
    return sorted({*packages} | (set() if A11Y_BUS.exists() else {"at-spi2-core"}))


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Start a desktop whose logs and settings lie in ``folder``, and end it."""
    with ExitStack() as stack:
        log = stack.enter_context((folder / "desktop.log").open("wb"))
        display = stack.enter_context(_x_server(log.fileno()))
        variables = _variables(folder, display)
        address = stack.enter_context(_session_bus(variables, log.fileno()))
        variables["DBUS_SESSION_BUS_ADDRESS"] = address
        made = Desktop(display, variables)
        stack.enter_context(_daemon([str(A11Y_BUS), "--launch-immediately"], variables, log.fileno()))
        stack.enter_context(_window_manager(folder, variables, log.fileno()))
        yield made


def _variables(folder: Path, display: str) -> dict[str, str]:
    for name in ("home", "run"):
        (folder / name).mkdir(mode=0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_", "XDG_"))}
    return kept | {
        "DISPLAY": display,
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
    }


@contextmanager
def _x_server(log: int) -> Iterator[str]:
    reading, writing = os.pipe()
    # The server itself looks for a free display number and tells it.
    size = f"{WIDTH}x{HEIGHT}x24"
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[writing])
    try:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        end(process)


@contextmanager
def _session_bus(variables: dict[str, str], log: int) -> Iterator[str]:
    words = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    process = subprocess.Popen(words, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
    try:
        assert process.stdout is not None
        with process.stdout as told:
            yield told.readline().decode().strip()
    finally:
        end(process)


@contextmanager
def _window_manager(folder: Path, variables: dict[str, str], log: int) -> Iterator[None]:
    settings = folder / "openbox.xml"
    settings.write_text(_OPENBOX)
    with _daemon(["openbox", "--config-file", str(settings)], variables, log):
        ask = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        if not wait_until(lambda: "#" in _ask(ask, variables), _START_SECONDS):
            raise RuntimeError("openbox did not start")
        yield


@contextmanager
def _daemon(words: list[str], variables: dict[str, str], log: int) -> Iterator[None]:
    process = subprocess.Popen(words, env=variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield
    finally:
        end(process)


def _ask(words: list[str], variables: dict[str, str]) -> str:
    done = subprocess.run(words, env=variables, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout
