"""Why a file may carry no metadata. Each sentence says that this means nothing either way, because it doesn't.

Most pictures on the internet have lost their metadata on the way, whoever or whatever made them. Nothing here ever
counts for or against a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.tags.iptc import INSTRUCTIONS

_NOTHING = "this means nothing either way."

_RE_ENCODED = (
    "Another program re-encoded this picture before it arrived here, so metadata can't have survived; " + _NOTHING
)
_FACEBOOK = (
    "It carries Facebook's and Instagram's mark of pictures they re-encoded; they remove metadata; " + _NOTHING
)
_SAYS_SCREENSHOT = "It says that it is a screenshot; what was on the screen kept its metadata; " + _NOTHING
_NAMED_SCREENSHOT = "It is named like a screenshot, and a screenshot has no metadata of what it shows; " + _NOTHING
_NAMED_MESSENGER = "It is named as {app} names pictures, and {app} removes metadata; " + _NOTHING
_SCREEN_SIZE = (
    "It has the size of a screen, as screenshots have, and they have no metadata of what they show; " + _NOTHING
)
_MESSENGER_SIZE = (
    "Its longer side is what messengers and social networks shrink pictures to; they remove metadata; " + _NOTHING
)
_SILENT = "Its metadata says nothing of its origin; " + _NOTHING
_BARE = "Its metadata was removed, or it never had any; " + _NOTHING

_FACEBOOK_MARK = "FBMD"
_APPS = (
    ("WhatsApp", re.compile(r"IMG-\d{8}-WA\d{4}|WhatsApp Image \d{4}", re.IGNORECASE)),
    ("Telegram", re.compile(r"photo_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d", re.IGNORECASE)),
    ("Signal", re.compile(r"signal-\d{4}-\d\d-\d\d", re.IGNORECASE)),
    ("Facebook", re.compile(r"FB_IMG_\d+|received_\d{10}", re.IGNORECASE)),
    ("WeChat", re.compile(r"mmexport\d{10}|wx_camera_\d{10}", re.IGNORECASE)),
)
_SCREENSHOT_NAME = re.compile(
    r"screen[ _-]?shot|screen[ _-]?capture|bildschirmfoto|capture d.écran|captura de pantalla|schermafbeelding",
    re.IGNORECASE,
)
_MESSENGER_SIDES = frozenset({960, 1080, 1280, 1440, 1600, 2048})
# Width and height of screens in wide use, each way round.
_SCREENS = frozenset(
    frozenset(size)
    for size in (
        (1280, 720), (1280, 800), (1366, 768), (1440, 900), (1536, 864), (1600, 900), (1680, 1050), (1920, 1080),
        (1920, 1200), (2560, 1440), (2560, 1600), (2880, 1800), (3024, 1964), (3456, 2234), (3840, 2160),
        (750, 1334), (828, 1792), (1080, 1920), (1080, 2340), (1080, 2400), (1125, 2436), (1170, 2532),
        (1179, 2556), (1206, 2622), (1242, 2688), (1284, 2778), (1290, 2796), (1320, 2868),
        (1440, 3200), (2048, 2732),
    )
)  # fmt: skip


def why_no_metadata(
    metadata: Metadata,
    *,
    size: tuple[int, int] | None = None,
    name: str = "",
    re_encoded: bool = False,
    unread: bool = False,
) -> tuple[str, ...]:
    """Return sentences for people who wonder why the file says nothing about its origin.

    Args:
        metadata: what the file has; for callers that found no evidence in it.
        size: width and height of the picture in pixels.
        name: the file's name.
        re_encoded: whether the bytes come from a clipboard or a drag that hands over pixels alone.
        unread: whether a part of its metadata was not read: then nobody knows that there was none, and no
            sentence is given where nothing else speaks for one.
    """
    if re_encoded:
        return (_RE_ENCODED,)
    signs = tuple(dict.fromkeys((*_signs_inside(metadata), *_signs_outside(size, name))))
    if signs or (unread and not metadata):
        return signs
    return (_SILENT,) if metadata else (_BARE,)


def _signs_inside(metadata: Metadata) -> Iterator[str]:
    for records in metadata.iptc:
        if any(text.startswith(_FACEBOOK_MARK) for text in records.texts.get(INSTRUCTIONS, ())):
            yield _FACEBOOK
    if is_screenshot(metadata):
        yield _SAYS_SCREENSHOT


def _signs_outside(size: tuple[int, int] | None, name: str) -> Iterator[str]:
    for app, pattern in _APPS:
        if pattern.match(name):
            yield _NAMED_MESSENGER.format(app=app)
    if _SCREENSHOT_NAME.search(name[:200]):
        yield _NAMED_SCREENSHOT
    if size is None:
        return
    if frozenset(size) in _SCREENS:
        yield _SCREEN_SIZE
    elif max(size) in _MESSENGER_SIDES:
        yield _MESSENGER_SIZE


def is_screenshot(metadata: Metadata) -> bool:
    """Whether the file's user comment calls it a screenshot, as Apple's systems do."""
    return any(text.text == "Screenshot" for text in metadata.comments())
