import os
from pathlib import Path

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import EmptyFolderError, LinkLoopError, MissingFileError
from desktop_app.core.sources import FileSource, Source, UnusableSource
from desktop_app.intake.folders import FolderReport, files_in, is_folder


def scan(folder: Path) -> tuple[list[Source], FolderReport]:
    report = FolderReport()
    return [source for batch in files_in(folder, report, CancelToken()) for source in batch], report


def test_a_folder_that_vanished_becomes_one_failed_item(tmp_path: Path) -> None:
    (source,), _ = scan(tmp_path / "gone")
    assert isinstance(source, UnusableSource)
    assert isinstance(source.error, MissingFileError)


def test_a_folder_that_vanishes_while_it_is_read_costs_one_item(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "picture.jpg").touch()
    found: list[Source] = []
    for number in range(40):
        (tmp_path / f"{number:02}.jpg").touch()
    for batch in files_in(tmp_path, FolderReport(), CancelToken()):
        if not found:
            (tmp_path / "b" / "picture.jpg").unlink()
            (tmp_path / "b").rmdir()
        found += batch
    failed = [source for source in found if isinstance(source, UnusableSource)]
    assert [source.name for source in failed] == ["b"]
    assert len(found) == 40 + 2 + 1


def test_an_empty_folder_becomes_one_failed_item(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (source,), report = scan(tmp_path)
    assert isinstance(source, UnusableSource)
    assert isinstance(source.error, EmptyFolderError)
    assert report.found == 0


def test_links_that_lead_back_end_the_walk_with_one_failed_item_each(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "up").symlink_to(tmp_path)
    (tmp_path / "inner" / "picture.jpg").touch()
    sources, _ = scan(tmp_path)
    failed = [source for source in sources if isinstance(source, UnusableSource)]
    assert len(failed) == 1
    assert isinstance(failed[0].error, LinkLoopError)
    assert len(sources) == 2


def test_pipes_loops_and_names_that_are_not_utf8_are_listed_like_any_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "self").symlink_to("self")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg")).touch()
    sources, _ = scan(tmp_path)
    assert sorted(source.name for source in sources) == ["caf\udce9.jpg", "pipe", "self"]
    assert all(isinstance(source, FileSource) for source in sources)


def test_what_systems_leave_in_folders_is_counted_and_left_out(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._cat.jpg", "cat.jpg"):
        (tmp_path / name).touch()
    sources, report = scan(tmp_path)
    assert [source.name for source in sources] == ["cat.jpg"]
    assert (report.found, report.skipped) == (1, 4)


def test_batches_grow_so_that_the_first_cards_come_at_once(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.jpg").touch()
    batches = [len(batch) for batch in files_in(tmp_path, FolderReport(), CancelToken())]
    assert batches == [16, 32, 64, 88]


def test_files_come_in_the_order_of_their_names_before_inner_folders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("b.jpg", "a/z.jpg", "c.jpg"):
        (tmp_path / name).touch()
    sources, _ = scan(tmp_path)
    assert [source.name for source in sources] == ["b.jpg", "c.jpg", "z.jpg"]


def test_a_cancelled_scan_stops(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number}.jpg").touch()
    cancel = CancelToken()
    seen = 0
    for batch in files_in(tmp_path, FolderReport(), cancel):
        seen += len(batch)
        cancel.cancel()
    assert seen == 16


def test_a_file_is_no_folder_and_neither_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert is_folder(tmp_path)
    assert not is_folder(tmp_path / "a")
    assert not is_folder(tmp_path / "b")
    assert not is_folder(Path("a\0b"))
