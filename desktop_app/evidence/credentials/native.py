"""The one module that knows c2pa-python: a file's bytes in, a report or a reason out.

Nothing here goes to the network. Remote manifests and revocation lists have switches of their own; a third way
out, resolving the ``did:web`` names of identity assertions, has none. An empty list of allowed hosts closes it.
"""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from desktop_app.evidence.credentials.report import Report
from desktop_app.evidence.trust.lists import ListKind, TrustList

CLAIM_SIGNING = "1.3.6.1.4.1.62558.2.1"
"""The key usage of certificates for Content Credentials (C2PA 2.2, 14.5.1); the library's own list lacks it."""

LISTS = {ListKind.OFFICIAL: "telltale:official", ListKind.INTERIM: "telltale:interim"}
TIMESTAMPS = "telltale:timestamps"
"""How the lists, and the authorities for time stamps, are called in the library's explanations."""

_MOST_UNPACKED_MIB = 16
_LOADER = "c2pa.lib"


class Problem(Enum):
    """Why a credential can't be read; the value is the sentence for people."""

    DAMAGED = "Its Content Credentials can't be read: they or the file are damaged."
    DRAFT = "Its Content Credentials have an old draft format that can't be checked any more."
    REMOTE = "Its Content Credentials are kept on the web; Telltale does not fetch them."
    UNAVAILABLE = "It has Content Credentials, but this computer lacks the library that checks them."


class UnreadableError(Exception):
    """A manifest store that can't be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.value)


def prepare() -> None:
    """Load the library: before a process gives up the right to open files, and to have it over with.

    Raises:
        UnreadableError: there is none for this computer.
    """
    _library()


def read_report(data: bytes, trial: Trial) -> Report | None:
    """Return the validated manifest store of a picture file; None when the library finds none.

    Args:
        data: the whole file.
        trial: which signers are known.

    Raises:
        UnreadableError: with the reason.
    """
    library = _library()
    try:
        reader = library.Reader.try_create(None, io.BytesIO(data), context=_context(trial))
        if reader is None:
            return None
        with reader:
            return msgspec.json.decode(reader.json(), type=Report)
    except library.C2paError as error:
        raise UnreadableError(_problem(str(error))) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise UnreadableError(Problem.DAMAGED) from error


def _problem(message: str) -> Problem:
    """Tell what the library means; its words are foreign and partly the file's own, and are shown to nobody."""
    if message.startswith("Remote:"):
        return Problem.REMOTE
    return Problem.DRAFT if "prerelease content" in message else Problem.DAMAGED


@dataclass(frozen=True, slots=True)
class Trial:
    """Which signers are known while a store is read: those on one list, or none.

    Attributes:
        known: the list.
        stamps: whether its authorities for time stamps are known, too. The library takes those for signers' as
            well, and which of two fitting anchors it names is chance; see :mod:`.lookup`.
    """

    known: TrustList | None = None
    stamps: bool = False


def library_settings(trial: Trial) -> dict[str, Any]:
    """Return the library's settings: no way to the network, bounded unpacking, the list to know."""
    return {
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
        "core": {
            "allowed_network_hosts": [],
            "decode_identity_assertions": False,
            "max_decompressed_manifest_size_in_mb": _MOST_UNPACKED_MIB,
        },
        "trust": {"trust_config": CLAIM_SIGNING, "anchors": list(_anchors(trial))},
    }


@lru_cache(maxsize=8)
def _context(trial: Trial) -> Any:  # noqa: ANN401  # c2pa has no types
    return _library().Context.from_json(json.dumps(library_settings(trial)))


def _anchors(trial: Trial) -> Iterator[dict[str, str]]:
    known = trial.known
    if known is None:
        return
    entry = {"trust_uri": LISTS[known.kind], "trust_kind": "manifest", "trust_anchors": known.anchors}
    yield entry | ({"allowed_list": known.allowed} if known.allowed else {})
    if trial.stamps and known.timestamps:
        yield {"trust_uri": TIMESTAMPS, "trust_kind": "tsa", "trust_anchors": known.timestamps}


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    try:
        _guard_loader()
        import c2pa  # noqa: PLC0415  # costs time and 23 MB, and nearly no picture needs it
    except (ImportError, OSError, RuntimeError, AttributeError, ValueError) as error:
        raise UnreadableError(Problem.UNAVAILABLE) from error
    module: ModuleType = c2pa
    return module


def _guard_loader() -> None:
    """Have c2pa-python take its native library from its own package alone.

    It looks into the current folder first, which is where somebody's downloads lie: a picture scanned there with
    a ``libc2pa_c.so`` beside it would run that.
    """
    if _LOADER in sys.modules:
        return
    package = importlib.util.find_spec("c2pa")
    if package is None or package.origin is None:
        raise ImportError("c2pa is not installed")
    folder = Path(package.origin).parent
    spec = importlib.util.spec_from_file_location(_LOADER, folder / "lib.py")
    if spec is None or spec.loader is None:
        raise ImportError("c2pa has no loader")
    loader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loader)
    if not hasattr(loader, "_get_possible_search_paths"):
        raise ImportError("c2pa loads its library in another way now")
    vars(loader)["_get_possible_search_paths"] = lambda: [folder / "libs"]
    sys.modules[_LOADER] = loader
