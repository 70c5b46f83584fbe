from desktop_app.core.estimates import HeatCell
from desktop_app.core.picture import ShrinkRule, ViewRule
from desktop_app.detectors.answers import ViewAnswer
from desktop_app.detectors.heat import heat_of

SQUARE = ViewRule(8, 8)
WHOLE = ViewRule(8, 8, "whole")
HALVES = ViewRule(8, 8, "halves", shrink=ShrinkRule(8, 0.5, 8))
QUARTERS = ViewRule(8, 8, "quarters")
FOUR = ViewAnswer(0.0, rows=((-2.0, 0.0), (2.0, 0.0)))


def box(cell: HeatCell) -> tuple[float, ...]:
    return cell.left, cell.top, cell.right, cell.bottom


def test_one_view_without_a_map_says_nothing_about_where() -> None:
    assert heat_of([ViewAnswer(1.0)], [SQUARE], 40, 20, 1.0) is None


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


def test_a_rule_that_gives_several_views_gives_a_cell_for_each() -> None:
    answers = [ViewAnswer(logit) for logit in (-2.0, 2.0, 0.0, 1.0, -1.0, 0.0)]
    cells = heat_of(answers, [HALVES, QUARTERS], 40, 20, 1.0)
    assert cells is not None
    assert [cell.p for cell in cells] == [0.12, 0.88, 0.5, 0.73, 0.27, 0.5]
    assert [box(cell) for cell in cells] == [
        (0, 0, 0.5, 1),
        (0.5, 0, 1, 1),
        (0.15, 0.05, 0.35, 0.45),
        (0.65, 0.05, 0.85, 0.45),
        (0.15, 0.55, 0.35, 0.95),
        (0.65, 0.55, 0.85, 0.95),
    ]


def test_a_rule_of_several_views_without_maps_says_where_even_alone() -> None:
    cells = heat_of([ViewAnswer(0.0)] * 2, [HALVES], 40, 20, 1.0)
    assert cells is not None
    assert len(cells) == 2


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
