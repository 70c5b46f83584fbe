"""Names for files that are not pictures, so that people learn what they dropped and what to do instead."""

from __future__ import annotations

import re

_SAVE_AS_PICTURE = "Open it in its own program, export it as JPEG or PNG, and drop that."
_TAKE_A_STILL = "Telltale checks single pictures; save a still from it and drop that."
_UNPACK = "Unpack it first, then drop the pictures that were in it."
_DROP_PICTURES = "Drop the picture itself, not something that goes with it."
_FROM_PAGE = "Open the page, save the picture itself, then drop that file."
_FETCH_AGAIN = "The download or copy probably failed; fetch it again."
_DEVELOP = "Develop it in a raw converter, or drop the JPEG that the camera saved beside it."

CAMERA_RAW = ("This is a camera raw file, not a finished picture.", _DEVELOP)

# (offset, signature, what it is, way out); the first that fits wins. Sources: the formats' specifications and
# the file(1) database.
_MAGICS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\xff\x0a", "a JPEG XL picture, which Telltale can't read yet", _SAVE_AS_PICTURE),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL picture, which Telltale can't read yet", _SAVE_AS_PICTURE),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture, which Telltale can't read", _SAVE_AS_PICTURE),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture, which Telltale can't read", _SAVE_AS_PICTURE),
    (0, b"8BPS", "a Photoshop document, not a finished picture", _SAVE_AS_PICTURE),
    (0, b"gimp xcf", "a GIMP document, not a finished picture", _SAVE_AS_PICTURE),
    (0, b"\0\0\1\0", "a Windows icon, which Telltale can't read", _SAVE_AS_PICTURE),
    (0, b"%PDF-", "a PDF document, not a picture", "Export the page as JPEG or PNG, and drop that."),
    (0, b"%!PS", "a PostScript drawing, not a picture", _SAVE_AS_PICTURE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document, not a picture", _SAVE_AS_PICTURE),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive, not a picture", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive, not a picture", _UNPACK),
    (0, b"\x1f\x8b", "a gzip archive, not a picture", _UNPACK),
    (0, b"\xfd7zXZ\0", "an xz archive, not a picture", _UNPACK),
    (257, b"ustar", "a tar archive, not a picture", _UNPACK),
    (4, b"ftypqt", "a QuickTime video, not a picture", _TAKE_A_STILL),
    (4, b"moov", "a QuickTime video, not a picture", _TAKE_A_STILL),
    (4, b"mdat", "a QuickTime video, not a picture", _TAKE_A_STILL),
    (0, b"\x1a\x45\xdf\xa3", "a WebM or Matroska video, not a picture", _TAKE_A_STILL),
    (8, b"AVI LIST", "an AVI video, not a picture", _TAKE_A_STILL),
    (0, b"\0\0\1\xba", "an MPEG video, not a picture", _TAKE_A_STILL),
    (0, b"FLV\1", "a Flash video, not a picture", _TAKE_A_STILL),
    (0, b"ID3", "a sound file, not a picture", _DROP_PICTURES),
    (0, b"OggS", "an Ogg sound or video file, not a picture", _DROP_PICTURES),
    (0, b"fLaC", "a sound file, not a picture", _DROP_PICTURES),
    (8, b"WAVEfmt", "a sound file, not a picture", _DROP_PICTURES),
    (0, b"MZ", "a Windows program, not a picture", "Be careful with it, above all when its name says otherwise."),
    (0, b"\x7fELF", "a program, not a picture", "Be careful with it, above all when its name says otherwise."),
    (0, b"SQLite format 3\0", "a database, not a picture", _DROP_PICTURES),
)

_RAW_MAGICS = (
    (0, b"IIU\0"),  # Panasonic RW2
    (0, b"IIRO"),  # Olympus ORF
    (0, b"IIRS"),
    (0, b"MMOR"),
    (0, b"FUJIFILMCCD-RAW"),
    (0, b"FOVb"),  # Sigma X3F
    (0, b"\0MRM"),  # Minolta
    (4, b"ftypcrx "),  # Canon CR3
    (8, b"CR\2\0"),  # Canon CR2
)

_OFFICE_PARTS = (b"word/", b"ppt/", b"xl/", b"[Content_Types].xml", b"application/vnd.oasis.opendocument")
_HTML = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL)
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_LOOKED_AT = 4096
_TEXT_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x1b")


def describe_stranger(data: bytes) -> tuple[str, str]:
    """Return (what this file is, way out) as two sentences; both empty where nothing is recognised."""
    head = data[:_LOOKED_AT]
    if not head:
        return ("This file is empty (0 bytes).", _FETCH_AGAIN)
    if not any(head):
        return ("This file holds nothing but zeros.", _FETCH_AGAIN)
    if any(head.startswith(magic, offset) for offset, magic in _RAW_MAGICS):
        return CAMERA_RAW
    for offset, magic, what, way_out in _MAGICS:
        if head.startswith(magic, offset):
            return (f"This is {what}.", way_out)
    return _describe_container(head) or _describe_text(head) or ("", "")


def _describe_container(head: bytes) -> tuple[str, str] | None:
    if head.startswith(b"PK\3\4"):
        if any(part in head for part in _OFFICE_PARTS):
            return ("This is an Office document, not a picture.", "Save the picture out of it, then drop that.")
        return ("This is a ZIP archive, not a picture.", _UNPACK)
    if head[4:8] == b"ftyp":  # the picture brands were taken out before
        return ("This is a video, not a picture.", _TAKE_A_STILL)
    return None


def _describe_text(head: bytes) -> tuple[str, str] | None:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head.decode("utf-16", "ignore").encode()
    if _HTML.match(plain):
        return ("This is a web page, not a picture.", _FROM_PAGE)
    if _SVG.search(plain):
        return ("This is an SVG drawing, not a picture made of pixels.", _SAVE_AS_PICTURE)
    if _TEXT_CONTROLS.isdisjoint(plain) and _is_utf8(plain):
        return ("This is a text file, not a picture.", _DROP_PICTURES)
    return None


def _is_utf8(plain: bytes) -> bool:
    try:
        plain.decode()
    except UnicodeDecodeError as error:
        return error.start > len(plain) - 4 and len(plain) >= _LOOKED_AT - 4  # cut inside the last letter
    return True
