"""Lists from files that the user picks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop_app.core.errors import TrustListError
from desktop_app.evidence.trust import MAX_BYTES, ListKind, list_from_files
from tests.support.signing import TODAY, authority, signer


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_that_is_gone_or_a_folder_is_said_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pem", tmp_path):
        with pytest.raises(TrustListError, match="can't be read") as caught:
            list_from_files([path], ListKind.OFFICIAL, TODAY)
        assert path.name in caught.value.message


def test_a_picture_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(TrustListError, match="not a list"):
        list_from_files([write(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n\xff")], ListKind.OFFICIAL, TODAY)


def test_of_an_endless_file_no_more_is_read_than_a_list_may_have(tmp_path: Path) -> None:
    path = write(tmp_path, "huge.pem", b"")
    with path.open("r+b") as file:
        file.truncate(MAX_BYTES * 100)
    with pytest.raises(TrustListError, match="too large"):
        list_from_files([path], ListKind.OFFICIAL, TODAY)


def test_several_files_make_one_list_whose_source_names_them_all(tmp_path: Path) -> None:
    parts = [authority().pem.encode().rstrip(), signer().pem.encode()]
    paths = [write(tmp_path, name, data) for name, data in zip(("anchors.pem", "allowed.pem"), parts, strict=True)]
    found = list_from_files(paths, ListKind.INTERIM, TODAY)
    assert (found.count, found.source) == (2, "anchors.pem, allowed.pem")
    assert found.sha256 == hashlib.sha256(b"\n".join(parts)).hexdigest()


def test_one_file_keeps_its_own_hash(tmp_path: Path) -> None:
    data = authority().pem.encode()
    found = list_from_files([write(tmp_path, "list.pem", data)], ListKind.OFFICIAL, TODAY)
    assert found.sha256 == hashlib.sha256(data).hexdigest()
