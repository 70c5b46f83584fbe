"""The command line, without Qt: ``telltale scan`` and ``telltale key``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from desktop_app import __version__
from desktop_app.cli.key import key
from desktop_app.cli.options import NIM_URL_VARIABLE, ScanOptions
from desktop_app.cli.scan import scan
from desktop_app.core.estimates import Mode
from desktop_app.core.text import plain

_MOST_JOBS = 64
_EPILOG = """\
Without a command, telltale opens its window with the pictures given.
A folder that is called "scan": telltale ./scan
"""


def main(arguments: Sequence[str]) -> int:
    """Run a command; returns the exit status (0 all done, 1 some failed, 2 usage, 130 interrupted)."""
    options = _parser().parse_args(arguments)
    if options.command == "key":
        return key(options.action)
    return scan(
        options.paths,
        ScanOptions(
            mode=Mode(options.mode),
            format_name=options.format,
            jobs=options.jobs,
            nim_url=options.nim_url,
            accept_upload=options.accept_upload,
            model=options.model,
            stability=options.stability,
            prompts=options.prompts,
        ),
    )


class _Parser(argparse.ArgumentParser):
    # It repeats what it was given, which may be a file's name: `telltale scan *`.
    def error(self, message: str) -> NoReturn:
        super().error(plain(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        allow_abbrev=False,
        prog="telltale",
        description="Says what a picture gives away about its origin.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"telltale {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_scan(
        commands.add_parser(
            "scan", allow_abbrev=False, help="check pictures, folders and links, print one result each"
        )
    )
    keys = commands.add_parser("key", help="keep, show or remove the NVIDIA key for cloud mode")
    keys.add_argument("action", choices=("set", "status", "remove"), help="set reads it from a prompt or stdin")
    return parser


def _add_scan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a picture, a folder, a link, or - for a list on stdin"
    )
    parser.add_argument(
        "--mode",
        choices=[mode.value for mode in Mode],
        default=Mode.OFFLINE.value,
        help="where the estimate is made (default: %(default)s)",
    )
    parser.add_argument(
        "--format",
        choices=("table", "jsonl", "csv"),
        default="table",
        help="how results are printed (default: %(default)s)",
    )
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=0,
        metavar="N",
        help="pictures decoded at once (default: as in Settings, or one a processor)",
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="NAME|PATH",
        help="the offline model that answers: auto (Telltale's own, by the picture's size), auto-experimental, "
        "cifake, field, another name, or a card or .onnx file (default: as in Settings)",
    )
    parser.add_argument(
        "--stability",
        action="store_true",
        help="try eight harmless changes on every picture, offline; an answer that flips reads Can't tell",
    )
    parser.add_argument(
        "--prompts",
        action="store_true",
        help="add the prompts and settings that generators left in the files to JSON Lines",
    )
    parser.add_argument(
        "--nim-url",
        default="",
        metavar="URL",
        help=f"a NIM of your own, which needs no key (default: {NIM_URL_VARIABLE}, as in Settings, or NVIDIA's)",
    )
    parser.add_argument(
        "--accept-upload", action="store_true", help="agree that cloud mode sends the pictures away"
    )


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {_MOST_JOBS}")
    return int(text)
