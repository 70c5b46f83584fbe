"""XMP's simple properties (ISO 16684-1), read without building a tree.

Only what the packet says of the picture itself counts: properties of the outermost descriptions. XMP also carries
whole packets of a picture's ingredients and its history, and what those say is not said of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from desktop_app.evidence.containers.blocks import BrokenBlockError

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
EXIF = "http://ns.adobe.com/exif/1.0/"
IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
XMP_BASIC = "http://ns.adobe.com/xap/1.0/"
TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/"

_DESCRIPTION, _LI, _RESOURCE = f"{_RDF} Description", f"{_RDF} li", f"{_RDF} resource"
_LISTS = frozenset({f"{_RDF} {name}" for name in ("Seq", "Bag", "Alt")})
_ROOT = f"{_RDF} RDF"
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff")
_MOST_DEPTH = 64
_MOST_VALUES = 2_000
_MOST_ATTRIBUTES = 20_000
_MOST_ELEMENTS = 20_000  # Photoshop's lists of ancestors grow without end


class _EnoughError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Xmp:
    """One packet.

    Attributes:
        where: its place in the file.
        values: the texts of each property, by (namespace, name).
        complete: False where the packet has more elements than are read.
    """

    where: str
    values: dict[tuple[str, str], tuple[str, ...]]
    complete: bool = True

    def texts(self, namespace: str, name: str) -> tuple[str, ...]:
        """Return the texts of a property; several for a list, none when it isn't there."""
        return self.values.get((namespace, name), ())

    def text(self, namespace: str, name: str) -> str:
        """Return the first text of a property, empty when there is none."""
        return next(iter(self.texts(namespace, name)), "")


def read_xmp(data: bytes, where: str) -> Xmp:
    """Return the simple properties of a packet.

    Raises:
        BrokenBlockError: not XML, with a document type (entities can grow without end, and XMP has none), or
            deeper than any program writes.
    """
    # expat builds all attributes of a tag before it says anything, so these are counted beforehand; there may be
    # blanks on either side of an equals sign, and some more are in texts.
    if data.count(b"=") > _MOST_ATTRIBUTES:
        raise BrokenBlockError("more attributes than any program writes")
    packet = _Packet()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = packet.start
    parser.EndElementHandler = packet.end
    parser.CharacterDataHandler = packet.text
    try:
        parser.Parse(_trimmed(data), True)  # noqa: FBT003  # expat takes its arguments by place alone
    except _EnoughError:
        return Xmp(where, packet.values, complete=False)
    except (expat.ExpatError, ValueError) as error:
        raise BrokenBlockError("not an XMP packet") from error
    return Xmp(where, packet.values)


def _trimmed(data: bytes) -> bytes:
    """Return the packet without the zeros that some programs fill its place with; in UTF-16 they belong to it."""
    return data if data.startswith(_UTF16_STARTS) else data.strip(b"\0 \t\r\n")


def _refuse(*_: object) -> None:
    raise BrokenBlockError("a document type in XMP")


@dataclass(slots=True)
class _Packet:
    """What expat's events build: the path to here, and the values found."""

    path: list[str] = field(default_factory=list)
    values: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    count: int = 0
    elements: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        self.elements += 1
        if self.elements > _MOST_ELEMENTS:
            raise _EnoughError
        if len(self.path) > _MOST_DEPTH:
            raise BrokenBlockError("XMP too deep")
        self.pieces.clear()
        inside = self._inside
        if inside == [_DESCRIPTION]:
            for key, value in attributes.items():
                self._keep(key, value)
        elif len(inside) == 2 and _RESOURCE in attributes:  # noqa: PLR2004  # a property of the description
            self._keep(name, attributes[_RESOURCE])

    def end(self, _name: str) -> None:
        inside = self._inside
        if _is_value(inside):
            self._keep(inside[1], "".join(self.pieces))
        self.pieces.clear()
        self.path.pop()

    def text(self, piece: str) -> None:
        if _is_value(self._inside):
            self.pieces.append(piece)

    @property
    def _inside(self) -> list[str]:
        """The path behind rdf:RDF, empty outside of it; the packet may or may not be wrapped in x:xmpmeta."""
        for depth, name in enumerate(self.path[:2]):
            if name == _ROOT:
                return self.path[depth + 1 :]
        return []

    def _keep(self, name: str, value: str) -> None:
        namespace, _, local = name.rpartition(" ")
        if not value.strip() or not namespace or namespace == _RDF or self.count >= _MOST_VALUES:
            return
        self.count += 1
        key = (namespace, local)
        self.values[key] = (*self.values.get(key, ()), value.strip())


def _is_value(inside: list[str]) -> bool:
    """Whether a text here belongs to a property: directly, or as an item of its list."""
    if not inside or inside[0] != _DESCRIPTION:
        return False
    if len(inside) == 2:  # noqa: PLR2004  # description, property
        return True
    return len(inside) == 4 and inside[2] in _LISTS and inside[3] == _LI  # noqa: PLR2004  # …, list, item
