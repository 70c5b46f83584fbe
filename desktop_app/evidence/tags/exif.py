"""The tags of an EXIF block that say something of a picture's origin (Exif 2.32)."""

from __future__ import annotations

from desktop_app.evidence.containers.tiff import Directory, read_tiff

DESCRIPTION, MAKE, MODEL, SOFTWARE, ARTIST = 0x010E, 0x010F, 0x0110, 0x0131, 0x013B
EXPOSURE, F_NUMBER, SENSITIVITY, TAKEN, FOCAL_LENGTH = 0x829A, 0x829D, 0x8827, 0x9003, 0x920A
MAKER_NOTE, USER_COMMENT, LENS_MAKE, LENS_MODEL = 0x927C, 0x9286, 0xA433, 0xA434
_EXIF_DIRECTORY = 0x8769
_THUMBNAIL_AT, _THUMBNAIL_LENGTH = 0x0201, 0x0202

MAX_TEXT = 1024 * 1024
"""Most bytes of one text in a tag; workflows lie there, too."""

_CHARSET = 8
_MAX_THUMBNAIL = 256 * 1024


class Exif:
    """One EXIF block; every reader gives an empty value for what isn't there.

    Attributes:
        where: its place in the file.
    """

    def __init__(self, data: bytes, where: str) -> None:
        """Read the directories.

        Raises:
            BrokenBlockError: it isn't a TIFF structure.
        """
        self.where = where
        self._data = data
        tiff = read_tiff(data)
        self._main = tiff.first
        self._photo = tiff.directory(tiff.first.number(_EXIF_DIRECTORY))
        self._second = tiff.directory(tiff.second_at)

    def __contains__(self, tag: int) -> bool:
        return tag in self._main or tag in self._photo

    def text(self, tag: int, most: int = MAX_TEXT) -> str:
        """Return a tag's text, up to its first NUL."""
        raw = self._holder(tag).raw(tag, most).partition(b"\0")[0]
        return _decoded(raw).strip()

    def number(self, tag: int) -> int | None:
        """Return a tag's whole number."""
        return self._holder(tag).number(tag)

    def ratio(self, tag: int) -> float | None:
        """Return a tag's fraction."""
        return self._holder(tag).ratio(tag)

    @property
    def comment(self) -> str:
        """UserComment, which says in its first 8 bytes how it is encoded."""
        raw = self._photo.raw(USER_COMMENT, MAX_TEXT)
        charset, body = raw[:_CHARSET], raw[_CHARSET:]
        if charset == b"UNICODE\0":
            return _utf16(body)
        return _decoded((raw if charset.startswith(b"{") else body).rstrip(b"\0 ")).strip()

    @property
    def thumbnail(self) -> bytes:
        """The embedded JPEG."""
        at, length = self._second.number(_THUMBNAIL_AT), self._second.number(_THUMBNAIL_LENGTH)
        if not at or not length or length > _MAX_THUMBNAIL:
            return b""
        return self._data[at : at + length]

    def _holder(self, tag: int) -> Directory:
        return self._main if tag in self._main else self._photo


def _decoded(raw: bytes) -> str:
    """Return text that ought to be ASCII, and is UTF-8 or Latin-1 in practice."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _utf16(raw: bytes) -> str:
    """Return UTF-16 in either byte order: the standard means the block's, and half the writers take the other.

    Nearly all settings are ASCII, so the order with the zeros in the high bytes is the right one.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").rstrip("\0 ")
    order = "utf-16-be" if raw[::2].count(0) >= raw[1::2].count(0) else "utf-16-le"
    return raw.decode(order, "replace").strip("\0 \n")
