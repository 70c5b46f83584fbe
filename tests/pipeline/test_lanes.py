from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.estimates import Mode
from desktop_app.pipeline.lanes import Lane, Line

PUTS = st.lists(st.tuples(st.lists(st.integers(1, 999), max_size=4), st.sampled_from(Mode), st.booleans()))


def taken(line: Line, *modes: Mode) -> list[int]:
    """Take everything that the modes with room have."""
    ids = []
    while (mode := line.next_mode(lambda mode: mode in modes)) is not None:
        ids.append(line.take(mode).item_id)
    return ids


@given(PUTS)
def test_with_room_for_all_a_line_is_one_queue(puts: list[tuple[list[int], Mode, bool]]) -> None:
    line, expected = Line(Lane.DISK), list[int]()
    for item_ids, mode, first in puts:
        line.put(item_ids, mode, first=first)
        expected = [*item_ids, *expected] if first else [*expected, *item_ids]
    assert taken(line, *Mode) == expected


@given(PUTS)
def test_a_mode_without_room_is_passed_and_loses_nothing(puts: list[tuple[list[int], Mode, bool]]) -> None:
    line = Line(Lane.LINK)
    for item_ids, mode, first in puts:
        line.put(item_ids, mode, first=first)
    found = taken(line, Mode.OFFLINE) + taken(line, Mode.CLOUD)
    assert sorted(found) == sorted(item_id for item_ids, _, _ in puts for item_id in item_ids)
    assert line.next_mode(lambda _mode: True) is None
