"""Foreign text (file names, metadata, server messages) made safe to show.

Control characters could move a terminal's cursor, bidirectional controls could make ``gpj.exe`` read as
``exe.jpg``, and lone surrogates (file names that are not UTF-8) can't be encoded at all.
"""

from __future__ import annotations

import unicodedata

# Unicode general categories: Cc control, Cf format (holds all bidi controls and zero-width characters),
# Cs surrogate, Co private use, Zl/Zp line and paragraph separators.
_REPLACED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_REMOVED = frozenset({"Cf"})
# Emoji sequences need these two to stay one picture; neither changes the reading direction.
_KEPT = frozenset({"\u200d", "\ufe0f"})


def plain(text: str, limit: int = 500) -> str:
    """Return ``text`` as one harmless line of at most ``limit`` characters.

    Control characters, separators and lone surrogates become U+FFFD, format characters (bidi controls,
    zero-width ones) vanish, longer text ends in an ellipsis.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text  # nearly every name
    cleaned = "".join(_harmless(character) for character in text[: limit + 1])
    return cleaned if len(text) <= limit else cleaned[: limit - 1] + "…"


def _harmless(character: str) -> str:
    if character in _KEPT:
        return character
    category = unicodedata.category(character)
    if category in _REMOVED:
        return ""
    return "\N{REPLACEMENT CHARACTER}" if category in _REPLACED else character
