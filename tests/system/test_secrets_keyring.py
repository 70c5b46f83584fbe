"""The key in a real Secret Service: gnome-keyring under a D-Bus session of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.keyring_session import AVAILABLE, KeyringSession, keyring_session, x_server
from tests.support.processes import ROOT

KEY = "nvapi-" + "Ab1_-" * 12 + "wxyz"
DO = """
import json, logging, sys
from pathlib import Path
logging.basicConfig(level=logging.DEBUG)
from desktop_app.core.errors import SecretsError
from desktop_app.system.secrets.store import KeyStore
key, *steps = sys.stdin.read().split()
told = []
for step in steps:
    store = KeyStore()
    if step == "set":
        store.set(key)
    elif step == "remove":
        store.remove()
    status = store.status()
    try:
        answer = store.get() == key
    except SecretsError as error:
        answer = type(error).__name__
    told.append([status.where, status.last_four, type(status.problem).__name__, status.words, answer])
assert key.encode() not in Path("/proc/self/cmdline").read_bytes()
assert key.encode() not in Path("/proc/self/environ").read_bytes()
print(json.dumps(told))
"""

PROMPTER = Path("/usr/libexec/gcr-prompter")
needs_keyring = pytest.mark.skipif(not AVAILABLE, reason="gnome-keyring or dbus-run-session is not installed")


@pytest.fixture(scope="module")
def session() -> Iterator[KeyringSession]:
    with keyring_session() as made:
        yield made


def told(ended: subprocess.CompletedProcess[str]) -> list[Any]:
    assert ended.returncode == 0, ended.stderr
    assert KEY not in ended.stderr
    answer: list[Any] = json.loads(ended.stdout.splitlines()[-1])  # services of the bus write there too
    return answer


@needs_keyring
def test_on_a_bus_without_a_keyring_the_key_stays_in_memory(session: KeyringSession) -> None:
    none, kept = told(session.run(DO, "absent", f"{KEY} look set"))
    assert (none[0], none[2], none[4]) == ("none", "KeyringMissingError", False)
    assert (kept[0], kept[1], kept[4]) == ("memory", "wxyz", True)


def test_without_a_bus_none_is_started_and_the_key_stays_in_memory(tmp_path: Path) -> None:
    variables = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", DO],
        cwd=ROOT,
        env=variables,
        input=f"{KEY} look set",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    none, kept = told(ended)
    assert (none[0], none[2]) == ("none", "KeyringMissingError")
    assert kept[0] == "memory"


@needs_keyring
def test_the_key_goes_through_a_real_keyring_and_is_encrypted_on_disk(session: KeyringSession) -> None:
    before, kept, again, gone = told(session.run(DO, "unlocked", f"{KEY} remove set look remove"))
    assert before[0] == gone[0] == "none"
    assert kept[:3] == again[:3] == ["keyring", "wxyz", "NoneType"]
    assert "Secret Service" in kept[3]
    assert (before[4], kept[4], again[4], gone[4]) == (False, True, True, False)


@needs_keyring
def test_a_locked_keyring_says_so_keeps_the_key_in_memory_and_loses_nothing(session: KeyringSession) -> None:
    assert told(session.run(DO, "unlocked", f"{KEY} set"))[0][0] == "keyring"
    look, kept = told(session.run(DO, "locked", f"{KEY} look set"))
    assert (look[0], look[2], look[4]) == ("none", "KeyringLockedError", "KeyringLockedError")
    assert (kept[0], kept[4]) == ("memory", True)
    assert told(session.run(DO, "unlocked", f"{KEY} look"))[0][0] == "keyring"
    files = [path.read_bytes() for path in session.home.rglob("*") if path.is_file()]
    assert any(b"GnomeKeyring" in data for data in files)
    assert not any(KEY.encode() in data for data in files)


@needs_keyring
@pytest.mark.skipif(shutil.which("Xvfb") is None or not PROMPTER.exists(), reason="no display, or nobody to ask")
def test_a_locked_keyring_that_asks_on_a_display_is_given_up_in_time(session: KeyringSession) -> None:
    program = """
import json, time
from desktop_app.system.secrets.store import KeyStore
store, told = KeyStore(seconds=2), []
for _ in range(2):
    started = time.monotonic()
    told.append([type(store.status().problem).__name__, time.monotonic() - started])
print(json.dumps(told))
"""
    told(session.run(DO, "unlocked", f"{KEY} set"))
    with x_server() as display:
        first, second = told(session.run(program, "asking", DISPLAY=display))
    assert first[0] == second[0] == "KeyringTimeoutError"
    assert first[1] < 4
    assert second[1] < 0.5


PLAINTEXT = """
from keyring.backend import KeyringBackend
class PlaintextKeyring(KeyringBackend):
    priority = 20
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): print("LEAKED", password)
    def delete_password(self, service, username): pass
"""


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("plain_text.PlaintextKeyring", "not one that Telltale trusts"),
        ("keyring.backends.null.Keyring", "no keyring"),
        ("keyring.backends.fail.Keyring", "no keyring"),
        ("no_such_module.Keyring", "no keyring"),
    ],
)
def test_a_backend_that_is_not_trusted_is_refused(tmp_path: Path, backend: str, words: str) -> None:
    (tmp_path / "plain_text.py").write_text(PLAINTEXT)
    program = """
import sys
from desktop_app.system.secrets.store import KeyStore
status = KeyStore().set(sys.stdin.read())
print(status.where, type(status.problem).__name__, status.problem.message)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            "HOME": str(tmp_path),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": f"{ROOT}:{tmp_path}",
            "PYTHON_KEYRING_BACKEND": backend,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody",
        },
        input=KEY,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.stdout.startswith("memory KeyringMissingError"), ended.stdout + ended.stderr
    assert words in ended.stdout
    assert KEY not in ended.stdout + ended.stderr


@needs_keyring
def test_an_untrusted_backend_beside_a_good_one_is_left_out(session: KeyringSession, tmp_path: Path) -> None:
    # keyring finds every class that was ever defined and takes the highest priority, or chains them all.
    program = f"""{PLAINTEXT}
import sys
from desktop_app.system.secrets.store import KeyStore
print(KeyStore().set(sys.stdin.read()).where)
"""
    ended = session.run(program, "unlocked", KEY)
    assert ended.stdout == "keyring\n", ended.stderr
    assert not list(tmp_path.iterdir()) or KEY not in ended.stdout
