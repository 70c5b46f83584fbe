"""The views that the field detector wants to see, as its card asks for them."""

from desktop_app.core.picture import ShrinkRule, ViewRule

QUARTERS = ViewRule(192, 192, "quarters", shrink=ShrinkRule(384, 0.75, 232), jpeg_quality=90)
HALVES = ViewRule(192, 192, "halves", jpeg_quality=90)
FIELD_VIEWS = (QUARTERS, HALVES)
