import pytest

from desktop_app.core.estimates import HeatCell
from desktop_app.core.picture import ViewRule
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.detectors.heat import heat_of, view_box

SQUARE = ViewRule(8, 8)
WHOLE = ViewRule(8, 8, "whole")
FOUR = ViewAnswer(0.0, rows=((-2.0, 0.0), (2.0, 0.0)))


def box(cell: HeatCell) -> tuple[float, ...]:
    return cell.left, cell.top, cell.right, cell.bottom


def test_one_view_without_a_map_says_nothing_about_where() -> None:
    assert heat_of([ViewAnswer(1.0)], [SQUARE], 40, 20, 1.0) is None


@pytest.mark.parametrize(
    ("rule", "size", "expected"),
    [
        (SQUARE, (32, 32), (0, 0, 1, 1)),
        (SQUARE, (40, 20), (0.25, 0, 0.75, 1)),
        (SQUARE, (20, 40), (0, 0.25, 1, 0.75)),
        (WHOLE, (40, 20), (0, 0, 1, 1)),
    ],
)
def test_a_view_shows_its_part_of_the_picture(
    rule: ViewRule, size: tuple[int, int], expected: tuple[float, ...]
) -> None:
    assert view_box(rule, *size) == expected


def test_a_map_is_laid_over_the_middle_of_a_wide_picture_in_reading_order() -> None:
    cells = heat_of([FOUR], [SQUARE], 40, 20, 1.0)
    assert cells is not None
    assert [box(cell) for cell in cells] == [
        (0.25, 0, 0.5, 0.5),
        (0.5, 0, 0.75, 0.5),
        (0.25, 0.5, 0.5, 1),
        (0.5, 0.5, 0.75, 1),
    ]


def test_cells_are_calibrated_like_the_whole() -> None:
    cells = heat_of([FOUR], [WHOLE], 40, 20, 2.0)
    assert cells is not None
    assert [cell.p for cell in cells] == [0.27, 0.5, 0.73, 0.5]


def test_several_views_without_maps_are_one_cell_each() -> None:
    cells = heat_of([ViewAnswer(-1.0), ViewAnswer(1.0)], [SQUARE, WHOLE], 40, 20, 1.0)
    assert cells == (HeatCell(0.25, 0, 0.75, 1, 0.27), HeatCell(0, 0, 1, 1, 0.73))


def test_the_maps_of_several_views_come_one_after_the_other() -> None:
    cells = heat_of([FOUR, FOUR], [SQUARE, WHOLE], 40, 20, 1.0)
    assert cells is not None
    assert len(cells) == 8
    assert box(cells[4]) == (0, 0, 0.5, 0.5)


def test_equal_cells_of_different_pictures_are_one_object() -> None:
    first, second = (heat_of([FOUR], [SQUARE], 40, 20, 1.0) for _ in range(2))
    assert first is not None
    assert second is not None
    assert all(one is other for one, other in zip(first, second, strict=True))
