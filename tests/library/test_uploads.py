import csv
import datetime as dt
import hashlib
import json
import logging
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop_app.core.errors import SettingsError
from desktop_app.library.uploads import Upload, UploadLedger
from desktop_app.system.paths import data_dir
from tests.support.processes import ROOT


def at(time: str = "2026-11-23T09:30:00+02:00") -> dt.datetime:
    return dt.datetime.fromisoformat(time)


@pytest.fixture
def ledger(tmp_path: Path) -> UploadLedger:
    return UploadLedger(tmp_path / "data" / "uploads.jsonl", at)


def record(ledger: UploadLedger, item: str = "a.png", sent: bytes = b"picture") -> Upload:
    return ledger.record(
        sent, host="ai.api.nvidia.com", item=item, picture_sha256="ab" * 32, format="JPEG", reencoded=True
    )


def test_a_ledger_that_can_not_be_written_stops_the_sending(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="what was sent"):
        record(UploadLedger(tmp_path / "file" / "uploads.jsonl"))


def test_a_disk_that_is_full_stops_the_sending() -> None:
    with pytest.raises(SettingsError, match="what was sent"):
        record(UploadLedger(Path("/dev/full")))


def test_a_file_that_can_not_be_exported_says_so(ledger: UploadLedger, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be written there"):
        ledger.export_csv(tmp_path / "no" / "such" / "folder.csv")


def test_without_a_file_there_are_no_entries(ledger: UploadLedger, tmp_path: Path) -> None:
    assert ledger.entries() == []
    assert ledger.export_csv(tmp_path / "empty.csv") == 0
    ledger.clear()


def test_a_ledger_that_can_not_be_read_is_an_empty_one_with_a_word_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert UploadLedger(tmp_path).entries() == []
    assert "can't be read" in caplog.text


@pytest.mark.parametrize(
    "damage",
    [b"{", b"nonsense", b"\xff\xfe\x00", b"[1]", b'{"time": 5}', b'"' + b"x" * 100_000 + b'"', b"\0" * 50_000],
)
def test_a_damaged_line_costs_itself_alone(ledger: UploadLedger, damage: bytes) -> None:
    first = record(ledger, "first")
    with ledger.path.open("ab") as file:
        file.write(damage + b"\n\n")
    second = record(ledger, "second")
    assert ledger.entries() == [first, second]


def test_a_line_that_a_crash_cut_does_not_swallow_the_next(ledger: UploadLedger) -> None:
    first, _cut = record(ledger, "first"), record(ledger, "cut")
    data = ledger.path.read_bytes()
    ledger.path.write_bytes(data[:-20])
    third = record(ledger, "third")
    assert ledger.entries() == [first, third]


def test_a_key_that_a_newer_version_wrote_does_not_matter(ledger: UploadLedger) -> None:
    record(ledger)
    line = json.loads(ledger.path.read_text()) | {"colour": "blue"}
    ledger.path.write_text(json.dumps(line) + "\n")
    assert len(ledger.entries()) == 1


def test_what_was_sent_is_told_with_its_hash_its_size_and_when_in_utc(ledger: UploadLedger) -> None:
    upload = record(ledger, "caf\u202e\u00e9\n\udcff.png", b"12345")
    assert upload == ledger.entries()[0]
    assert upload.time == "2026-11-23T07:30:00Z"
    assert upload.bytes == 5
    assert upload.sha256 == hashlib.sha256(b"12345").hexdigest()
    assert upload.item == "caf\u00e9\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.png"
    assert (upload.host, upload.format, upload.reencoded) == ("ai.api.nvidia.com", "JPEG", True)


def test_only_the_user_can_read_it(ledger: UploadLedger) -> None:
    record(ledger)
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600


def test_it_is_on_the_disk_before_the_call_returns(ledger: UploadLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[int] = []
    force = os.fsync

    def noting(handle: int) -> None:
        forced.append(os.fstat(handle).st_size)
        force(handle)

    monkeypatch.setattr(os, "fsync", noting)
    record(ledger)
    assert forced == [ledger.path.stat().st_size]


def test_threads_and_other_programs_may_write_at_the_same_time(ledger: UploadLedger) -> None:
    program = """
import sys
from pathlib import Path
from desktop_app.library.uploads import UploadLedger
for number in range(40):
    UploadLedger(Path(sys.argv[1])).record(
        b"x", host="h", item=f"other {number}", picture_sha256="", format="PNG", reencoded=False
    )
"""
    other = subprocess.Popen([sys.executable, "-c", program, str(ledger.path)], cwd=ROOT)

    def write(thread: int) -> None:
        for number in range(20):
            record(ledger, f"{thread} {number}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other.wait(30) == 0
    expected = {f"{thread} {number}" for thread in range(4) for number in range(20)}
    expected |= {f"other {number}" for number in range(40)}
    assert sorted(entry.item for entry in ledger.entries()) == sorted(expected)


def test_the_newest_entries_are_read_when_there_are_many(ledger: UploadLedger) -> None:
    for number in range(10):
        record(ledger, str(number))
    assert [entry.item for entry in ledger.entries(limit=3)] == ["7", "8", "9"]


def test_no_cell_of_the_export_can_become_a_formula(ledger: UploadLedger, tmp_path: Path) -> None:
    for name in ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", 'say "hi", all'):
        record(ledger, name)
    assert ledger.export_csv(tmp_path / "sent.csv") == 5
    with (tmp_path / "sent.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["item"] for row in rows] == ["'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(A1)", 'say "hi", all']
    assert rows[0]["host"] == "ai.api.nvidia.com"
    assert rows[0]["reencoded"] == "true"


def test_a_cleared_ledger_is_empty_and_can_be_written_again(ledger: UploadLedger) -> None:
    record(ledger)
    ledger.clear()
    assert ledger.entries() == []
    assert not ledger.path.exists()
    again = record(ledger, "again")
    assert ledger.entries() == [again]


def test_the_data_folder_moves_with_the_programs_home(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data_dir() == own_home / "data"
    monkeypatch.delenv("TELLTALE_HOME")
    assert "telltale" in str(data_dir())
