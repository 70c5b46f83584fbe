import pytest

from desktop_app.core.errors import MissingFileError, NothingUsableError
from desktop_app.core.sources import FileSource, LinkSource, UnusableSource
from desktop_app.intake.links import source_from_link
from desktop_app.intake.paths import sources_from_paths, sources_from_text


def test_an_empty_name_is_not_the_current_folder() -> None:
    (source,) = sources_from_paths([""])
    assert isinstance(source, UnusableSource)
    assert isinstance(source.error, MissingFileError)


@pytest.mark.parametrize("link", ["file:", "file://", "file://localhost", "file:pictures", "file:../.."])
def test_a_file_link_from_nowhere_is_not_the_current_folder(link: str) -> None:
    source = source_from_link(link)
    assert isinstance(source, UnusableSource)
    assert isinstance(source.error, NothingUsableError)


def test_pasted_lines_are_links_and_absolute_paths_or_nothing() -> None:
    found = sources_from_text("https://host/a.png\n\n  '/pictures/b.png' \n")
    assert [type(source) for source in found] == [LinkSource, FileSource]
    assert sources_from_text("https://host/a.png\nand a word") == []


def test_lines_over_the_limit_are_said_not_swallowed() -> None:
    found = sources_from_text("\n".join(f"/pictures/{number}.png" for number in range(10_003)))
    assert len(found) == 10_001
    assert isinstance(found[-1], UnusableSource)
    assert found[-1].name == "3 more lines"
