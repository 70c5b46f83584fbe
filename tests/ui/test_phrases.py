from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.items import Item
from desktop_app.core.sources import RawSource
from desktop_app.ui.phrases import file_size, percent, span, time_left
from desktop_app.ui.views.tooltip import tooltip
from tests.ui.fakes import done


@given(st.floats(0, 1))
def test_no_estimate_claims_nothing_or_everything(p: float) -> None:
    number = percent(p).replace("\u00a0%", "")
    assert number in {"<1", ">99"} or 1 <= int(number) <= 99


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0\u00a0kB"),
        (9_960, "10\u00a0kB"),
        (999_600, "1.0\u00a0MB"),
        (2_400_000, "2.4\u00a0MB"),
        (3 * 10**12, "3.0\u00a0TB"),
        (10**16, "10000\u00a0TB"),
    ],
)
def test_sizes_as_file_managers_say_them(count: int, text: str) -> None:
    assert file_size(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "a few seconds left"), (41, "about 40 s left"), (300, "about 5 min left"), (9000, "about 2 h left")],
)
def test_the_time_left_is_rounded(seconds: float, text: str) -> None:
    assert time_left(seconds) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(0.0, 0.1, "0–10\u00a0%"), (0.025, 0.05, "2.5–5\u00a0%"), (0.999, 1.0, "99.9–100\u00a0%")],
)
def test_a_span_has_the_digits_that_its_ends_need(low: float, high: float, text: str) -> None:
    assert span(low, high) == text


def test_a_name_with_markup_is_shown_and_not_obeyed() -> None:
    item = done(1)
    nasty = Item(1, RawSource(b"", "<b>x</b>"), "<b>x</b>", item.mode)
    assert tooltip(nasty) == "<qt>&lt;b&gt;x&lt;/b&gt;</qt>"
