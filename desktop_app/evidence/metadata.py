"""All that a file's blocks of metadata say, readable by name: what the readers of labels and marks look into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.evidence.containers.blocks import BROKEN, TOO_LARGE, Block, BlockKind, BrokenBlockError, Budget
from desktop_app.evidence.containers.walk import metadata_blocks
from desktop_app.evidence.tags.exif import Exif
from desktop_app.evidence.tags.iptc import read_iptc
from desktop_app.evidence.tags.xmp import EXIF, Xmp, read_xmp


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its place; ``key`` is the keyword in front of it, empty for EXIF's and XMP's user comment."""

    key: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Iptc:
    """The texts of IPTC's application record by their number."""

    where: str
    texts: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The readable metadata of one file; every field is empty where the file has none."""

    exif: tuple[Exif, ...] = ()
    xmp: tuple[Xmp, ...] = ()
    iptc: tuple[Iptc, ...] = ()
    texts: tuple[Text, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.exif or self.xmp or self.iptc or self.texts)

    def texts_of(self, key: str) -> Iterator[Text]:
        """Yield the texts behind a keyword."""
        return (text for text in self.texts if text.key == key)

    def comments(self) -> Iterator[Text]:
        """Yield the places where programs leave free text: EXIF's and XMP's user comment, the file's comment."""
        for exif in self.exif:
            if exif.comment:
                yield Text("", exif.comment, f"UserComment of {exif.where}")
        for packet in self.xmp:
            for text in packet.texts(EXIF, "UserComment"):
                yield Text("", text, f"UserComment of {packet.where}")
        yield from self.texts_of("comment")


def read_metadata(data: bytes, format_name: str, budget: Budget) -> Metadata:
    """Return what the file's metadata say; a damaged block becomes a note in ``budget`` and nothing else.

    Args:
        data: the whole file.
        format_name: Pillow's name of its format.
        budget: what the file may cost.
    """
    return collect(metadata_blocks(data, format_name, budget), budget)


def collect(blocks: Iterable[Block], budget: Budget) -> Metadata:
    """Return what ``blocks`` say."""
    exif: list[Exif] = []
    xmp: list[Xmp] = []
    iptc: list[Iptc] = []
    texts: list[Text] = []
    for block in blocks:
        if not block.data or not budget.understands(block):
            continue
        try:
            match block.kind:
                case BlockKind.EXIF:
                    exif.append(Exif(block.data, block.where))
                case BlockKind.XMP:
                    xmp.append(packet := read_xmp(block.data, block.where))
                    if not packet.complete:
                        budget.note(TOO_LARGE)
                case BlockKind.IPTC:
                    iptc.append(Iptc(block.where, read_iptc(block.data)))
                case BlockKind.TEXT:
                    texts.append(Text(block.key, block.data.decode(), block.where))
        except BrokenBlockError:
            budget.note(BROKEN)
    return Metadata(tuple(exif), tuple(xmp), tuple(iptc), tuple(texts))
