"""``telltale``: no command opens the window; a command is the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_COMMANDS = frozenset({"scan", "key", "-h", "--help", "--version"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Telltale; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["--decode-worker"]:  # a frozen build starts its decoder this way
        from desktop_app.evidence.worker import main as decode  # noqa: PLC0415  # a decoder loads nothing else

        return decode()
    if words[:1] == ["--model-worker"]:  # and people's own models this way
        from desktop_app.detectors.confined.worker import main as serve  # noqa: PLC0415  # as above

        return serve()
    from desktop_app.system.logs import start_logging  # noqa: PLC0415  # the decoder keeps no log

    start_logging()
    if words[:1] and words[0] in _COMMANDS:
        from desktop_app.cli import main as command_line  # noqa: PLC0415  # not for the window

        return command_line(words)
    unknown = next((word for word in words if word.startswith("--")), None)
    if unknown is not None:  # never a picture of that name; ./--name is one
        from desktop_app.core.text import plain  # noqa: PLC0415  # for this sentence alone

        complaint = f"telltale: there is no option {plain(unknown, 80)}; see telltale --help"
        print(complaint, file=sys.stderr)  # noqa: T201  # the command line speaks
        return 2
    return _window(words)


def _window(paths: list[str]) -> int:
    from desktop_app.ui.display import why_no_window  # noqa: PLC0415  # the command line needs no display

    reason = why_no_window()
    if reason is None:
        from desktop_app.ui.app import run  # noqa: PLC0415  # Qt, only where there is a display

        return run(paths)
    return _without_window(reason, paths)


def _without_window(reason: str, paths: list[str]) -> int:
    from desktop_app.cli.scan import USAGE, scan  # noqa: PLC0415  # only where there is no window

    end = "the results follow as a table." if paths else "name pictures or folders to get a table."
    print(f"telltale: {reason}; {end}", file=sys.stderr)  # noqa: T201  # the command line speaks
    return scan(paths) if paths else USAGE


if __name__ == "__main__":
    sys.exit(main())
