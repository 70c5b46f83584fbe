import io

from desktop_app.cli.teller import Teller
from desktop_app.core.estimates import Mode
from desktop_app.core.events import FolderScanned, ItemsAdded, Warned
from desktop_app.core.items import Item
from desktop_app.core.sources import LinkSource


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def added(count: int) -> ItemsAdded:
    source = LinkSource("https://host/a")
    return ItemsAdded(tuple(Item(number, source, "a", Mode.OFFLINE) for number in range(count)))


def test_the_living_line_leaves_nothing_behind() -> None:
    stream = Terminal()
    teller = Teller(stream)
    teller.observe(added(3))
    assert stream.getvalue() == "0 of 3, 0/s"
    teller.clear()
    assert stream.getvalue() == "0 of 3, 0/s\r           \r"


def test_a_file_gets_warnings_and_one_last_line() -> None:
    stream = io.StringIO()
    teller = Teller(stream)
    for event in (added(1), Warned("Something is off."), FolderScanned("album", 1, 2), FolderScanned("b", 1, 0)):
        teller.observe(event)
    teller.end()
    assert stream.getvalue().splitlines() == [
        "telltale: Something is off.",
        "telltale: 2 system file(s) skipped in album",
        "telltale: 0 checked",
    ]
