from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.text import plain


def test_a_name_that_turns_the_reading_direction_loses_the_turn() -> None:
    assert plain("holiday\u202egpj.exe") == "holidaygpj.exe"


def test_newlines_and_escape_sequences_become_visible_marks() -> None:
    assert plain("a\nb\x1b[31m") == "a\ufffdb\ufffd[31m"


def test_names_that_are_not_utf8_can_be_encoded() -> None:
    assert plain("caf\udce9.jpg").encode("utf-8")


def test_emoji_families_stay_together() -> None:
    assert plain("👩‍👧.png") == "👩‍👧.png"


def test_long_text_ends_in_an_ellipsis() -> None:
    assert plain("x" * 600, 10) == "x" * 9 + "…"


@given(st.text(st.characters(codec=None), max_size=700))
def test_any_text_becomes_one_encodable_line(text: str) -> None:
    shown = plain(text)
    assert len(shown) <= 500
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")
