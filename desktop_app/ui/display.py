"""Whether a window can be opened here. Qt itself would abort the process instead of saying so."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import socket
import sys
from pathlib import Path

_DISPLAY = re.compile(r"^(?P<host>[^/:]*|\[[^]]*\]):(?P<number>\d{1,4})(?:\.\d+)?$")
_X_PORTS = 6000
_INSTALL = (
    "on Debian and Ubuntu: apt install libgl1 libegl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-shape0"
)
_CONNECT_SECONDS = 2.0


def why_no_window() -> str | None:
    """Return why no window can be opened, as the start of a sentence; None when one can."""
    if not sys.platform.startswith("linux"):
        return None
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    if platform in {"", "xcb", "wayland"} and not wayland and not _x_server_answers():
        return "there is no display to open a window on"
    return _missing_library("" if wayland else platform or "xcb")


def _x_server_answers() -> bool:
    display = _DISPLAY.match(os.environ.get("DISPLAY", ""))
    if display is None:
        return False
    host, number = display["host"].strip("[]"), int(display["number"])
    if host not in {"", "unix"}:
        return _answers_far(host, _X_PORTS + number)
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # X servers' own place on every machine
    return any(_answers(address) for address in (path, "\0" + path))


def _answers_far(host: str, port: int) -> bool:
    """Whether another computer's display is there; the name of an ssh session that is gone may be left behind."""
    try:
        socket.create_connection((host, port), _CONNECT_SECONDS).close()
    except (OSError, UnicodeError):
        return False
    return True


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_CONNECT_SECONDS)
        try:
            probe.connect(address)
        except OSError:
            return False
        return True


def _missing_library(platform: str) -> str | None:
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return "PySide6 is not installed"
    folder = Path(next(iter(found.submodule_search_locations)))
    try:
        from PySide6 import QtWidgets  # noqa: F401, PLC0415  # only to see whether its libraries are there
    except ImportError as error:
        return f"a library for windows is missing ({_library(error)}; {_INSTALL})"
    plugin = folder / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if platform == "xcb" and plugin.is_file():
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            return f"a library for windows is missing ({_library(error)}; {_INSTALL})"
    return None


def _library(error: Exception) -> str:
    return str(error).partition(":")[0]
