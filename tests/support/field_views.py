"""The views that the field detector wants to see, as its card asks for them."""

from desktop_app.core.picture import ShrinkRule, ViewRule

HALVES = ViewRule(192, 192, "halves", shrink=ShrinkRule(384, 0.75, 232), jpeg_quality=90)
QUARTERS = ViewRule(192, 192, "quarters", jpeg_quality=90)
FIELD_VIEWS = (HALVES, QUARTERS)
