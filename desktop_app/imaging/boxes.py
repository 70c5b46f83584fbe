"""Which parts of a picture its views show: arithmetic on the size alone, so a file always gives the same."""

from __future__ import annotations

from desktop_app.core.picture import ShrinkRule, ViewRule

PixelBox = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom lie outside."""


def copy_size(rule: ViewRule, width: int, height: int) -> tuple[int, int]:
    """Return the size in pixels of what ``rule`` cuts its views from, for a picture of ``width`` × ``height``.

    The picture's own size, or that of the shrunk copy, which keeps as many pixels a side as a view has, where the
    picture has them. It is never larger than the picture.
    """
    if rule.shrink is None:
        return width, height
    wide, high = _shrunk(rule.shrink, width, height)
    return max(wide, min(rule.width, width)), max(high, min(rule.height, height))


def _shrunk(rule: ShrinkRule, width: int, height: int) -> tuple[int, int]:
    shorter = min(width, height)
    wanted = min(rule.side, max(rule.least, round(rule.share * shorter)))
    if wanted >= shorter:
        return width, height
    share = wanted / shorter
    return max(wanted, round(width * share)), max(wanted, round(height * share))


def crop_boxes(rule: ViewRule, width: int, height: int) -> tuple[PixelBox, ...]:
    """Return where ``rule`` cuts its views out of what has the size of :func:`copy_size`, row by row.

    A box has the size of a view, or less where there is less. (Such pictures lie outside every such model's range;
    it is the box that is stretched then, never the copy: a strip of one pixel would grow into billions.)
    """
    across, down = min(rule.width, width), min(rule.height, height)
    lefts, tops = _pair(width, across), _pair(height, down)
    if rule.crop == "halves" and width >= height:
        tops = _middle(height, down)
    elif rule.crop == "halves":
        lefts = _middle(width, across)
    return tuple((left, top, left + across, top + down) for top in tops for left in lefts)


def _pair(length: int, side: int) -> tuple[int, ...]:
    """Where two views begin whose middles lie a quarter of ``length`` from either end."""
    first = max(0, length // 4 - side // 2)
    return first, length - side - first


def _middle(length: int, side: int) -> tuple[int, ...]:
    return ((length - side) // 2,)


def view_boxes(rule: ViewRule, width: int, height: int) -> tuple[tuple[float, float, float, float], ...]:
    """Return which parts of an upright picture of ``width`` × ``height`` pixels the views show.

    Left, top, right and bottom as parts of the picture's width and height, 0 to 1.
    """
    if rule.crop == "whole":
        return ((0.0, 0.0, 1.0, 1.0),)
    if rule.crop == "centre_square":
        side = min(width, height)
        across, down = side / width, side / height
        return (((1 - across) / 2, (1 - down) / 2, (1 + across) / 2, (1 + down) / 2),)
    wide, high = copy_size(rule, width, height)
    boxes = crop_boxes(rule, wide, high)
    return tuple((left / wide, top / high, right / wide, bottom / high) for left, top, right, bottom in boxes)
