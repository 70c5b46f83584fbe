"""Reading credentials where pictures are read: a process without files, threads and network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import lacking
from tests.support import signing
from tests.support.processes import ROOT, run

_SECONDS = 60.0
_START = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
pictures = [Path(path).read_bytes() for path in sys.argv[1:]]
"""
_READ = """
from desktop_app.evidence.credentials import read_credentials
for picture in pictures:
    for found in read_credentials(picture, "JPEG", None):
        print(found.strength.value, found.says.value)
"""
_CONFINE = """
from desktop_app.evidence.credentials.native import prepare
from desktop_app.imaging.confine import confine
prepare()
confine(100_000_000)
"""
_ANSWERS = ["signed made_by_ai", "signed captured", "label nothing"]
# With fetching of remote manifests switched on, the list of allowed hosts alone stands in the way.
_FETCH = """
import io, json
from desktop_app.evidence.credentials.native import Trial, library_settings
import c2pa
settings = library_settings(Trial())
settings["verify"]["remote_manifest_fetch"] = True
{change}
for picture in pictures:
    try:
        c2pa.Reader.try_create(None, io.BytesIO(picture), context=c2pa.Context.from_dict(settings))
    except c2pa.C2paError:
        print("refused")
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A signed picture, one with a history, and one whose credential is kept on the web."""
    contents = {
        "signed": signing.ai_made(),
        "history": signing.sign(signing.opened(), parts=[signing.Part(signing.captured())]),
        "web": _kept_at("https://credentials.example/one"),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / name) for name in contents]


def _kept_at(address: str) -> bytes:
    return signing.sign(signing.action(source="digitalCapture"), remote=address)


class _Watched:
    """What a Python program printed, and which of the watched system calls it made."""

    def __init__(self, calls: str, code: str, arguments: list[str], folder: Path) -> None:
        lacking([] if shutil.which("strace") else ["strace"])
        report = folder / "strace.txt"
        strace = ("strace", "-f", "-qqq", "-e", "signal=none", "-e", f"trace={calls}", "-o", str(report))
        self.done = run([*strace, sys.executable, "-c", _START + code, *arguments], _SECONDS)
        self.calls = report.read_text()


def test_the_limits_of_the_decoding_process_are_enough(files: list[str]) -> None:
    done = run([sys.executable, "-c", _START + _CONFINE + _READ, *files], _SECONDS)
    assert done.stdout.splitlines() == _ANSWERS, done.stderr


def test_a_computer_without_the_library_says_so(files: list[str]) -> None:
    missing = "sys.modules['c2pa'] = None\n"
    words = _READ.replace("found.strength.value, found.says.value", "found.words")
    done = run([sys.executable, "-c", _START + missing + words, *files[:1]], _SECONDS)
    assert "this computer lacks the library" in done.stdout, done.stderr


def test_no_socket_is_opened_and_no_thread_started(files: list[str], tmp_path: Path) -> None:
    watched = _Watched("socket,connect,io_uring_setup,clone,clone3,fork,vfork", _READ, files, tmp_path)
    assert watched.done.stdout.splitlines() == _ANSWERS, watched.done.stderr
    assert watched.calls == ""


@pytest.mark.parametrize("walled", [True, False])
def test_the_empty_list_of_allowed_hosts_is_a_wall(tmp_path: Path, *, walled: bool) -> None:
    (tmp_path / "web").write_bytes(_kept_at("http://127.0.0.1:9/nobody-listens"))
    code = _FETCH.format(change="" if walled else 'del settings["core"]["allowed_network_hosts"]')
    watched = _Watched("socket,connect", code, [str(tmp_path / "web")], tmp_path)
    assert watched.done.stdout.strip() == "refused", watched.done.stderr
    assert ("AF_INET" in watched.calls) is not walled


@pytest.mark.parametrize("guarded", [True, False])
def test_a_library_lying_in_the_current_folder_is_not_loaded(tmp_path: Path, *, guarded: bool) -> None:
    import c2pa

    name = {"darwin": "libc2pa_c.dylib", "win32": "c2pa_c.dll"}.get(sys.platform, "libc2pa_c.so")
    (tmp_path / name).symlink_to(Path(c2pa.__file__).parent / "libs" / name)
    guard = "from desktop_app.evidence.credentials.native import prepare\nprepare()\n" if guarded else ""
    code = _START + guard + "import c2pa.c2pa\nprint(c2pa.c2pa._lib._name)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    assert done.stderr == ""
    assert (Path(done.stdout.strip()).parent == tmp_path) is not guarded
