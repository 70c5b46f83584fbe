"""What the walkers of containers yield, and what one file may cost them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto

_MIB = 1024 * 1024

MAX_BLOCK = 2 * _MIB
"""Most bytes of one block, unpacked. The longest honest ones are workflows and edit histories of about 1 MiB."""

MAX_TOTAL = 8 * _MIB
"""Most bytes of all blocks of a file together, unpacked; what was begun and refused counts, too."""

MAX_PARTS = 500_000
"""Most segments, chunks or sub-blocks that are looked at; a GIF of 100 MB has 400,000, at 255 bytes each."""

MAX_BLOCKS = 1_000
"""Most blocks of metadata of a file."""

MAX_ALIKE = 4
"""Most blocks of one kind, or texts with the same keyword, that are understood; honest files have one or two."""

TOO_LARGE = "Part of its metadata is too large and was not read."
TOO_MANY = "The file has too many parts to look for metadata in all of them."
BROKEN = "Part of its metadata is damaged and was not read."
BIG_TIFF = "It is a BigTIFF file, whose metadata Telltale doesn't read."


class BlockKind(Enum):
    """The standard a block follows."""

    EXIF = auto()
    XMP = auto()
    IPTC = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """One block of metadata.

    Attributes:
        where: its place in words, "XMP in APP1".
        data: a TIFF structure (EXIF), an XML packet (XMP), IIM records (IPTC), or UTF-8 (TEXT).
        key: the keyword in front of a TEXT; empty otherwise.
    """

    kind: BlockKind
    where: str
    data: bytes
    key: str = ""


class OverLimitError(Exception):
    """The file has used up what it may cost."""


class BrokenBlockError(ValueError):
    """A block is not what its standard says."""


@dataclass(slots=True)
class Budget:
    """What is left for one file, and notes for people about what had to be left out; each note comes once."""

    left: int = MAX_TOTAL
    parts: int = MAX_PARTS
    notes: list[str] = field(default_factory=list)
    alike: Counter[tuple[BlockKind, str]] = field(default_factory=Counter)

    def step(self, cost: int = 1) -> None:
        """Count one part, dear ones as several.

        Raises:
            OverLimitError: there were too many.
        """
        self.parts -= cost
        if self.parts < 0:
            self.note(TOO_MANY)
            raise OverLimitError

    def allows(self, length: int) -> bool:
        """Take a block of ``length`` bytes out of the budget; False, with a note, when it is too long.

        Raises:
            OverLimitError: there were too many blocks.
        """
        self.step(MAX_PARTS // MAX_BLOCKS)
        if length > min(MAX_BLOCK, self.left):
            self.note(TOO_LARGE)
            return False
        self.left -= length
        return True

    def understands(self, block: Block) -> bool:
        """Count a block among those like it; False, with a note, when there are too many."""
        alike = (block.kind, block.key)
        self.alike[alike] += 1
        if self.alike[alike] > MAX_ALIKE:
            self.note(TOO_MANY)
            return False
        return True

    def spend(self, length: int) -> None:
        """Take ``length`` bytes that were already unpacked."""
        self.left = max(0, self.left - length)

    def note(self, sentence: str) -> None:
        """Keep a sentence for people."""
        if sentence not in self.notes:
            self.notes.append(sentence)


EXIF_START = b"Exif\0\0"
"""What JPEG puts before an EXIF block (Exif 2.32, 4.7.2), and some programs elsewhere, too."""


def exif_block(data: bytes, where: str) -> Block:
    """Return an EXIF block, without the start that belongs to JPEG."""
    return Block(BlockKind.EXIF, where, data.removeprefix(EXIF_START))


def text_block(data: bytes, where: str, key: str = "") -> Block:
    """Return a text block in UTF-8.

    PNG's tEXt promises Latin-1, and half its writers put UTF-8 there: what can be read as UTF-8 is taken for that.
    """
    try:
        data.decode()
    except UnicodeDecodeError:
        data = data.decode("latin-1").encode()
    return Block(BlockKind.TEXT, where, data, key)
