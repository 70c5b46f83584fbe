"""The answer that a re-check was to replace, for as long as it hasn't."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.core.items import Item
from desktop_app.core.text import plain
from desktop_app.ui.phrases import percent

translate = QCoreApplication.translate


def earlier_sentence(item: Item) -> str:
    """What the check before this one said; empty when there is none, or a new answer."""
    earlier = item.earlier
    if earlier is None or item.estimate is not None:
        return ""
    text = translate("Earlier", "Before this re-check: {words} ({number} AI), said the {model}.")
    return text.format(
        words=translate("Words", earlier.words.value), number=percent(earlier.p_ai), model=plain(earlier.title, 80)
    )
