import os
import socket
import threading
import time
from pathlib import Path

import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import (
    EmptyFileError,
    FileTooLargeError,
    LinkLoopError,
    MissingFileError,
    NotAFileError,
    UnreadableFileError,
)
from desktop_app.intake.files import read_file, source_error

LIMIT = 1000


def read(path: Path) -> bytes:
    return read_file(path, LIMIT, CancelToken())


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read(tmp_path / "gone.jpg")


def test_a_path_with_a_null_byte_is_a_missing_file() -> None:
    with pytest.raises(MissingFileError):
        read(Path("a\0b"))


def test_an_endless_name_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="longer"):
        read(tmp_path / ("x" * 5000))


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(EmptyFileError):
        read(tmp_path / "empty")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(FileTooLargeError):
        read(tmp_path / "large")


def test_a_pipe_without_a_writer_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFileError):
        read(tmp_path / "pipe")


def test_a_device_is_refused() -> None:
    with pytest.raises(NotAFileError):
        read(Path("/dev/zero"))


def test_a_socket_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        with pytest.raises(NotAFileError):
            read(tmp_path / "socket")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAFileError):
        read(tmp_path)


def test_a_link_to_itself_is_a_loop(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(LinkLoopError):
        read(tmp_path / "loop")


@pytest.mark.parametrize("number", [1, 13])
def test_no_permission_is_said_in_words(number: int) -> None:
    assert isinstance(source_error(OSError(number, "no")), UnreadableFileError)


def test_a_failing_disk_is_quoted() -> None:
    assert "Input/output error" in source_error(OSError(5, "x")).message


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * LIMIT)
    assert read(tmp_path / "a") == b"x" * LIMIT


def test_a_file_that_grows_past_the_limit_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x" * 10)
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set() and file.tell() < 10_000_000:
                file.write(b"y" * 10_000)

    writer = threading.Thread(target=grow)
    writer.start()
    time.sleep(0.05)
    try:
        with pytest.raises(FileTooLargeError):
            read(path)
    finally:
        stop.set()
        writer.join()


def test_a_pipe_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")

    def opened(*_arguments: object) -> int:
        raise AssertionError("opening alone wakes whoever waits to write")

    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(NotAFileError):
        read_file(tmp_path / "pipe.jpg", 100, CancelToken())
