"""What hovers over a card. Foreign text is escaped: Qt would take ``<b>`` in a file name for a command."""

from __future__ import annotations

from html import escape

from desktop_app.core.items import Item
from desktop_app.core.text import plain
from desktop_app.ui.fact_words import disagree_title, fact_sentences
from desktop_app.ui.listing.marks import disagrees, ladder_of
from desktop_app.ui.phrases import error_hint, error_sentence, model_choice, range_reason


def tooltip(item: Item) -> str:
    """The place, and what the card has no room for."""
    found = ladder_of(item)
    lines = [plain(item.source.location, 300) or item.name, *fact_sentences(found)]
    if disagrees(found):
        lines.append(disagree_title())
    if item.error is not None:
        lines += [error_sentence(item.error), error_hint(item.error)]
    elif item.estimate is not None and not item.estimate.in_range:
        lines.append(range_reason(item.estimate))
    elif item.estimate is not None:
        lines.append(model_choice(item.estimate))
    return as_tooltip(*lines)


def as_tooltip(*lines: str) -> str:
    """Lines of plain text as a tooltip that Qt can't misread."""
    return "<qt>" + "<br>".join(escape(line) for line in lines if line) + "</qt>"
