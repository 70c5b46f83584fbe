"""A generator's mark as evidence, in the same words for all."""

from __future__ import annotations

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength

Pairs = tuple[tuple[str, str], ...]
"""Headings and texts."""

_WORDS = {
    Says.MADE_BY_AI: "Carries a mark of {tool}, which makes pictures with AI (unsigned).",
    Says.EDITED_WITH_AI: "Carries a mark of {tool}, which edited it with AI (unsigned).",
    Says.SOFTWARE: "Carries a mark of {tool}, without settings for making a picture with AI (unsigned).",
    Says.NOTHING: "Carries a mark of {tool}, which says nothing of how it was made.",
}


def generator_mark(
    tool: str, where: str, *, says: Says = Says.MADE_BY_AI, detail: Pairs = (), private: Pairs = ()
) -> Evidence:
    """Return the mark of ``tool`` at ``where``; prompts and settings belong to ``private``."""
    words = _WORDS[says].format(tool=tool)
    return Evidence(
        EvidenceKind.GENERATOR_MARK, Strength.LABEL, says, words, (("Generator", tool), *detail), private, where
    )
