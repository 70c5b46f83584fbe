"""The real program in a process of its own, on a test's desktop, handled as a person would handle it."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from tests.support.accessibility import Node, accessibility_bus
from tests.support.processes import ROOT, TELLTALE, decoders, end, started_with, wait_until
from tests.support.xserver import Box, Desktop

_SHOWN_SECONDS = 20.0
_STEPS = 20
_CELLS = frozenset({"cell", "table cell"})


class Program:
    """A started Telltale; made by :func:`telltale`."""

    def __init__(self, desktop: Desktop, process: subprocess.Popen[bytes], home: Path) -> None:
        self.desktop = desktop
        self.process = process
        self.home = home
        self.window = 0

    def wait_shown(self) -> None:
        """Wait until the window manager has the window, and bring it to the front."""
        if not wait_until(self._find_window, _SHOWN_SECONDS):
            raise AssertionError(f"no window within {_SHOWN_SECONDS:.0f} s; stderr: {self.stderr()}")
        self.desktop.xdotool("windowactivate", "--sync", self.window)

    def place(self, left: int, top: int, width: int, height: int) -> None:
        """Move and resize the window."""
        self.desktop.xdotool("windowsize", "--sync", self.window, width, height)
        self.desktop.xdotool("windowmove", "--sync", self.window, left, top)

    def box(self) -> Box:
        """Where the window's content lies on the screen."""
        return self.desktop.box(self.window)

    def picture(self) -> Image.Image:
        """A screenshot of the window."""
        return self.desktop.picture(self.box())

    def announced(self) -> list[Node]:
        """What a screen reader is told."""
        with accessibility_bus(self.desktop.variables["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            return [node for name in bus.programs() if "telltale" in name.casefold() for node in bus.nodes(name)]

    def cards(self) -> list[str]:
        """What a screen reader is told about each card, once."""
        cells = [node.name for node in self.announced() if node.role in _CELLS and node.name]
        return list(dict.fromkeys(cells))

    def close_by_window_manager(self) -> float:
        """Press Alt+F4 and wait for the end; returns the seconds that it took."""
        self.desktop.xdotool("windowactivate", "--sync", self.window)
        asked = time.monotonic()
        self.desktop.xdotool("key", "--clearmodifiers", "alt+F4")
        self.process.wait(10)
        return time.monotonic() - asked

    def stderr(self) -> str:
        """What it has said on stderr so far."""
        return _text(self.home / "stderr.txt")

    def log(self) -> str:
        """Its log file."""
        return _text(self.home / "logs" / "telltale.log")

    def decoders(self) -> set[int]:
        """Process ids of its decoders."""
        return decoders(str(self.home))

    def alive(self) -> set[int]:
        """Process ids of it and everything that it started."""
        return started_with(str(self.home))

    def _find_window(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}; stderr: {self.stderr()}")
        mine = self.alive()
        self.window = next((window for window, pid in self.desktop.windows().items() if pid in mine), 0)
        return self.window != 0


@contextmanager
def telltale(
    desktop: Desktop,
    home: Path,
    arguments: Sequence[Path | str] = (),
    *,
    prefix: Sequence[str] = (),
    **settings: object,
) -> Iterator[Program]:
    """Start the program; ``settings`` go to its settings file, ``prefix`` before its command line."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    if settings:
        (home / "config" / "settings.json").write_text(json.dumps(settings))
    variables = desktop.variables | {"TELLTALE_HOME": str(home)}
    words = [*prefix, *TELLTALE, *map(str, arguments)]
    with (home / "stdout.txt").open("wb") as out, (home / "stderr.txt").open("wb") as err:
        process = subprocess.Popen(
            words, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
    program = Program(desktop, process, home)
    try:
        program.wait_shown()
        yield program
    finally:
        end(process)


class DragSource:
    """The other program, from which things are dragged."""

    def __init__(self, desktop: Desktop, process: subprocess.Popen[str], left: int, top: int) -> None:
        self._desktop = desktop
        self._process = process
        self._from = (left + 80, top + 80)

    def drag_to(self, x: int, y: int, **offer: object) -> str:
        """Drag an offer (``urls`` or ``text``) to a point; returns the action that the target chose."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(offer) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "ready\n"
        self._desktop.xdotool(*self._way(x, y))
        return self._process.stdout.readline().removeprefix("dropped").strip()

    def _way(self, x: int, y: int) -> list[object]:
        left, top = self._from
        words: list[object] = ["mousemove", left, top, "sleep", 0.1, "mousedown", 1]
        for step in range(1, _STEPS + 1):
            share = step / _STEPS
            words += ["mousemove", round(left + (x - left) * share), round(top + (y - top) * share), "sleep", 0.02]
        return [*words, "sleep", 0.2, "mouseup", 1]


@contextmanager
def drag_source(desktop: Desktop, left: int = 10, top: int = 10) -> Iterator[DragSource]:
    """Start the drag source with its window's corner at a point of the screen."""
    words = [TELLTALE[0], "-m", "tests.support.drag_source", str(left), str(top)]
    process = subprocess.Popen(
        words, cwd=ROOT, env=desktop.variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        if not wait_until(lambda: process.pid in desktop.windows().values(), _SHOWN_SECONDS):
            raise AssertionError("the drag source shows no window")
        yield DragSource(desktop, process, left, top)
    finally:
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.terminate()
        process.wait(10)


def _text(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""
