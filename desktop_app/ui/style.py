"""The style sheet: a template in ``resources/styles``, colours by name and lengths in text lines."""

from __future__ import annotations

import re

from desktop_app.system.paths import resources_dir

_PLACE = re.compile(r"@([a-z_]+)|([0-9.]+)ln\b")


def style_sheet(colours: dict[str, str], line: float) -> str:
    """Fill in the template: ``@name`` becomes a colour, ``0.5ln`` half the height of a text line in pixels.

    Lengths in lines keep the proportions when the system's font is large.
    """
    path = resources_dir() / "styles" / "window.qss"
    try:
        template = path.read_text(encoding="utf-8")
    except OSError:
        return ""  # plain Fusion; everything still works

    def fill(place: re.Match[str]) -> str:
        name, lines = place.groups()
        return colours[name] if name else f"{max(1, round(float(lines) * line))}px"

    icons = (resources_dir() / "icons").as_posix()
    return _PLACE.sub(fill, template.replace("@icons", icons))
